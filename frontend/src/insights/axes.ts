/** Axes of values and of days: what they span, and what is written at them. Pure. */
import type { Look } from "../components/context.js";
import { DAY, monthStart, monthsAfter } from "../format/calendar.js";
import { digitsOfStep, roundStep } from "../history/picture.js";
import { monthNames } from "../history/month-names.js";
import type { Axis, Tick } from "./plot.js";

type Words = Pick<Look, "text" | "format">;

const STEPS = 4;

/** From the lowest to the highest of values, widened in whole steps. */
export const valueAxis = (
  values: readonly number[],
  written: (value: number) => string,
  steps = STEPS
): Axis => {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const step = roundStep(Math.max(most - least, 1e-6) / steps);
  const low = Math.floor(least / step + 1e-9) * step;
  const high = Math.max(low + step, Math.ceil(most / step - 1e-9) * step);
  const count = Math.round((high - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, i) => {
    const at = low + i * step;
    return { at, label: written(at) };
  });
  return { low, high, ticks };
};

/** Decimals that tell the steps of an axis apart. */
export const digitsFor = (values: readonly number[], steps = STEPS): number => {
  const span = Math.max(...values) - Math.min(...values);
  return digitsOfStep(roundStep(Math.max(span, 1e-6) / steps));
};

/** A value axis with the numbers of the user. */
export const numberAxis = (
  values: readonly number[],
  { format }: Words,
  steps = STEPS
): Axis => {
  const digits = digitsFor(values, steps);
  return valueAxis(values, (value) => format.number(value, digits), steps);
};

const MONTHS_FROM = 70 * DAY;
const WEEK = 7 * DAY;

const monthTicks = (start: number, end: number, look: Words): Tick[] => {
  const { short, shortWithYear } = monthNames(look);
  const ticks: Tick[] = [];
  let at = monthStart(start);
  if (at < start) at = monthsAfter(at, 1);
  for (; at < end; at = monthsAfter(at, 1)) {
    const strong = new Date(at).getUTCMonth() === 0;
    const label = strong ? shortWithYear(at).replace(/\b20/, "") : short(at);
    ticks.push({ at, label, strong });
  }
  return ticks;
};

const weekTicks = (start: number, end: number, { format }: Words): Tick[] => {
  const ticks: Tick[] = [];
  for (let at = start; at < end; at += WEEK)
    ticks.push({ at, label: format.dayMonth(format.zone.utc(at + DAY / 2)) });
  return ticks;
};

/** Months, however few. */
export const monthAxis = (start: number, end: number, look: Words): Axis => ({
  ...{ low: start, high: end, ticks: monthTicks(start, end, look) },
});

/** Of local days: months, and weeks where there are few of them. */
export const timeAxis = (start: number, end: number, look: Words): Axis => ({
  low: start,
  high: end,
  ticks: (end - start > MONTHS_FROM ? monthTicks : weekTicks)(start, end, look),
});
