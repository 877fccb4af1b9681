/** What pictures make of days: pieces of lines, means that trail, lines through points. Pure. */
import { DAY } from "../format/calendar.js";
import type { Zone } from "../format/zone.js";
import type { Point } from "./plot.js";
import { cell } from "./types.js";
import type { Row } from "./types.js";

/** A value of each day that has one, at its local midnight. */
export const daily = (
  rows: readonly Row[],
  key: string,
  zone: Zone,
  scaled: (value: number) => number = (value) => value
): Point[] =>
  rows.flatMap((row) => {
    const value = cell(row, key);
    return value === null
      ? []
      : [{ x: zone.local(row.time), y: scaled(value) }];
  });

/** Of two columns of the same days, the points of those that have both. */
export const pairs = (
  rows: readonly Row[],
  across: string,
  up: string
): (Point & { time: number })[] =>
  rows.flatMap((row) => {
    const [x, y] = [cell(row, across), cell(row, up)];
    return x === null || y === null ? [] : [{ x, y, time: row.time }];
  });

/** The mean of the days that end with each of them. */
export const trailing = (points: readonly Point[], days: number): Point[] =>
  points.map(({ x }, i) => {
    const within = points
      .slice(0, i + 1)
      .filter((each) => each.x > x - days * DAY);
    const sum = within.reduce((total, { y }) => total + y, 0);
    return { x, y: sum / within.length };
  });

/** Broken where more days than these are missing between two points. */
export const pieces = (
  points: readonly Point[],
  gapDays: number
): Point[][] => {
  const found: Point[][] = [];
  for (const point of points) {
    const last = found.at(-1)?.at(-1);
    if (last && point.x - last.x <= gapDays * DAY) found.at(-1)?.push(point);
    else found.push([point]);
  }
  return found;
};

/** Of how many days a bin has a middle. */
const BIN_DAYS = 3;

/** The middle value of the days in each bin of some width, at the mean of where they lie. */
export const medians = (points: readonly Point[], width: number): Point[] => {
  const bins = new Map<number, Point[]>();
  for (const point of points) {
    const bin = Math.floor(point.x / width);
    bins.set(bin, [...(bins.get(bin) ?? []), point]);
  }
  return [...bins]
    .filter(([, within]) => within.length >= BIN_DAYS)
    .sort(([a], [b]) => a - b)
    .map(([, within]) => {
      const ys = within.map(({ y }) => y).sort((a, b) => a - b);
      const [low, high] = [(ys.length - 1) >> 1, ys.length >> 1];
      return {
        x: within.reduce((sum, { x }) => sum + x, 0) / within.length,
        y: ((ys[low] ?? 0) + (ys[high] ?? 0)) / 2,
      };
    });
};

export interface Line {
  at: (x: number) => number;
  slope: number;
}

/** The line of least squares; through `fixed` where one is given. Null of a single point. */
export const lineThrough = (
  points: readonly Point[],
  fixed?: Point
): Line | null => {
  const count = points.length;
  const mean = (of: (point: Point) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / count;
  const middle = fixed ?? { x: mean(({ x }) => x), y: mean(({ y }) => y) };
  const square = points.reduce((sum, { x }) => sum + (x - middle.x) ** 2, 0);
  if (!count || !square) return null;
  const slope =
    points.reduce((sum, { x, y }) => sum + (x - middle.x) * (y - middle.y), 0) /
    square;
  return { slope, at: (x) => middle.y + slope * (x - middle.x) };
};

/** How many values lie in each bin; the last has no end. */
export const counts = (
  values: readonly number[],
  edges: readonly number[]
): number[] =>
  edges.map((edge, i) => {
    const next = edges[i + 1] ?? Infinity;
    return values.filter((value) => value >= edge && value < next).length;
  });

/** Sums by local month, from its first day. */
export const monthly = (
  points: readonly Point[],
  monthOf: (day: number) => number
): Map<number, number> => {
  const sums = new Map<number, number>();
  for (const { x, y } of points)
    sums.set(monthOf(x), (sums.get(monthOf(x)) ?? 0) + y);
  return sums;
};
