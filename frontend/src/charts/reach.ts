/** The band from the lowest to the highest of each day behind the line of its means. Pure. */
import type { LineSeriesOption } from "echarts/charts";
import type { Snapshot } from "../data/types.js";
import { withAlpha } from "../theme/color.js";
import { isByDays } from "./day-form.js";
import { line } from "./lines.js";
import type { Rows } from "./rows.js";

/** Columns of the lowest and the height of the band over it, NaN = none; null where there are none. */
export interface Reach {
  low: number[];
  over: number[];
  high: number[];
}

const OPACITY = { light: 0.2, dark: 0.28 };

export const reachOf = (
  metric: string,
  snapshot: Snapshot,
  rows: Rows
): Reach | null => {
  const { readings } = snapshot;
  const [lowest, highest] = [
    readings[`${metric}_min`],
    readings[`${metric}_max`],
  ];
  if (!isByDays(snapshot) || !lowest || !highest) return null;
  const low = rows.from.map((_, row) => lowest[row] ?? NaN);
  const high = rows.from.map((_, row) => highest[row] ?? NaN);
  return {
    low,
    high,
    over: high.map((value, row) => value - (low[row] ?? NaN)),
  };
};

/** Names of the columns of a metric's band in its dataset. */
export const reachColumns = (metric: string) => ({
  low: `${metric}.low`,
  over: `${metric}.over`,
});

/** An unseen line along the lowest, and the band that is stacked on it. */
export const reachSeries = (
  id: string,
  metric: string,
  points: number,
  color: string,
  dark: boolean
): LineSeriesOption[] => {
  const { low, over } = reachColumns(metric);
  const style = { color: "transparent", width: 0 };
  const area = { color: withAlpha(color, OPACITY[dark ? "dark" : "light"]) };
  const stack = `${metric}.reach`;
  return [
    line({ id, column: low, style, points, stack }),
    line({ id, column: over, style, points, stack, area }),
  ];
};
