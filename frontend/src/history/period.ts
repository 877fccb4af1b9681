/**
 * What one looks at in the history: a period of the calendar. Days are those of the home's wall
 * clock, in milliseconds "as if UTC" (see `format/zone.ts`). Pure.
 */
import type { Span } from "../data/period.js";
import {
  DAY,
  daysIntoWeek,
  dayOf,
  monthsAfter,
  monthStart,
} from "../format/calendar.js";
import type { Zone } from "../format/zone.js";

/** A heating year is July to June: one whole winter. */
export const UNITS = [
  "day",
  "week",
  "month",
  "heating_year",
  "year",
  "all",
] as const;

export type Unit = (typeof UNITS)[number];

export interface HistoryPeriod {
  unit: Unit;
  /** Its first local day; of "all" 0. */
  start: number;
}

/** In addresses; a year is a heating year unless it says otherwise. */
const NAMES: Record<Unit, string> = {
  day: "day",
  week: "week",
  month: "month",
  heating_year: "year",
  year: "calendar-year",
  all: "all",
};

const MONDAY = 1;
const JULY = 6;
const YEAR_MONTHS = 12;

const yearStart = (day: number, month: number): number => {
  const date = new Date(day);
  const year = date.getUTCFullYear();
  return Date.UTC(date.getUTCMonth() < month ? year - 1 : year, month, 1);
};

/** The first local day of the period that `day` lies in. */
export const startOf = (unit: Unit, day: number): number => {
  switch (unit) {
    case "day":
      return dayOf(day);
    case "week":
      return dayOf(day) - daysIntoWeek(dayOf(day), MONDAY) * DAY;
    case "month":
      return monthStart(day);
    case "heating_year":
      return yearStart(day, JULY);
    case "year":
      return yearStart(day, 0);
    case "all":
      return 0;
  }
};

/** The start `count` periods after that which starts at `start`. */
export const startAfter = (
  unit: Unit,
  start: number,
  count: number
): number => {
  switch (unit) {
    case "day":
      return start + count * DAY;
    case "week":
      return start + count * 7 * DAY;
    case "month":
      return monthsAfter(start, count);
    case "heating_year":
    case "year":
      return monthsAfter(start, count * YEAR_MONTHS);
    case "all":
      return start;
  }
};

export const periodOf = (unit: Unit, day: number): HistoryPeriod => ({
  unit,
  start: startOf(unit, day),
});

/** First local day and the one after the last; of "all" up to `now`. */
export const daysOf = (
  { unit, start }: HistoryPeriod,
  now: number,
  first: number
): Span =>
  unit === "all"
    ? { start: first, end: dayOf(now) + DAY }
    : { start, end: startAfter(unit, start, 1) };

export const moments = ({ start, end }: Span, { utc }: Zone): Span => ({
  start: utc(start),
  end: utc(end),
});

export const COMPARISONS = ["year", "before", "none"] as const;

export type Comparison = (typeof COMPARISONS)[number];

const WEEKS_OF_A_YEAR = 52;

/** What a period is compared with; of weeks a year ago the one with the same days of the week. */
export const comparedWith = (
  { unit, start }: HistoryPeriod,
  comparison: Comparison
): HistoryPeriod | null => {
  if (unit === "all" || comparison === "none") return null;
  if (comparison === "before" || unit === "year" || unit === "heating_year")
    return { unit, start: startAfter(unit, start, -1) };
  if (unit === "week")
    return { unit, start: startAfter(unit, start, -WEEKS_OF_A_YEAR) };
  return { unit, start: monthsAfter(start, -YEAR_MONTHS) };
};

/** "2025-11-03" of a day or week, "2025-11" of a month, "2025" of a year. */
const LENGTHS: Record<Unit, number> = {
  day: 10,
  week: 10,
  month: 7,
  heating_year: 4,
  year: 4,
  all: 0,
};

const DATE = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/;

/** A date of the address; NaN where it is none that there is. */
const readDate = (text: string, unit: Unit): number => {
  const found = DATE.exec(text);
  if (!found) return NaN;
  const month = found[2] ?? (unit === "heating_year" ? "07" : "01");
  const day = found[3] ?? "01";
  const read = Date.parse(`${found[1] ?? ""}-${month}-${day}T00:00Z`);
  return new Date(read).getUTCDate() === Number(day) ? read : NaN;
};

/** What the address says, ["month", "2025-11"]; else the heating year of `today`. */
export const readPeriod = (
  parts: readonly string[],
  today: number
): HistoryPeriod => {
  const [name, date = ""] = parts;
  const unit = UNITS.find((each) => NAMES[each] === name) ?? "heating_year";
  const day = readDate(date, unit);
  return periodOf(unit, Number.isNaN(day) ? today : day);
};

export const writePeriod = ({ unit, start }: HistoryPeriod): string[] => {
  const date = new Date(start).toISOString().slice(0, LENGTHS[unit]);
  return date ? [NAMES[unit], date] : [NAMES[unit]];
};

/** What the columns of a period are, and what one of them opens. */
export const columnUnit = (unit: Unit): "day" | "month" =>
  unit === "day" || unit === "week" || unit === "month" ? "day" : "month";
