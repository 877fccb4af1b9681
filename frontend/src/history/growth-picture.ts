/** Lines that grow day by day since the beginning of a period, one over the other. Pure. */
import type { Size } from "../charts/frame.js";
import type { Span } from "../data/period.js";
import { dayAxis } from "./day-axis.js";
import type { DayAxis } from "./day-axis.js";
import { roundStep, rules } from "./picture.js";
import type { Mark, Plot } from "./picture.js";

/** Days since the first one, and what there is at the end of them. */
export interface Point {
  index: number;
  value: number;
}

export interface GrowthPicture extends DayAxis {
  plot: Plot;
  lines: Mark[][];
  y: (value: number) => number;
}

const LEFT = 56;
const TOP = 24;
const BOTTOM = 26;
const STEPS = 4;

/** `room`: px at the right, for what is written at the ends. */
export const growthPicture = (
  days: Span,
  lines: readonly (readonly Point[])[],
  size: Size,
  room = 20
): GrowthPicture => {
  const bottom = size.height - BOTTOM;
  const axis = dayAxis(days, { left: LEFT, right: size.width - room, bottom });
  const values = [0, ...lines.flat().map(({ value }) => value)];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const step = roundStep(Math.max(most - least, 1) / STEPS);
  const from = Math.floor(least / step) * step;
  const to = Math.max(from + step, Math.ceil(most / step) * step);
  const y = (value: number) =>
    bottom - ((value - from) / (to - from)) * (bottom - TOP);
  const { x, dayWidth } = axis;
  return {
    ...axis,
    plot: { top: TOP, bottom, rules: rules(from, to, step, y) },
    lines: lines.map((points) =>
      points.map(({ index, value }) => ({
        x: x(days.start) + index * dayWidth,
        y: y(value),
      }))
    ),
    y,
  };
};
