/** What another cost comes from, and money since the beginning of a period. Pure. */
import { DAY } from "../format/calendar.js";
import type { Span } from "../data/period.js";
import { priceOf } from "./figures.js";
import type { Rows } from "./columns.js";
import type { HistoryModel } from "./model.js";

export interface CostRow {
  key: "weather" | "rest" | "price" | "left_out" | "unpriced";
  /** In the home's currency, more is dearer. */
  value: number;
}

export interface CostCompared {
  /** By how much it is dearer. */
  difference: number;
  rows: CostRow[];
  /** Of a kWh, before and now. */
  prices: [before: number, after: number];
}

/** In the currency's own unit; less is a question of rounding. */
const LEAST = 0.5;

/**
 * The rows add up to the difference of the costs that are told. What was not read on both
 * sides has a row of its own, as has electricity whose price is not known: it is in no cost.
 */
export const costCompared = ({
  figures,
  before,
  weather,
}: Pick<
  HistoryModel,
  "figures" | "before" | "weather"
>): CostCompared | null => {
  const [then, now] = [priceOf(before), priceOf(figures)];
  if (then === null || now === null || !weather) return null;
  const dearer = (after: number, earlier: number) =>
    now * after - then * earlier;
  const all = dearer(figures?.electricity ?? 0, before?.electricity ?? 0);
  const difference = (figures?.cost ?? 0) - (before?.cost ?? 0);
  const rows: CostRow[] = [
    { key: "weather", value: weather.weather * then },
    { key: "rest", value: weather.rest * then },
    { key: "price", value: (now - then) * weather.after },
  ];
  const beside: CostRow[] = [
    { key: "left_out", value: all - dearer(weather.after, weather.before) },
    { key: "unpriced", value: difference - all },
  ];
  rows.push(...beside.filter(({ value }) => Math.abs(value) >= LEAST));
  return { difference, rows, prices: [then, now] };
};

/** A point a day, at its end; none of days whose cost is not known. */
export interface Growing {
  /** From the first day on. */
  index: number;
  value: number;
}

/** Money since the first day whose cost is known, as far as there are such days. */
export const growingCost = ({ start, end }: Span, rows: Rows): Growing[] => {
  const points: Growing[] = [];
  let sum = 0;
  for (let day = start, i = 1; day < end; day += DAY, i += 1) {
    const cost = rows.get(day)?.totals?.cost;
    if (cost == null) continue;
    if (!points.length) points.push({ index: i - 1, value: 0 });
    sum += cost;
    points.push({ index: i, value: sum });
  }
  return points;
};
