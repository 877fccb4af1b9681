/** Asks what the readings mean, and keeps it as long as the page of Home Assistant lives. */
import { toPanelError } from "../data/error.js";
import type { PanelError } from "../data/error.js";
import type { Connection } from "../ha/types.js";
import type { Answers, Explained } from "./types.js";

/** An alarm changes the verdict at once, all else once a day. */
const AGAIN_MS = 60_000;
/** ms; what failed, and what rests on half of the past. */
const AGAIN_SOON_MS = 10_000;

interface Message {
  type: string;
  pump: string;
  insight?: string;
  date?: string;
}

interface Kept<Value> {
  value: Value | null;
  /** ms; when it was asked last. */
  asked: number;
  /** Why it did not come; null where it did, or is still to. */
  error: PanelError | null;
  running: Promise<boolean> | null;
}

export class InsightsSource {
  private connection: Connection | undefined;
  private readonly answered = new Map<string, Kept<Answers>>();
  private readonly explained = new Map<string, Kept<Explained>>();
  /** Of which answers what explains them is. */
  private readonly times = new Map<string, number>();

  constructor(private readonly now: () => number = () => Date.now()) {}

  /** Another connection: all is asked for anew. */
  connect(connection: Connection): void {
    if (connection === this.connection) return;
    this.connection = connection;
    for (const kept of [this.answered, this.explained, this.times])
      kept.clear();
  }

  answers(pump: string): Answers | null {
    return this.answered.get(pump)?.value ?? null;
  }

  evidence(pump: string, insight: string): Explained | null {
    return this.explained.get(`${pump} ${insight}`)?.value ?? null;
  }

  /** Why the answers did not come, or what this one rests on. */
  error(pump: string, insight?: string): PanelError | null {
    const kept =
      insight === undefined
        ? this.answered.get(pump)
        : this.explained.get(`${pump} ${insight}`);
    return kept?.error ?? null;
  }

  /** Asks what is due; whether anything came, or failed. */
  async ask(pump: string): Promise<boolean> {
    const message = { type: "insights", pump };
    return this.question(
      this.answered,
      pump,
      message,
      (sent) => sent as Answers
    );
  }

  /**
   * Asks what some answers rest on, where these are newer than that. "change/2026-01-14" is what
   * became of a change on that day.
   */
  async explain(pump: string, insights: readonly string[]): Promise<boolean> {
    const time = this.answers(pump)?.time ?? 0;
    const came = await Promise.all(
      insights.map(async (insight) => {
        const key = `${pump} ${insight}`;
        const kept = this.explained.get(key);
        if (kept?.running) return kept.running;
        const isNew = this.times.get(key) === time;
        if (kept?.value && !kept.error && isNew) return false;
        // Of another day also what was refused may be answered.
        if (kept && !isNew && kept.error?.retryAt == null)
          [kept.asked, kept.error] = [0, null];
        this.times.set(key, time);
        const [name = "", date] = insight.split("/");
        const message = {
          ...{ type: "insight", pump, insight: name },
          ...(date !== undefined && { date }),
        };
        return this.question(
          this.explained,
          key,
          message,
          (sent) => (sent as { insight: Explained }).insight
        );
      })
    );
    return came.some(Boolean);
  }

  /** Forgets what is known of a heat pump and what failed, so that it is asked again. */
  forget(pump: string): void {
    this.answered.delete(pump);
    for (const kept of [this.explained, this.times])
      for (const key of kept.keys())
        if (key.startsWith(`${pump} `)) kept.delete(key);
  }

  /** Who asks while it is under way waits for the same answer. */
  private async question<Value>(
    all: Map<string, Kept<Value>>,
    key: string,
    message: Message,
    valueOf: (sent: unknown) => Value
  ): Promise<boolean> {
    const { connection } = this;
    const kept = all.get(key) ?? {
      ...{ value: null, asked: 0, error: null, running: null },
    };
    const { whole } = (kept.value ?? {}) as Partial<Answers>;
    const isSoon = kept.error ?? whole === false;
    const due = isSoon ? AGAIN_SOON_MS : AGAIN_MS;
    if (kept.running) return kept.running;
    if (kept.error?.retryAt === null) return false;
    if (!connection || this.now() - kept.asked < due) return false;
    all.set(key, kept);
    kept.asked = this.now();
    kept.running = this.load(connection, kept, message, valueOf);
    return kept.running;
  }

  private async load<Value>(
    connection: Connection,
    kept: Kept<Value>,
    message: Message,
    valueOf: (sent: unknown) => Value
  ): Promise<boolean> {
    try {
      const sent = await connection.sendMessagePromise({
        ...message,
        type: `heatpump_dashboard/${message.type}`,
      });
      kept.value = valueOf(sent);
      kept.error = null;
    } catch (error) {
      kept.error = toPanelError(error, this.now() + AGAIN_SOON_MS);
    } finally {
      kept.running = null;
    }
    return connection === this.connection;
  }
}

export const insightsSource = new InsightsSource();
