/** What the panel shows: pumps, the chosen one, the range, and the data as they arrive. */
import type { Connection, HomeAssistant } from "../ha/types.js";
import { toPanelError } from "./error.js";
import type { PanelError } from "./error.js";
import { patience, START, step } from "./following.js";
import type { Action, FollowingEvent } from "./following.js";
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
import { SettingChanges } from "./setting-changes.js";
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
 * The first reading is known only when all of the past has been read, what is kept of the past may
 * be another one, and a heat pump that was loaded anew may have other settings.
 */
const needsNewInfo = (before: Status, after: Status): boolean =>
  before.history.complete !== after.history.complete ||
  before.history.revision !== after.history.revision ||
  (after.source === "not_found" && before.source !== after.source) ||
  (!answers(before) && answers(after));

const answers = ({ source }: Status): boolean =>
  source === "ok" || source === "stale";

export class PanelStore {
  state: PanelState;
  /** Nothing was looked at before in this session. */
  readonly isNew: boolean;
  private connection: Connection | undefined;
  private stop: (() => void) | undefined;
  private wanted: string | null;
  /** Key of the period that the snapshot is of. */
  private shown = "";
  private readonly changes = new SettingChanges();
  private following = START;
  private timer = 0;

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
    this.happen({ type: "connect" });
  }

  private forget(fahrenheit: boolean): void {
    this.session.fahrenheit = fahrenheit;
    this.session.snapshots.clear();
    this.session.info = null;
    this.set({ snapshot: null });
  }

  disconnect(): void {
    this.happen({ type: "disconnect" });
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
    const samePump = before.pump === state.pump;
    const samePeriod = periodKey(before.period) === periodKey(state.period);
    if (samePump && samePeriod) return;
    if (!state.pump || !this.connection) this.set({ error: null });
    this.happen({
      type: "chosen",
      pump: state.pump !== null,
      old: this.isOld,
      hold: samePump,
    });
  }

  retry(): void {
    this.happen({ type: "retry" });
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

  private happen(event: FollowingEvent): void {
    const taken = step(this.following, event);
    if (!taken) return;
    this.following = taken.next;
    window.clearTimeout(this.timer);
    for (const action of taken.actions) this.actions[action]();
    // An action may have led further.
    if (this.following === taken.next) this.wait();
  }

  private wait(): void {
    const longest = patience(this.following);
    if (longest === null) return;
    this.timer = window.setTimeout(() => {
      this.happen({ type: "timeout" });
    }, longest);
  }

  private readonly actions: Record<Action, () => void> = {
    ask: () => void this.ask(),
    refresh: () => void this.refresh(),
    drop: () => {
      this.set({ snapshot: null });
    },
    subscribe: () => {
      this.subscribe();
    },
    unsubscribe: () => {
      this.stop?.();
      this.stop = undefined;
    },
  };

  /** What there is, in the unit of the user; null without a connection. */
  private async info(): Promise<Info | null> {
    const info = (await this.connection?.sendMessagePromise({
      type: `${DOMAIN}/info`,
    })) as Info | undefined;
    if (!info) return null;
    const pumps = info.pumps.map(withSettings);
    const { fahrenheit, info: before } = this.session;
    const now = fahrenheit ? pumps.map(infoInFahrenheit) : pumps;
    // Of one that is not loaded yet, what was known of it.
    const known = now.map((pump) => {
      const old =
        pump.history?.revision === null &&
        before?.pumps.find(({ id }) => id === pump.id);
      return old ? { ...old, name: pump.name } : pump;
    });
    return { ...info, pumps: known };
  }

  /** Keeps what there is; whether the heat pump that is shown is among it. */
  private keep(info: Info): boolean {
    const { id } = this.state.pump ?? {};
    this.session.info = info;
    this.set({ info });
    if (!id || info.pumps.some((each) => each.id === id)) return true;
    const error = { code: "not_found", message: null, retryAt: null };
    this.set({ pump: null, snapshot: null, error });
    const { phase, attempt } = this.following;
    const none = { pump: false, old: false, hold: false };
    const type = phase === "asking" ? "answered" : "chosen";
    this.happen({ ...none, type, attempt });
    return false;
  }

  private async ask(): Promise<void> {
    const { attempt } = this.following;
    try {
      const info = await this.info();
      if (!info || attempt !== this.following.attempt) return;
      if (!this.keep(info)) return;
      this.choose();
      const pump = this.state.pump !== null;
      if (!pump) this.set({ error: null });
      this.happen({ type: "answered", attempt, pump, old: this.isOld });
    } catch (error) {
      if (attempt === this.following.attempt) this.failed(error);
    }
  }

  /** Asks what there is without starting anew. */
  private async refresh(): Promise<void> {
    const { attempt } = this.following;
    const info = await this.info().catch(() => null);
    if (!info || attempt !== this.following.attempt) return;
    if (!this.keep(info)) return;
    const pump = info.pumps.find(({ id }) => id === this.state.pump?.id);
    this.set({ pump: pump ?? null });
  }

  private subscribe(): void {
    const { connection } = this;
    const { pump, period } = this.state;
    if (!connection || !pump) return;
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

  /** Whether what is shown is of another period than the chosen one. */
  private get isOld(): boolean {
    const { snapshot, period } = this.state;
    return snapshot !== null && this.shown !== periodKey(period);
  }

  private onData(sent: Snapshot, period: Period): void {
    const { snapshot } = this.state;
    const data = this.session.fahrenheit ? snapshotInFahrenheit(sent) : sent;
    let next: Snapshot | null = data;
    if (data.type === "update") {
      next = snapshot && !this.isOld ? applyUpdate(snapshot, data) : null;
    }
    if (!next) return;
    this.shown = periodKey(period);
    this.show(next, period, { error: null, connected: true });
    this.happen({ type: "data" });
    void this.askChanges(period);
    if (snapshot && needsNewInfo(snapshot.status, next.status)) {
      void this.refresh();
    }
  }

  private show(
    snapshot: Snapshot,
    period: Period,
    change: Partial<PanelState> = {}
  ): void {
    const next = this.changes.with(snapshot, snapshot.pump + this.shown);
    remember(this.session, next, period);
    this.set({ snapshot: next, ...change });
  }

  /** Of a long span, what was set otherwise: it comes after the first picture. */
  private async askChanges(period: Period): Promise<void> {
    const { connection, changes, session } = this;
    const { snapshot } = this.state;
    if (!connection || !snapshot) return;
    const came = await changes.ask(connection, snapshot, session.fahrenheit);
    const now = this.state.snapshot;
    if (came && now?.pump === snapshot.pump && !this.isOld)
      this.show(now, period);
  }

  private failed(error: unknown): void {
    const { retryAt } = toPanelError(error, 0);
    this.happen({ type: "failed", final: retryAt === null });
    const delay = patience(this.following) ?? 0;
    this.set({ error: toPanelError(error, Date.now() + delay) });
  }

  private readonly onReady = (): void => {
    this.set({ connected: true });
    // Home Assistant may have been restarted with another version of all this.
    this.happen({ type: "ready" });
  };

  private readonly onDisconnected = (): void => {
    this.set({ connected: false });
    this.happen({ type: "lost" });
  };
}
