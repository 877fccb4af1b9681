/** When readings are too old to be called present. Pure. */
import { DAY } from "../format/milliseconds.js";
import type { Snapshot } from "./types.js";

export const STALE_MS = 600_000;

/** What there is of the last 15 min where they are not the present. */
export const NO_WINDOW = {
  cop: null,
  heat_kw: null,
  electricity_kw: null,
} as const;

export const isStale = (time: number | null, now: number): boolean =>
  time !== null && now - time > STALE_MS;

/**
 * The snapshot as it is to be shown at `now`: with old readings the picture goes on to now, or to
 * `end` where that is before, where nothing is known, and there are no present values.
 */
export const asOf = (snapshot: Snapshot, now: number, end = now): Snapshot => {
  const { status } = snapshot;
  if (!isStale(status.time, now)) return snapshot;
  return {
    ...snapshot,
    end: Math.max(snapshot.end, Math.min(now, end)),
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
