/** When readings are too old to be called present. Pure. */
import { DAY } from "../format/milliseconds.js";
import type { Snapshot, Status, Table } from "./types.js";

/** What there is of the last 15 min where they are not the present. */
export const NO_WINDOW = {
  cop: null,
  heat_kw: null,
  electricity_kw: null,
} as const;

/** When it was, and how old it may become. */
export type LastReading = Pick<Status, "time" | "stale_after_s">;

/** Where the server does not say otherwise. */
const STALE_AFTER_S = 600;

/** Whether the last reading is older than the heat pump's rhythm lets it be. */
export const isStale = (
  { time, stale_after_s = STALE_AFTER_S }: LastReading,
  now: number
): boolean => time !== null && now - time > stale_after_s * 1000;

const MINUTE = 60_000;

/** The minute up to which old readings are to be shown; null while they are fresh. */
export const staleMinute = (
  snapshot: Snapshot | null | undefined,
  now: number
): number | null =>
  snapshot && isStale(snapshot.status, now)
    ? Math.floor(now / MINUTE) * MINUTE
    : null;

/** Readings that end: from `moment` on nothing is known. */
const endedAt = (readings: Table, moment: number): Table => {
  const last = readings.time.at(-1);
  if (last === undefined) return readings;
  const ended: Table = { time: [...readings.time, Math.max(moment, last + 1)] };
  for (const [name, column] of Object.entries(readings)) {
    if (name !== "time") ended[name] = [...column, null];
  }
  return ended;
};

/**
 * The snapshot as it is to be shown at `now`: with old readings the picture goes on to now, or to
 * `end` where that is before, where nothing is known, and there are no present values.
 */
export const asOf = (snapshot: Snapshot, now: number, end = now): Snapshot => {
  const { status, readings } = snapshot;
  if (!isStale(status, now)) return snapshot;
  const until = Math.max(snapshot.end, Math.min(now, end));
  return {
    ...snapshot,
    end: until,
    readings: until > snapshot.end ? endedAt(readings, snapshot.end) : readings,
    status: { ...status, ...NO_WINDOW, mode: null, metrics: {} },
  };
};

export interface HistoryProgress {
  day: number;
  days: number;
  /** ms; what is known begins here, and so do the figures. */
  from: number;
}

/** So far back is read first, whatever one looks at. */
const LEAST_DAYS = 31;

/** How far the past has been read, while it is and `snapshot` reaches further back. */
export const historyProgress = (
  { start, status }: Snapshot,
  now: number
): HistoryProgress | null => {
  const { from, complete } = status.history;
  if (complete || from === null || from <= start) return null;
  const daysTo = (ms: number) => Math.ceil((now - ms) / DAY);
  const days = Math.max(LEAST_DAYS, daysTo(start));
  return { day: Math.min(daysTo(from), days), days, from };
};
