/** Lines: flat row-major tables of numbers, and the series that draw their columns. Pure. */
import type { LineSeriesOption } from "echarts/charts";
import type { DatasetComponentOption } from "echarts/components";
import type { Rows, Span } from "./rows.js";

export interface LineStyle {
  color: string;
  width: number;
  /** Lengths of dash and space, px. */
  dash?: readonly [number, number];
}

export const DASHED = [6, 3] as const;
export const DOTTED = [2, 3] as const;

/** More points than this in a line are thinned to the pixels there are. */
const SAMPLED_FROM = 1500;

export type Columns = Record<string, ArrayLike<number>>;

/**
 * A dataset of one row a moment: time and then `columns`, all as long as `time`; NaN = no value.
 * Lines are broken by an empty row before every row of `breaks`.
 */
export const dataset = (
  id: string,
  time: ArrayLike<number>,
  columns: Columns,
  breaks: ReadonlySet<number> = new Set()
): DatasetComponentOption => {
  const names = Object.keys(columns);
  const lists = Object.values(columns);
  const width = names.length + 1;
  const source = new Float64Array((time.length + breaks.size) * width);
  source.fill(Number.NaN);
  let place = 0;
  for (let row = 0; row < time.length; row += 1) {
    const moment = time[row] ?? NaN;
    if (breaks.has(row)) {
      source[place] = moment - 1;
      place += width;
    }
    source[place] = moment;
    lists.forEach((list, i) => {
      source[place + 1 + i] = list[row] ?? NaN;
    });
    place += width;
  }
  return { id, dimensions: ["time", ...names], source };
};

/** Rows of the readings that come after a gap. */
export const breaksOf = ({ from, gaps }: Rows): ReadonlySet<number> => {
  const ends = new Set(gaps.map(({ to }) => to));
  return new Set(
    from.flatMap((time, row) => (ends.has(time) && row ? [row] : []))
  );
};

/**
 * Points of values that hold over spans: in their middle and, at both ends of every unbroken run, at
 * its edge. So a run is as long as it was, and one of a single span is seen.
 */
export const overSpans = (
  spans: readonly Span[],
  values: ArrayLike<number>
): { time: number[]; value: number[] } => {
  const time: number[] = [];
  const value: number[] = [];
  const add = (moment: number, what: number) => {
    time.push(moment);
    value.push(what);
  };
  spans.forEach(({ from, to }, i) => {
    const own = values[i] ?? NaN;
    if (Number.isNaN(own)) return;
    const joins = (other: number) => !Number.isNaN(values[other] ?? NaN);
    if (!(joins(i - 1) && spans[i - 1]?.to === from)) {
      if (time.length) add(from - 1, NaN);
      add(from, own);
    }
    add((from + to) / 2, own);
    if (!(joins(i + 1) && spans[i + 1]?.from === to)) add(to, own);
  });
  return { time, value };
};

export interface LineOptions {
  /** Of the dataset. */
  id: string;
  column: string;
  style: LineStyle;
  /** Index of the frame's place. */
  place?: number;
  points: number;
  /** Fill below the line. */
  area?: NonNullable<LineSeriesOption["areaStyle"]>;
  stack?: string;
}

/** One column of a dataset as a line: no symbols, no animation, gaps stay gaps. */
export const line = (options: LineOptions): LineSeriesOption => {
  const { id, column, style, place = 0, points, area, stack } = options;
  const { color, width, dash } = style;
  return {
    id: `${id}.${column}`,
    type: "line",
    datasetId: id,
    encode: { x: "time", y: column },
    xAxisIndex: place,
    yAxisIndex: place,
    symbol: "none",
    showSymbol: false,
    silent: true,
    animation: false,
    connectNulls: false,
    emphasis: { disabled: true },
    lineStyle: {
      color,
      width,
      type: dash ? [...dash] : "solid",
      cap: dash ? "butt" : "round",
      join: "round",
    },
    itemStyle: { color },
    sampling: points > SAMPLED_FROM ? "lttb" : "none",
    ...(area ? { areaStyle: { opacity: 1, origin: "start", ...area } } : {}),
    ...(stack ? { stack, stackStrategy: "all" as const } : {}),
  };
};
