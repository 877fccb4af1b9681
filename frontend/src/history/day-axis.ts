/** Where local days stand beside each other, and which of them are named. Pure. */
import type { Span } from "../data/period.js";
import { DAY, monthsAfter, monthStart } from "../format/calendar.js";
import { everyNth } from "./picture.js";

/** px */
export interface Edges {
  left: number;
  right: number;
  bottom: number;
}

export interface DayAxis extends Edges {
  /** The left edge of a day. */
  x: (day: number) => number;
  dayWidth: number;
  /** Days that are named; of years the first of months. */
  ticks: { day: number; x: number; isMonth: boolean }[];
}

/** More days than these are named by their months. */
const MOST_DAYS = 62;
/** px that a name needs. */
const DAY_NAME = 34;
const MONTH_NAME = 62;

const monthsIn = ({ start, end }: Span): number[] => {
  const months: number[] = [];
  let month = monthStart(start);
  if (month < start) month = monthsAfter(month, 1);
  for (; month < end; month = monthsAfter(month, 1)) months.push(month);
  return months;
};

export const dayAxis = (days: Span, edges: Edges): DayAxis => {
  const { left, right } = edges;
  const count = Math.max(1, Math.round((days.end - days.start) / DAY));
  const dayWidth = Math.max(0, right - left) / count;
  const x = (day: number) => left + ((day - days.start) / DAY) * dayWidth;
  const isMonths = count > MOST_DAYS;
  const named = isMonths
    ? monthsIn(days)
    : Array.from({ length: count }, (_, i) => days.start + i * DAY);
  const nth = everyNth(
    named.length,
    right - left,
    isMonths ? MONTH_NAME : DAY_NAME
  );
  const ticks = named
    .filter((_, i) => i % nth === 0)
    .map((day) => ({ day, x: x(day), isMonth: isMonths }));
  return { ...edges, x, dayWidth, ticks };
};
