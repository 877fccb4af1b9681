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
  /** By number, what Home Assistant has subscribed to on the present connection. */
  readonly open = new Map<number, Message>();
  /** What the next questions are answered with. */
  answer: () => Promise<unknown> = () => Promise.resolve({ pumps: [] });
  private number = 1;
  /** What begins each subscription again, in those that have it. */
  private commands = new Map<number, () => void>();
  private before = this.commands;
  private readonly listeners = new Map<ConnectionEvent, (() => void)[]>();

  sendMessagePromise = (message: Message): Promise<unknown> => {
    this.asked.push(message);
    return this.answer();
  };

  /**
   * As home-assistant-js-websocket: what is asked without a connection is not answered, and a new
   * connection counts from the beginning. What it does not get again keeps its number from before.
   */
  subscribeMessage = (
    send: (data: unknown) => void,
    message: Message,
    { resubscribe }: { resubscribe: boolean } = { resubscribe: true }
  ): Promise<Unsubscribe> =>
    new Promise((resolve, reject) => {
      let confirmed: Unsubscribe;
      const begin = () => {
        const number = ++this.number;
        const unsubscribe = vi.fn<Unsubscribe>(() => {
          if (this.connected) this.open.delete(number);
          this.commands.delete(number);
          return Promise.resolve();
        });
        if (resubscribe) this.commands.set(number, begin);
        if (!this.connected) return;
        this.open.set(number, message);
        this.subscriptions.push({
          message,
          send,
          unsubscribe,
          confirm: () => {
            confirmed = unsubscribe;
            resolve(() => confirmed());
          },
          refuse: (error) => {
            this.open.delete(number);
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as Home Assistant does
            reject(error);
          },
        });
      };
      begin();
    });

  addEventListener = (event: ConnectionEvent, callback: () => void): void => {
    this.listenersOf(event).push(callback);
  };

  removeEventListener = (
    event: ConnectionEvent,
    callback: () => void
  ): void => {
    const all = this.listenersOf(event);
    const index = all.indexOf(callback);
    if (index >= 0) all.splice(index, 1);
  };

  private listenersOf(event: ConnectionEvent): (() => void)[] {
    const all = this.listeners.get(event) ?? [];
    this.listeners.set(event, all);
    return all;
  }

  fire(event: ConnectionEvent): void {
    this.connected = event === "ready";
    if (this.connected) {
      this.before.forEach((begin) => {
        begin();
      });
    } else {
      this.number = 1;
      this.before = this.commands;
      this.commands = new Map();
      this.open.clear();
    }
    // Also where one of them is taken out meanwhile, as Home Assistant does.
    this.listenersOf(event).forEach((callback) => {
      callback();
    });
  }

  get listening(): number {
    return [...this.listeners.values()].reduce(
      (sum, { length }) => sum + length,
      0
    );
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
