/**
 * The days of a year as squares: columns are weeks, rows Monday to Sunday. Its limits are fixed,
 * never the year's own: a mild year must not look as cold as a hard one. Pure.
 */
import { DAY, daysIntoWeek, monthStart } from "../format/calendar.js";
import type { Span } from "../data/period.js";
import type { Figures } from "./figures.js";
import { stateOf } from "./columns.js";
import type { ColumnState, Compared, Rows } from "./columns.js";
import { figuresOf, isRead, isUnread } from "./figures.js";

export const MEASURES = [
  "electricity",
  "cop",
  "heat",
  "outdoor",
  "cost",
] as const;

export type Measure = (typeof MEASURES)[number];

/** Where one step ends and the next begins. */
export const LIMITS: Record<Exclude<Measure, "cost">, readonly number[]> = {
  electricity: [5, 10, 15, 20, 25, 35],
  cop: [2, 2.5, 3, 3.5, 4, 4.5],
  heat: [15, 30, 45, 60, 75, 105],
  outdoor: [-15, -8, -2, 2, 8, 15],
};

/** Of money as of the electricity that it buys, at a price of one kWh. */
export const limitsOf = (
  measure: Measure,
  price: number | null
): readonly number[] =>
  measure === "cost"
    ? LIMITS.electricity.map((limit) => limit * roundPrice(price ?? 1))
    : LIMITS[measure];

/** One digit: a price that moves a little must not move the limits. */
const roundPrice = (price: number): number => Number(price.toPrecision(1)) || 1;

/** 0 … 6 */
export const stepOf = (value: number, limits: readonly number[]): number => {
  const found = limits.findIndex((limit) => value < limit);
  return found < 0 ? limits.length : found;
};

export interface Cell {
  day: number;
  /** Of weeks and days of the week. */
  column: number;
  row: number;
  state: ColumnState;
  value: number | null;
  step: number | null;
  /** Less is known of the day than of a whole one. */
  isPartly: boolean;
  figures: Figures | null;
}

const MONDAY = 1;

const columnOf = (day: number, first: number): number =>
  Math.floor((day - first + daysIntoWeek(first, MONDAY) * DAY) / (7 * DAY));

export const cellsOf = (
  { start, end }: Span,
  rows: Rows,
  measure: Measure,
  limits: readonly number[],
  known: Pick<Compared, "first" | "now">
): Cell[] => {
  const cells: Cell[] = [];
  for (let day = start; day < end; day += DAY) {
    const row = rows.get(day);
    const figures = row?.totals ? figuresOf(row.totals) : null;
    const isKnown = figures !== null && !isUnread(figures);
    const value = isKnown ? figures[measure] : null;
    const sent = stateOf(row, { start: day, end: day + DAY }, known);
    const state = sent === "known" && !isKnown ? "none" : sent;
    if (state === "before") continue;
    cells.push({
      ...{ day, state, value, figures },
      column: columnOf(day, start),
      row: daysIntoWeek(day, MONDAY),
      step: value === null ? null : stepOf(value, limits),
      isPartly: isKnown && !isRead(figures) && row?.complete === true,
    });
  }
  return cells;
};

/** The first day of each month and its column, for the names and the lines between. */
export const monthsOf = ({ start, end }: Span) => {
  const months: { day: number; column: number; row: number }[] = [];
  for (let day = start; day < end; day += DAY) {
    if (monthStart(day) !== day) continue;
    months.push({
      day,
      column: columnOf(day, start),
      row: daysIntoWeek(day, MONDAY),
    });
  }
  return months;
};

/** A stepped line on the left of a month's first week; px of cells with their gap. */
export const monthEdge = (
  { column, row }: { column: number; row: number },
  pitch: number
): string => {
  const [x, y] = [column * pitch, row * pitch];
  return row
    ? `M${x + pitch} 0V${y}H${x}V${7 * pitch}`
    : `M${x} 0V${7 * pitch}`;
};
