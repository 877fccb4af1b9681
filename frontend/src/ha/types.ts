/** The part of Home Assistant's frontend that the panel relies on. */
import type { FormatLocale } from "../format/format.js";

export type Unsubscribe = () => Promise<void> | undefined;

export interface Message {
  type: string;
  [key: string]: unknown;
}

export type ConnectionEvent = "ready" | "disconnected";

export interface Connection {
  connected: boolean;
  sendMessagePromise: (message: Message) => Promise<unknown>;
  /** Subscribes again by itself after a lost connection, unless it is told not to. */
  subscribeMessage: (
    callback: (result: unknown) => void,
    message: Message,
    options?: { resubscribe: boolean }
  ) => Promise<Unsubscribe>;
  addEventListener: (event: ConnectionEvent, callback: () => void) => void;
  removeEventListener: (event: ConnectionEvent, callback: () => void) => void;
}

export interface HomeAssistant {
  connection: Connection;
  locale: FormatLocale;
  language: string;
  config: { time_zone: string; unit_system: { temperature: string } };
  themes: { darkMode: boolean };
  user?: { id: string; is_admin: boolean };
  entities?: Record<
    string,
    { platform?: string; translation_key?: string; device_id?: string }
  >;
  devices?: Record<
    string,
    { config_entries_subentries?: Record<string, (string | null)[]> }
  >;
}
