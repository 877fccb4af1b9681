/** The rows of a snapshot's readings as spans of time, and the time in which nothing was read. Pure. */
import type { Column, Snapshot, Table } from "../data/types.js";

export interface Span {
  from: number;
  to: number;
}

/** Values that hold over spans, which ascend; NaN = none. */
export interface SpanValues {
  spans: Span[];
  values: number[];
}

/** Arrays of equal length, one entry a row; ms. */
export interface Rows {
  /** What a row covers; an empty row covers nothing. */
  from: number[];
  to: number[];
  /** Where a row is drawn: a reading at its moment, a mean in the middle of its step. */
  at: number[];
  /** Whether anything at all was read. */
  known: boolean[];
  step: number;
  /** Nothing was read although it could have been. */
  gaps: Span[];
  /** The past that has not been asked for yet. */
  unread: Span | null;
}

const LONGEST_HOLD = 300_000;

const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

/** Usual distance (ms) of moments, and the longest that is not yet a gap. */
const rhythm = (times: number[], step: number) => {
  const distances = times.slice(1).map((time, i) => time - (times[i] ?? time));
  const usual = Math.max(step, median(distances));
  const held = step ? 0 : Math.min(3 * usual, LONGEST_HOLD);
  return { usual, limit: Math.max(1.5 * usual, held) };
};

const anythingKnown = ({ time, ...columns }: Table): boolean[] => {
  const lists = Object.values(columns);
  return time.map((_, row) => lists.some((column) => column[row] != null));
};

const spansBetween = (
  times: number[],
  { start, end, step }: { start: number; end: number; step: number }
): { ends: number[]; gaps: Span[] } => {
  const { usual, limit } = rhythm(times, step);
  const gaps: Span[] = [];
  const first = times[0] ?? end;
  if (first - start > limit) gaps.push({ from: start, to: first });
  const ends = times.map((time, i) => {
    const next = times[i + 1] ?? end;
    if (next - time <= limit) return next;
    const to = Math.min(end, time + usual);
    if (next > to) gaps.push({ from: to, to: next });
    return to;
  });
  return { ends, gaps };
};

/** The part of the period whose past has not been asked for yet. */
export const unreadOf = ({ start, end, status }: Snapshot): Span | null => {
  const { from, complete } = status.history;
  return complete || from === null || from <= start
    ? null
    : { from: start, to: Math.min(from, end) };
};

/** The rows of the readings' table. Times after a snapshot's end, and gaps before it, are seen too. */
export const rowsOf = (snapshot: Snapshot): Rows => {
  const { readings, end } = snapshot;
  const step = snapshot.step * 1000;
  const unread = unreadOf(snapshot);
  const start = unread?.to ?? snapshot.start;
  const known = anythingKnown(readings);
  const from = readings.time;
  const times = from.filter((_, row) => known[row]);
  const { ends, gaps } = spansBetween(times, { start, end, step });
  let next = 0;
  const to = from.map((time, row) =>
    known[row] ? (ends[next++] ?? time) : time
  );
  const at = from.map((time) =>
    step ? (time + Math.min(time + step, Math.max(end, time))) / 2 : time
  );
  return { from, to, at, known, step, gaps, unread };
};

/**
 * A column with the nulls filled that are no gaps: a metric that comes less often than others holds
 * until its next value, if that comes in its own usual time. Other nulls are NaN.
 */
export const held = (rows: Rows, column: Column | undefined): number[] => {
  const values = rows.from.map((_, row) => column?.[row] ?? Number.NaN);
  const own = rows.from.filter((_, row) => !Number.isNaN(values[row] ?? NaN));
  if (own.length === values.length || own.length < 2) return values;
  const { limit } = rhythm(own, rows.step);
  let last = -1;
  values.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    const before = rows.from[last];
    if (before !== undefined && (rows.from[row] ?? 0) - before <= limit) {
      values.fill(values[last] ?? NaN, last + 1, row);
    }
    last = row;
  });
  return values;
};

/** Index of the row that covers `time`, −1 where none does. */
export const rowAt = (
  { from, to }: Pick<Rows, "from" | "to">,
  time: number
): number => {
  let low = 0;
  let high = from.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((from[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  let row = low - 1;
  // Empty rows cover nothing; the one before them may still hold.
  while (row > 0 && to[row] === from[row]) row -= 1;
  const last = row === from.length - 1;
  const end = to[row] ?? -Infinity;
  return time < end || (last && time <= end) ? row : -1;
};

/** What lies within other spans, which ascend. */
export const clipped = (
  { spans, values }: SpanValues,
  others: readonly Span[]
): SpanValues => {
  const inside: SpanValues = { spans: [], values: [] };
  let next = 0;
  spans.forEach(({ from, to }, row) => {
    while ((others[next]?.to ?? Infinity) <= from) next += 1;
    for (let i = next; (others[i]?.from ?? Infinity) < to; i += 1) {
      inside.spans.push({
        from: Math.max(from, others[i]?.from ?? from),
        to: Math.min(to, others[i]?.to ?? to),
      });
      inside.values.push(values[row] ?? NaN);
    }
  });
  return inside;
};

/** Finds the value at a moment (ms), NaN where none holds. */
export const lookup = ({ spans, values }: SpanValues) => {
  const rows = {
    from: spans.map(({ from }) => from),
    to: spans.map(({ to }) => to),
  };
  return (moment: number): number => values[rowAt(rows, moment)] ?? NaN;
};
