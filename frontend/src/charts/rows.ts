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

/** ms; what is read so soon after the start was so at the start. */
const AT_ONCE = 90_000;

const anythingKnown = ({ time, ...columns }: Table): boolean[] => {
  const lists = Object.values(columns);
  return time.map((_, row) => lists.some((column) => column[row] != null));
};

/** What spans, which ascend, leave of a period. */
const between = (spans: readonly Span[], { from, to }: Span): Span[] => {
  const left: Span[] = [];
  let reached = from;
  for (const span of spans) {
    if (span.from > reached) left.push({ from: reached, to: span.from });
    reached = Math.max(reached, span.to);
  }
  return to > reached ? [...left, { from: reached, to }] : left;
};

/** The part of the period whose past has not been asked for yet. */
export const unreadOf = ({ start, end, status }: Snapshot): Span | null => {
  const { from, complete } = status.history;
  return complete || from === null || from <= start
    ? null
    : { from: start, to: Math.min(from, end) };
};

/**
 * The rows of the readings' table, each of which holds until the next: where nothing is known any
 * more, there is an empty one. Times after a snapshot's end, and gaps before it, are seen too.
 */
export const rowsOf = (snapshot: Snapshot): Rows => {
  const { readings, end } = snapshot;
  const step = snapshot.step * 1000;
  const unread = unreadOf(snapshot);
  const start = unread?.to ?? snapshot.start;
  const known = anythingKnown(readings);
  const from = readings.time;
  const to = from.map((time, row) =>
    known[row] ? (from[row + 1] ?? Math.max(end, time)) : time
  );
  const covered = from.flatMap((time, row) =>
    known[row] ? [{ from: time, to: to[row] ?? time }] : []
  );
  const first = covered[0]?.from ?? end;
  const soon = first > start && first - start <= Math.max(AT_ONCE, step);
  const gaps = between(covered, { from: soon ? first : start, to: end });
  const at = from.map((time) =>
    step ? (time + Math.min(time + step, Math.max(end, time))) / 2 : time
  );
  return { from, to, at, known, step, gaps, unread };
};

/** ms; by so much a day is shorter or longer where clocks change. */
const CLOCK = 3_600_000;
const DAY_MS = 86_400_000;

/** What the rows of a ledger cover: of days and weeks up to the next one, if none is missing. */
export const spansOfLedger = (
  { time, step }: { time: readonly number[]; step: number },
  end: number
): Span[] =>
  time.map((from, i) => {
    const usual = from + step * 1000;
    const next = time[i + 1] ?? usual;
    const joins = step * 1000 >= DAY_MS && Math.abs(next - usual) <= CLOCK;
    return { from, to: Math.min(joins ? next : usual, Math.max(end, from)) };
  });

/** A column as numbers, NaN where nothing is known; an absent one has nothing but these. */
export const columnValues = (
  rows: Rows,
  column: Column | undefined
): number[] => rows.from.map((_, row) => column?.[row] ?? Number.NaN);

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
  const row = low - 1;
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
