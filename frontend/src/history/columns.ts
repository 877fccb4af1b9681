/** What the page shows of a period: its columns, each with what it is compared with. Pure. */
import { DAY, dayOf } from "../format/calendar.js";
import type { Span } from "../data/period.js";
import { figuresOf, isRead, sumOf } from "./figures.js";
import type { CalendarRow, Figures } from "./figures.js";
import { columnUnit, periodOf, startAfter, startOf } from "./period.js";
import type { HistoryPeriod } from "./period.js";
import { sameWeather } from "./same-weather.js";
import type { SameWeather, WeatherDay } from "./same-weather.js";

/** "before" the first reading there is no gap. */
export type ColumnState = "known" | "unread" | "future" | "none" | "before";

export interface Column extends Span {
  /** Null unless the state is "known". */
  figures: Figures | null;
  before: Figures | null;
  state: ColumnState;
  opens: HistoryPeriod;
}

/** Rows by their first local day. */
export type Rows = ReadonlyMap<number, CalendarRow>;

export const byDay = (...all: readonly (readonly CalendarRow[])[]): Rows =>
  new Map(all.flat().map((row) => [row.day, row]));

const known = (row: CalendarRow | undefined): Figures | null =>
  row?.totals ? figuresOf(row.totals) : null;

const daysIn = ({ start, end }: Span): number[] =>
  Array.from(
    { length: Math.round((end - start) / DAY) },
    (_, i) => start + i * DAY
  );

/** The figures of those of some days that are known; null where one is still to be read. */
const sumOfDays = (days: Span, rows: Rows): Figures | null => {
  const found = daysIn(days).flatMap((day) => rows.get(day) ?? []);
  if (found.some(({ totals }) => !totals)) return null;
  return sumOf(found.flatMap((row) => known(row) ?? []));
};

export interface Compared {
  /** The first local days of both, and the day after the last. */
  days: Span;
  before: Span | null;
  /** "days" and "month" rows of all that is needed. */
  rows: Rows;
  months: Rows;
  /** The local day of the first reading. */
  first: number;
  /** The local time it is. */
  now: number;
}

/** How far into the period it is now; a running one is compared with the same days only. */
export const elapsed = ({
  days,
  now,
}: Pick<Compared, "days" | "now">): Span => ({
  start: days.start,
  end: Math.max(days.start, Math.min(days.end, dayOf(now) + DAY)),
});

/** The days of the comparison that the period has had up to now: of October 30 beside November. */
export const sameDays = (compared: Compared): Span | null => {
  const { before, days } = compared;
  if (!before) return null;
  const length = elapsed(compared).end - days.start;
  return {
    start: before.start,
    end: Math.min(before.end, before.start + length),
  };
};

/** Of a day or a longer span; what was sent of it says what is known. */
export const stateOf = (
  row: CalendarRow | undefined,
  { start, end }: Span,
  { first, now }: Pick<Compared, "first" | "now">
): ColumnState => {
  if (start > now) return "future";
  if (end <= first) return "before";
  if (!row) return "none";
  return row.totals ? "known" : "unread";
};

/** Columns of days or months; of the comparison all of them, also those to come. */
export const columnsOf = (
  { unit }: HistoryPeriod,
  compared: Compared
): Column[] => {
  const { days, before, rows, months, now, first } = compared;
  const each = columnUnit(unit);
  const source = each === "day" ? rows : months;
  const columns: Column[] = [];
  const starts = (from: number, index: number) => startAfter(each, from, index);
  const today = dayOf(now);
  // Of all years the first month is a whole one, wherever in it the readings begin.
  const begin = startOf(each, days.start);
  for (let i = 0; starts(begin, i) < days.end; i += 1) {
    const [start, end] = [starts(begin, i), starts(begin, i + 1)];
    const row = source.get(start);
    const earlier = before && {
      start: starts(before.start, i),
      end: starts(before.start, i + 1),
    };
    // Of the month that is running, the same days.
    const figuresBefore = (span: Span) =>
      today >= start && today < end && each === "month"
        ? sumOfDays(
            {
              start: span.start,
              end: Math.min(span.end, span.start + today + DAY - start),
            },
            rows
          )
        : known(source.get(span.start));
    columns.push({
      ...{ start, end },
      figures: known(row),
      before:
        earlier && earlier.start < before.end ? figuresBefore(earlier) : null,
      state: stateOf(row, { start, end }, { first, now }),
      opens: periodOf(each, start),
    });
  }
  return columns;
};

export interface Sums {
  figures: Figures | null;
  before: Figures | null;
}

/** Of the period and of the same days of the comparison; `whole` is what was sent of the period. */
export const sumsOf = (
  compared: Compared,
  whole: CalendarRow | undefined,
  wholeBefore: CalendarRow | undefined
): Sums => {
  const same = sameDays(compared);
  const isWhole = same !== null && same.end === compared.before?.end;
  return {
    figures: known(whole) ?? sumOfDays(elapsed(compared), compared.rows),
    before:
      (isWhole ? known(wholeBefore) : null) ??
      (same && sumOfDays(same, compared.rows)),
  };
};

/** A day that is over and of which enough is known to be set beside another. */
const whole = (row: CalendarRow | undefined): Figures | null => {
  const day = row?.complete ? known(row) : null;
  return day && isRead(day) ? day : null;
};

/** What is not known of one of two days is compared of neither. */
const knownIn = (other: Figures, day: Figures): Figures => ({
  ...day,
  ...Object.fromEntries(Object.entries(other).filter(([, v]) => v === null)),
});

const pairsOf = (same: Span, { days, rows }: Compared) =>
  daysIn(same).flatMap((day, i) => {
    const after = days.start + i * DAY;
    const own = whole(rows.get(after));
    const before = whole(rows.get(day));
    return own && before
      ? [{ own: knownIn(before, own), before: knownIn(own, before) }]
      : [];
  });

/** Sums of the days that are known on both sides. */
export interface ReadOnBoth {
  own: Figures;
  before: Figures;
  days: number;
  /** Days that are over, and not known on one side or the other, or without one beside them. */
  leftOut: number;
}

/** So that no gap, and no day that has only begun, makes a period cheap; null without any. */
export const readOnBoth = (compared: Compared): ReadOnBoth | null => {
  const same = sameDays(compared);
  if (!same) return null;
  const pairs = pairsOf(same, compared);
  const own = sumOf(pairs.map((pair) => pair.own));
  const before = sumOf(pairs.map((pair) => pair.before));
  const { days, now } = compared;
  const over = Math.min(days.end, dayOf(now)) - days.start;
  const leftOut = Math.round(over / DAY) - pairs.length;
  return own && before && { own, before, days: pairs.length, leftOut };
};

const weatherDay = (day: Figures): WeatherDay | null => {
  const { degreeDays, electricity: kwh } = day;
  return degreeDays === null || kwh === null ? null : { degreeDays, kwh };
};

/** Only days of which all is known on both sides, so that no gap makes a period cheap. */
export const atSameWeather = (compared: Compared): SameWeather | null => {
  const same = sameDays(compared);
  if (!same) return null;
  const pairs = pairsOf(same, compared).flatMap(({ own, before }) => {
    const [after, earlier] = [weatherDay(own), weatherDay(before)];
    return after && earlier ? [[after, earlier] as const] : [];
  });
  return sameWeather(pairs);
};

/** How much of the past is known: a share of its days, and back to when all of it is. */
export const readBack = (rows: Iterable<CalendarRow>) => {
  const all = [...rows].sort((a, b) => b.day - a.day);
  const read = all.filter(({ totals }) => totals).length;
  const gap = all.findIndex(({ totals }) => !totals);
  const back = gap < 0 ? all.at(-1) : all[gap - 1];
  return { read, of: all.length, back: back?.start ?? null };
};
