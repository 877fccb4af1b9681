/** What one looks at: a range up to now, or a span from one moment to another. Pure. */
import { DAY, HOUR } from "../format/milliseconds.js";
import type { Zone } from "../format/zone.js";
import { RANGE_MS, RANGES, isRange } from "./range.js";
import type { Range } from "./range.js";
import type { Snapshot } from "./types.js";

/** ms */
export interface Span {
  start: number;
  end: number;
}

export type Period = Range | Span;

const MINUTE = 60_000;

/** So far back one can look at least; where the first reading is known, to that. */
export const FARTHEST_MS = 31 * DAY;

export const isSpan = (value: unknown): value is Span => {
  const { start, end } = (value ?? {}) as Partial<Span>;
  return typeof start === "number" && typeof end === "number";
};

export const isPeriod = (value: unknown): value is Period =>
  isRange(value) || isSpan(value);

/** Whether both are the same span, or none. */
export const isSameSpan = (one: Span | null, other: Span | null): boolean =>
  one?.start === other?.start && one?.end === other?.end;

/** The same for equal periods. */
export const periodKey = (period: Period): string =>
  isSpan(period) ? `${period.start}-${period.end}` : period;

/** The same for all that a heat pump's period goes on to. */
export const pictureOf = ({ pump, range, start }: Snapshot): string =>
  `${pump} ${range ?? start}`;

/** Whether `after` is of another heat pump or period than `before`, not what it went on to. */
export const isOther = (
  before: Snapshot | null | undefined,
  after: Snapshot | null
): boolean => !!before && !!after && pictureOf(before) !== pictureOf(after);

/** So early a period can begin, `first` being the first reading. */
export const earliest = (now: number, first: number | null) =>
  Math.ceil(Math.min(now - FARTHEST_MS, first ?? now) / MINUTE) * MINUTE;

const spanOf = (period: Period, now: number): Span => {
  if (isSpan(period)) return period;
  const end = Math.floor(now / MINUTE) * MINUTE;
  return { start: end - RANGE_MS[period], end };
};

/** How many days from midnight to midnight, some of 23 or 25 hours; 0 where it is no such span. */
const daysOf = ({ start, end }: Span, { local, dayStart }: Zone): number =>
  [start, end].every((edge) => dayStart(edge) === edge)
    ? Math.round((local(end) - local(start)) / DAY)
    : 0;

/**
 * `period` one length of its own earlier (−1) or later (1), as far as one can look; null where it
 * cannot move. What would reach now, nearly or beyond, is the range of that length, if there is one.
 * Whole days stay whole days where clocks are changed.
 */
export const adjacentPeriod = (
  period: Period,
  direction: -1 | 1,
  now: number,
  first: number | null,
  zone: Zone
): Period | null => {
  const span = spanOf(period, now);
  const { start, end } = span;
  const days = daysOf(span, zone);
  const length = days * DAY || end - start;
  const moved = (edge: number) =>
    days
      ? // By way of noon: where clocks jump at midnight, a day begins at one.
        zone.dayStart(
          zone.utc(zone.local(edge) + direction * length + 12 * HOUR)
        )
      : edge + direction * length;
  if (direction < 0) {
    const before = moved(start);
    const from = Math.max(before, earliest(now, first));
    if (from >= start) return null;
    return { start: from, end: from === before ? start : from + length };
  }
  if (!isSpan(period) || end >= now) return null;
  if (moved(end) < now - Math.min(length / 10, HOUR))
    return { start: end, end: moved(end) };
  const range = RANGES.find((each) => RANGE_MS[each] === length);
  const last = Math.floor(now / MINUTE) * MINUTE;
  return range ?? { start: last - length, end: last };
};

export type SpanProblem = "incomplete" | "order" | "future" | "too_early";

/** Why one cannot look at `span`, null where one can; NaN is what was not given. */
export const spanProblem = (
  { start, end }: Span,
  now: number,
  first: number | null
): SpanProblem | null => {
  if (Number.isNaN(start) || Number.isNaN(end)) return "incomplete";
  if (start >= end) return "order";
  if (start >= now) return "future";
  return start < earliest(now, first) ? "too_early" : null;
};

export const PRESETS = [
  "today",
  "yesterday",
  "this_week",
  "last_week",
] as const;

export type Preset = (typeof PRESETS)[number];

/**
 * A calendar period as a span. `dayStart` knows the time zone, `daysIntoWeek` what weeks begin with:
 * 0 on that day.
 */
export const presetSpan = (
  preset: Preset,
  now: number,
  dayStart: (ms: number) => number,
  daysIntoWeek: (ms: number) => number
): Span => {
  // By way of noon, so that a day of 23 or 25 hours is one day.
  const daysAfter = (day: number, days: number) =>
    dayStart(day + days * DAY + DAY / 2);
  const today = dayStart(now);
  const week = daysAfter(today, -daysIntoWeek(now));
  switch (preset) {
    case "today":
      return { start: today, end: daysAfter(today, 1) };
    case "yesterday":
      return { start: daysAfter(today, -1), end: today };
    case "this_week":
      return { start: week, end: daysAfter(week, 7) };
    case "last_week":
      return { start: daysAfter(week, -7), end: week };
  }
};
