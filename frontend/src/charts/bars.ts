/** Bars of days: areas that stand on nothing or on each other. Pure. */
import type { LineSeriesOption } from "echarts/charts";
import type { Pattern } from "./hatch.js";
import { dataset, line } from "./lines.js";
import type { Span } from "./rows.js";

export interface BarPart {
  key: string;
  fill: string | Pattern;
  /** One a span, NaN = not known. */
  values: readonly number[];
}

/** Of a span, left free on either side of its bar. */
const GAP = 0.12;

type AreaData = NonNullable<
  NonNullable<LineSeriesOption["markArea"]>["data"]
>[number];

const bar = (
  { from, to }: Span,
  low: number,
  high: number,
  color: string | Pattern
): AreaData => {
  const gap = (to - from) * GAP;
  return [
    { xAxis: from + gap, yAxis: low, itemStyle: { color } },
    { xAxis: to - gap, yAxis: high },
  ];
};

/** What stands below a part: the parts before it. */
const under = (parts: readonly BarPart[], part: number, row: number) =>
  parts
    .slice(0, part)
    .map(({ values }) => values[row] ?? NaN)
    .reduce((sum, value) => (value > 0 ? sum + value : sum), 0);

/** The tops of all parts together, NaN where none is known. */
export const topsOf = (parts: readonly BarPart[]): number[] =>
  (parts[0]?.values ?? []).map((_, row) =>
    parts.some(({ values }) => !Number.isNaN(values[row] ?? NaN))
      ? under(parts, parts.length, row)
      : NaN
  );

/** `parts` from below, one bar a span. */
export const bars = (
  id: string,
  place: number,
  spans: readonly Span[],
  parts: readonly BarPart[]
): LineSeriesOption => ({
  id,
  type: "line",
  xAxisIndex: place,
  yAxisIndex: place,
  data: [],
  silent: true,
  animation: false,
  z: 2,
  markArea: {
    silent: true,
    animation: false,
    label: { show: false },
    data: parts.flatMap(({ fill, values }, part) =>
      spans.flatMap((span, row) => {
        const value = values[row] ?? NaN;
        const low = under(parts, part, row);
        return value > 0 ? [bar(span, low, low + value, fill)] : [];
      })
    ),
  },
});

/** An unseen line through the tops, so that there is something to point at. */
export const tops = (
  id: string,
  place: number,
  spans: readonly Span[],
  parts: readonly BarPart[]
) => {
  const values = topsOf(parts);
  const time = spans.map(({ from, to }) => (from + to) / 2);
  const style = { color: "transparent", width: 0 };
  const points = time.length;
  return {
    data: dataset(id, time, { top: values }),
    series: line({ id, column: "top", style, place, points }),
  };
};

/** Days as they lie in the period. */
export const spansWithin = (
  time: readonly number[],
  stepMs: number,
  { start, end }: { start: number; end: number }
): Span[] =>
  time.map((from, i) => ({
    from: Math.max(from, start),
    to: Math.max(
      Math.max(from, start),
      Math.min(time[i + 1] ?? from + stepMs, end)
    ),
  }));
