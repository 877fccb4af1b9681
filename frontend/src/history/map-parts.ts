/** Where the squares of the calendar stand: years, or the halves of one where it is narrow. Pure. */
import type { Look } from "../components/context.js";
import type { Span } from "../data/period.js";
import type { HistoryModel } from "./model.js";
import { startAfter, startOf } from "./period.js";
import { heatingYear, nameOf } from "./words.js";

export interface Part {
  name: string;
  days: Span;
}

/** px */
export interface Layout {
  /** Where the squares begin, beside the names of years or days of the week. */
  left: number;
  /** From one week to the next, from one day to the next. */
  pitch: number;
  high: number;
  /** Of the first day of each part. */
  tops: number[];
  height: number;
  /** All years, a row each. */
  isAll: boolean;
}

/** px between squares. */
export const GAP = 2.5;
const NAMES = 20;
const WEEKDAYS = 44;
const YEARS = 56;
const WEEKS = 54;
const HALF_MONTHS = 6;
/** px; narrower, a year is two halves one above the other. */
const HALVES_BELOW = 640;
/** px; of all years their rows are flat. */
const FLAT = 14.5;

/** The heating year around the period; of all each of them, the newest last. */
export const yearsOf = (
  { period, days, now }: Pick<HistoryModel, "period" | "days" | "now">,
  look: Look
): Part[] => {
  if (period.unit === "year") return [{ name: nameOf(period, look), days }];
  const isAll = period.unit === "all";
  const last = startOf("heating_year", isAll ? now : period.start);
  const years: Part[] = [];
  let start = isAll ? startOf("heating_year", days.start) : last;
  while (start <= last) {
    const end = startAfter("heating_year", start, 1);
    years.push({ name: heatingYear(start), days: { start, end } });
    start = end;
  }
  return years;
};

/** A year from its first day as two halves. */
const inHalves = ({ name, days }: Part): Part[] => {
  const middle = startAfter("month", days.start, HALF_MONTHS);
  return [
    { name, days: { start: days.start, end: middle } },
    { name, days: { start: middle, end: days.end } },
  ];
};

/** The parts that are drawn of years, and where. */
export const layoutOf = (
  years: readonly Part[],
  width: number
): Layout & { parts: Part[] } => {
  const isAll = years.length > 1;
  const halves = width < HALVES_BELOW && !isAll;
  const parts = halves ? years.flatMap(inHalves) : [...years];
  const left = isAll ? YEARS : WEEKDAYS;
  const pitch = (width - left) / (halves ? WEEKS / 2 + 1 : WEEKS);
  const high = isAll ? Math.min(pitch, FLAT) : pitch;
  const part = 7 * high + (isAll ? 16 : NAMES + 8);
  return {
    ...{ parts, left, pitch, high, isAll },
    tops: parts.map((_, i) => NAMES + i * part),
    height: (isAll ? NAMES : 0) + part * parts.length,
  };
};
