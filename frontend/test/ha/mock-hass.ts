/** A stand-in for Home Assistant's connection that a test plays by hand. */
import { vi } from "vitest";
import type {
  Connection,
  ConnectionEvent,
  HomeAssistant,
  Message,
  Unsubscribe,
} from "../../src/ha/types.js";

interface Subscription {
  message: Message;
  send: (data: unknown) => void;
  confirm: () => void;
  refuse: (error: unknown) => void;
  unsubscribe: ReturnType<typeof vi.fn<Unsubscribe>>;
}

export class MockConnection implements Connection {
  connected = true;
  readonly asked: Message[] = [];
  readonly subscriptions: Subscription[] = [];
  /** What the next questions are answered with. */
  answer: () => Promise<unknown> = () => Promise.resolve({ pumps: [] });
  private readonly listeners = new Map<ConnectionEvent, Set<() => void>>();

  sendMessagePromise = (message: Message): Promise<unknown> => {
    this.asked.push(message);
    return this.answer();
  };

  subscribeMessage = (
    send: (data: unknown) => void,
    message: Message
  ): Promise<Unsubscribe> =>
    new Promise((resolve, reject) => {
      const unsubscribe = vi.fn<Unsubscribe>(() => Promise.resolve());
      this.subscriptions.push({
        message,
        send,
        confirm: () => {
          resolve(unsubscribe);
        },
        refuse: reject,
        unsubscribe,
      });
    });

  addEventListener = (event: ConnectionEvent, callback: () => void): void => {
    const all = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, all.add(callback));
  };

  removeEventListener = (
    event: ConnectionEvent,
    callback: () => void
  ): void => {
    this.listeners.get(event)?.delete(callback);
  };

  fire(event: ConnectionEvent): void {
    this.connected = event === "ready";
    this.listeners.get(event)?.forEach((callback) => {
      callback();
    });
  }

  get listening(): number {
    return [...this.listeners.values()].reduce((sum, all) => sum + all.size, 0);
  }

  /** The subscription made last. */
  get last(): Subscription {
    const last = this.subscriptions.at(-1);
    if (!last) throw new Error("Nothing was subscribed to");
    return last;
  }
}

export const mockHass = (
  connection: Connection,
  change: Partial<HomeAssistant> = {}
): HomeAssistant => ({
  connection,
  language: "en",
  locale: {
    language: "en",
    number_format: "language",
    time_format: "24",
    date_format: "DMY",
    time_zone: "server",
  },
  config: {
    time_zone: "Europe/Stockholm",
    unit_system: { temperature: "°C" },
  },
  themes: { darkMode: false },
  user: { id: "user-1", is_admin: true },
  ...change,
});
