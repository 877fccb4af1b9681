/** What the panel shows: pumps, the chosen one, the range, and the data as they arrive. */
import type { Connection, HomeAssistant } from "../ha/types.js";
import { toPanelError } from "./error.js";
import type { PanelError } from "./error.js";
import { applyUpdate } from "./merge.js";
import { isSpan, periodKey } from "./period.js";
import type { Period } from "./period.js";
import { DEFAULT_RANGE } from "./range.js";
import type { Range } from "./range.js";
import {
  question,
  recall,
  remember,
  session as sharedSession,
} from "./session.js";
import type { Session } from "./session.js";
import { subscribe } from "./subscription.js";
import {
  infoInFahrenheit,
  snapshotInFahrenheit,
  usesFahrenheit,
} from "./units.js";
import type {
  Info,
  PumpInfo,
  PumpSettings,
  Snapshot,
  Status,
} from "./types.js";

const DOMAIN = "heatpump_dashboard";
const RETRY_MS = [5_000, 10_000, 20_000, 30_000];
/** How long the old picture stays while the new one is on its way. */
const HOLD_MS = 300;
/** A subscription that says nothing for this long is asked for again. */
const SILENCE_MS = 300_000;
/** Home Assistant takes up subscriptions again itself; one it lost is noticed after this. */
const RECONNECT_MS = 5_000;

export interface PanelState {
  info: Info | null;
  pump: PumpInfo | null;
  period: Period;
  /** Where one comes back to from a span. */
  range: Range;
  /** Of the chosen pump; for a moment of the period chosen before. */
  snapshot: Snapshot | null;
  error: PanelError | null;
  connected: boolean;
}

const SETTINGS: PumpSettings = {
  flow_factor: 2.7,
  flow_factor_measured: false,
  auxiliary_power: null,
  compressor_power: null,
  digits: {},
  heat_pump_type: "ground",
  boundary: "",
  brand_name: "",
};

/** A heat pump that is not loaded comes without settings, while old data may still be shown. */
const withSettings = (pump: PumpInfo): PumpInfo => ({
  ...pump,
  settings: { ...SETTINGS, ...pump.settings },
});

/**
 * The first reading is known only when all of the past has been read, and a heat pump that was
 * loaded anew may have other settings.
 */
const tellsOfNewInfo = (before: Status, after: Status): boolean =>
  before.history.complete !== after.history.complete ||
  (!answers(before) && answers(after));

const answers = ({ source }: Status): boolean =>
  source === "ok" || source === "stale";

type Timer = "retry" | "hold" | "silence";

export class PanelStore {
  state: PanelState;
  /** Nothing was looked at before in this session. */
  readonly isNew: boolean;
  private connection: Connection | undefined;
  private stop: (() => void) | undefined;
  private wanted: string | null;
  /** Key of the period that the snapshot is of. */
  private shown = "";
  private failures = 0;
  private readonly timers = new Map<Timer, number>();
  private generation = 0;

  constructor(
    private readonly onChange: () => void,
    private readonly session: Session = sharedSession
  ) {
    const { info, pump, period, range } = session;
    this.isNew = !pump && !period;
    this.wanted = pump;
    this.state = {
      info,
      pump: null,
      period: period ?? DEFAULT_RANGE,
      range: range ?? DEFAULT_RANGE,
      snapshot: null,
      error: null,
      connected: true,
    };
    this.choose();
  }

  /** Follows the connection and the unit of temperatures that Home Assistant has now. */
  connect(hass: Pick<HomeAssistant, "connection" | "config">): void {
    const { connection } = hass;
    const fahrenheit = usesFahrenheit(hass);
    const sameUnit = this.session.fahrenheit === fahrenheit;
    if (this.connection === connection && sameUnit) return;
    this.disconnect();
    if (!sameUnit) this.forget(fahrenheit);
    this.connection = connection;
    connection.addEventListener("ready", this.onReady);
    connection.addEventListener("disconnected", this.onDisconnected);
    this.set({ connected: connection.connected });
    void this.load();
  }

  private forget(fahrenheit: boolean): void {
    this.session.fahrenheit = fahrenheit;
    this.session.snapshots.clear();
    this.set({ snapshot: null });
  }

  disconnect(): void {
    this.generation += 1;
    this.unsubscribe();
    this.clear("retry");
    this.connection?.removeEventListener("ready", this.onReady);
    this.connection?.removeEventListener("disconnected", this.onDisconnected);
    this.connection = undefined;
  }

  /** Looks at another pump or period; null leaves it. */
  select(pump: string | null, period: Period | null): void {
    this.wanted = pump ?? this.wanted;
    const before = this.state;
    if (period) {
      this.set({ period, range: isSpan(period) ? before.range : period });
    }
    this.choose();
    const { state } = this;
    const other = periodKey(before.period) !== periodKey(state.period);
    if (before.pump !== state.pump || other) {
      this.follow(before.pump === state.pump);
    }
  }

  retry(): void {
    if (this.connection) void this.load();
  }

  private set(change: Partial<PanelState>): void {
    this.state = { ...this.state, ...change };
    const { period, range } = this.state;
    Object.assign(this.session, { period, range });
    this.onChange();
  }

  /** The wanted pump, or the first, and what is known of it. */
  private choose(): void {
    const { info, period } = this.state;
    const pumps = info?.pumps ?? [];
    const pump = pumps.find(({ id }) => id === this.wanted) ?? pumps[0] ?? null;
    this.session.pump = this.wanted ?? pump?.id ?? null;
    const same = pump?.id === this.state.pump?.id;
    const known = pump && recall(this.session, pump.id, period);
    if (known) this.shown = periodKey(period);
    this.set({
      pump,
      snapshot: known ?? (same ? this.state.snapshot : null),
    });
  }

  private async load(): Promise<void> {
    const { connection } = this;
    if (!connection) return;
    const generation = ++this.generation;
    this.clear("retry");
    try {
      const info = await this.ask(connection);
      if (generation !== this.generation) return;
      this.session.info = info;
      this.set({ info });
      this.choose();
      this.follow(true);
    } catch (error) {
      if (generation === this.generation) this.failed(error);
    }
  }

  private async ask(connection: Connection): Promise<Info> {
    const info = (await connection.sendMessagePromise({
      type: `${DOMAIN}/info`,
    })) as Info;
    const pumps = info.pumps.map(withSettings);
    const { fahrenheit } = this.session;
    return { ...info, pumps: fahrenheit ? pumps.map(infoInFahrenheit) : pumps };
  }

  private follow(hold: boolean): void {
    this.unsubscribe();
    const { connection } = this;
    const { pump, period, snapshot } = this.state;
    if (!connection || !pump) {
      this.set({ error: null });
      return;
    }
    if (this.isOld) {
      if (hold && snapshot) this.after("hold", HOLD_MS, this.dropOld);
      else this.set({ snapshot: null });
    }
    this.watch(SILENCE_MS);
    this.stop = subscribe(
      connection,
      { type: `${DOMAIN}/subscribe`, pump: pump.id, ...question(period) },
      (data) => {
        this.onData(data as Snapshot, period);
      },
      (error) => {
        this.failed(error);
      }
    );
  }

  private get isOld(): boolean {
    return this.shown !== periodKey(this.state.period);
  }

  private readonly dropOld = (): void => {
    if (this.isOld) this.set({ snapshot: null });
  };

  private onData(sent: Snapshot, period: Period): void {
    const { snapshot } = this.state;
    const data = this.session.fahrenheit ? snapshotInFahrenheit(sent) : sent;
    let next: Snapshot | null = data;
    if (data.type === "update") {
      next = snapshot && !this.isOld ? applyUpdate(snapshot, data) : null;
    }
    if (!next) return;
    this.failures = 0;
    this.clear("hold");
    this.watch(SILENCE_MS);
    this.shown = periodKey(period);
    remember(this.session, next, period);
    this.set({ snapshot: next, error: null, connected: true });
    if (snapshot && tellsOfNewInfo(snapshot.status, next.status)) {
      void this.refreshInfo();
    }
  }

  private async refreshInfo(): Promise<void> {
    const { connection, generation } = this;
    if (!connection) return;
    const info = await this.ask(connection).catch(() => null);
    if (!info || generation !== this.generation) return;
    this.session.info = info;
    const pump = info.pumps.find(({ id }) => id === this.state.pump?.id);
    this.set({ info, pump: pump ?? this.state.pump });
  }

  private failed(error: unknown): void {
    this.unsubscribe();
    const delay = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)] ?? 0;
    this.failures += 1;
    const trouble = toPanelError(error, Date.now() + delay);
    this.set({ error: trouble });
    if (trouble.retryAt === null) return;
    this.after("retry", delay, () => {
      this.retry();
    });
  }

  private unsubscribe(): void {
    this.stop?.();
    this.stop = undefined;
    this.clear("hold");
    this.clear("silence");
  }

  private watch(delay: number): void {
    this.after("silence", delay, () => {
      this.retry();
    });
  }

  private readonly onReady = (): void => {
    this.set({ connected: true });
    this.watch(RECONNECT_MS);
    // Home Assistant may have been restarted with another version of all this.
    void this.refreshInfo();
  };

  private readonly onDisconnected = (): void => {
    this.clear("silence");
    this.set({ connected: false });
  };

  private after(timer: Timer, delay: number, action: () => void): void {
    this.clear(timer);
    this.timers.set(timer, window.setTimeout(action, delay));
  }

  private clear(timer: Timer): void {
    window.clearTimeout(this.timers.get(timer));
    this.timers.delete(timer);
  }
}
