/** The finer rows of a part of the period: one subscription for all charts that show that part. */
import type { Connection } from "../ha/types.js";
import { applyUpdate } from "./merge.js";
import type { Span } from "./period.js";
import { isSameSpan, periodKey } from "./period.js";
import { question } from "./session.js";
import { subscribe } from "./subscription.js";
import type { Snapshot } from "./types.js";
import { snapshotInFahrenheit } from "./units.js";

/** ms; the server's own edges, so that parts beside each other ask for the same. */
const EDGE = 300_000;
/** ms; the server is asked when nothing has been moved for so long. */
const SETTLED = 300;
/** ms; what was refused is asked for again after this. */
const RETRY = 60_000;

export interface Source {
  connection: Connection;
  fahrenheit: boolean;
}

/** What a chart shows of a period, and where it would find more of it. */
export interface ShownPart {
  source: Source;
  period: Snapshot;
  part: Span;
}

interface Shared {
  snapshot: Snapshot | null;
  /** ms; when it was refused. */
  failed: number | null;
  users: Set<() => void>;
  stop: () => void;
}

interface Membership {
  source: Source;
  pump: string;
  span: Span;
  shared: Shared;
  leave: () => void;
}

const byConnection = new WeakMap<Connection, Map<string, Shared>>();

const start = (
  { connection, fahrenheit }: Source,
  pump: string,
  span: Span,
  onFailure: () => void
): Shared => {
  const shared: Shared = {
    snapshot: null,
    failed: null,
    users: new Set(),
    stop: () => undefined,
  };
  shared.stop = subscribe(
    connection,
    { type: "heatpump_dashboard/subscribe", pump, ...question(span) },
    (sent) => {
      const data = sent as Snapshot;
      const next = fahrenheit ? snapshotInFahrenheit(data) : data;
      const { snapshot } = shared;
      if (next.type === "snapshot") shared.snapshot = next;
      else shared.snapshot = snapshot && applyUpdate(snapshot, next);
      for (const changed of [...shared.users]) changed();
    },
    () => {
      shared.failed = Date.now();
      onFailure();
    }
  );
  return shared;
};

/** Takes part in the subscription to a span; the last one to leave ends it. */
const join = (
  source: Source,
  pump: string,
  span: Span,
  changed: () => void
): Membership => {
  const { connection } = source;
  const ofPage = byConnection.get(connection) ?? new Map<string, Shared>();
  byConnection.set(connection, ofPage);
  const key = [pump, periodKey(span), source.fahrenheit].join();
  const forget = () => ofPage.delete(key);
  const shared = ofPage.get(key) ?? start(source, pump, span, forget);
  ofPage.set(key, shared);
  shared.users.add(changed);
  const leave = () => {
    if (!shared.users.delete(changed) || shared.users.size) return;
    shared.stop();
    if (ofPage.get(key) === shared) forget();
  };
  return { source, pump, span, shared, leave };
};

const length = ({ start: from, end }: Span) => end - from;

/** Whether it goes on with the present, as the last reading is its end. */
const isLive = ({ status, end }: Snapshot): boolean =>
  (status.time ?? 0) <= end;

/**
 * What to ask for to see `part` of a period. Where it shows the present it reaches beyond, so that a
 * part which keeps up with the present is asked for once in a while only.
 */
export const spanToAsk = (part: Span, period: Snapshot): Span => {
  const atEnd = isLive(period) && part.end >= period.end;
  const ahead = atEnd ? Math.max(3 * EDGE, length(part) / 4) : 0;
  return {
    start: Math.floor(part.start / EDGE) * EDGE,
    end: Math.ceil((part.end + ahead) / EDGE) * EDGE,
  };
};

const holds = (span: Span, part: Span): boolean =>
  span.start <= part.start && span.end >= part.end;

const isOf = ({ source, pump }: Membership, shown: ShownPart): boolean =>
  pump === shown.period.pump &&
  source.connection === shown.source.connection &&
  source.fahrenheit === shown.source.fahrenheit;

/** Whether what was asked for is still what to ask for. */
const suits = (member: Membership, shown: ShownPart): boolean => {
  const { span, shared } = member;
  const { part, period } = shown;
  const wanted = spanToAsk(part, period);
  const { failed, snapshot } = shared;
  const mayRetry = failed !== null && Date.now() - failed > RETRY;
  const isSoonOver = wanted.end > span.end && part.end + EDGE > span.end;
  // Of a much shorter part there may be finer rows still.
  const isTooLong = snapshot?.step !== 0 && length(span) > 2 * length(wanted);
  return (
    isOf(member, shown) &&
    holds(span, part) &&
    !mayRetry &&
    !isSoonOver &&
    !isTooLong
  );
};

/** Follows what one chart shows; what it had stays until what it asked for has come. */
export class FinerRows {
  private shown: ShownPart | null = null;
  private serving: Membership | null = null;
  private coming: Membership | null = null;
  private timer = 0;

  constructor(private readonly onChange: () => void) {}

  /** The part in finer rows than the period has; null until they are there. */
  get snapshot(): Snapshot | null {
    const { shown, serving } = this;
    const snapshot = serving?.shared.snapshot;
    if (!shown || !snapshot || !isOf(serving, shown)) return null;
    const isFiner = snapshot.step < shown.period.step;
    return isFiner && holds(serving.span, shown.part) ? snapshot : null;
  }

  /** Null lets go at once; of the readings themselves there is nothing finer. */
  follow(shown: ShownPart | null): void {
    if (!shown || shown.period.step === 0) {
      this.release();
      return;
    }
    const { part: before } = this.shown ?? {};
    const { start: from, end } = shown.part;
    const isMoved = before?.start !== from || before.end !== end;
    this.shown = shown;
    const last = this.coming ?? this.serving;
    if (last && suits(last, shown)) this.wait(null);
    else if (isMoved || !this.timer) this.wait(SETTLED);
  }

  release(): void {
    this.wait(null);
    this.coming?.leave();
    this.serving?.leave();
    this.shown = this.coming = this.serving = null;
  }

  private wait(delay: number | null): void {
    window.clearTimeout(this.timer);
    this.timer = 0;
    if (delay === null) return;
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      this.ask();
    }, delay);
  }

  private ask(): void {
    const { shown, serving, coming: before } = this;
    if (!shown) return;
    const { source, part, period } = shown;
    const span = spanToAsk(part, period);
    if (serving && isOf(serving, shown) && isSameSpan(serving.span, span)) {
      this.coming = null;
    } else {
      this.coming = join(source, period.pump, span, this.changed);
    }
    before?.leave();
    // Another chart may have it already.
    this.changed();
  }

  private readonly changed = (): void => {
    const { coming, serving } = this;
    if (coming?.shared.snapshot) {
      this.serving = coming;
      this.coming = null;
      serving?.leave();
    }
    this.onChange();
  };
}

const composed = new WeakMap<
  Snapshot,
  { period: Snapshot; snapshot: Snapshot }
>();

/** `period` with the rows of `finer`, and nothing else of it; made once for all charts. */
export const inFinerRows = (period: Snapshot, finer: Snapshot): Snapshot => {
  const before = composed.get(finer);
  if (before?.period === period) return before.snapshot;
  const { start: from, end, step, readings, ledger } = finer;
  const snapshot = { ...period, start: from, end, step, readings, ledger };
  composed.set(finer, { period, snapshot });
  return snapshot;
};
