/**
 * How two periods compare at the same weather: one fit of the electricity of a day on its degree
 * days, for both periods together, with a step between them. Pure.
 */
import { dot, leastSquares } from "./least-squares.js";

export interface WeatherDay {
  /** Below 17 °C: how much colder its mean was. */
  degreeDays: number;
  kwh: number;
}

/** Of the same number of days on both sides; kWh. */
export interface SameWeather {
  before: number;
  after: number;
  /** What the other weather makes. */
  weather: number;
  /** What is left, with its standard error. */
  rest: number;
  error: number;
  /** The rest as a share of what the later weather would have taken before, and its error. */
  share: number;
  shareError: number;
  /** Whether it is more than chance: beyond two standard errors. */
  isTold: boolean;
  days: number;
  /** Later degree days by earlier ones, less one; null where there were hardly any. */
  colder: number | null;
}

/** Fewer days on each side say nothing. */
export const FEWEST_DAYS = 14;
/** K a day; more apart, the line of one says nothing of the other. */
const FARTHEST_APART = 8;
/** So many days show that it takes more than a line. */
const MANY_DAYS = 60;
/** Degree days a day, below which there was no cold to compare. */
const LEAST_COLD = 1;

/** Correlation of what is left with what was left the day before, 0…0.9. */
const persistence = (left: readonly number[]): number => {
  const square = dot(left, left);
  const next = dot(left.slice(1), left.slice(0, -1));
  return square ? Math.min(0.9, Math.max(0, next / square)) : 0;
};

/** The step per day between both sides and its standard error. */
const step = (
  rows: readonly number[][],
  values: readonly number[]
): { step: number; error: number } | null => {
  const found = leastSquares(rows, values);
  if (!found) return null;
  const { fit, left, inverse } = found;
  const variance = dot(left, left) / Math.max(1, values.length - fit.length);
  // Days are like their neighbours, so that there are fewer of them than it seems.
  const r = persistence(left);
  const spread = (inverse.at(-1)?.at(-1) ?? 0) * variance * ((1 + r) / (1 - r));
  return { step: fit.at(-1) ?? 0, error: Math.sqrt(Math.max(0, spread)) };
};

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Pairs of days, the later one first; null where they are too few or too different. */
export const sameWeather = (
  pairs: readonly (readonly [after: WeatherDay, before: WeatherDay])[]
): SameWeather | null => {
  const days = pairs.length;
  if (days < FEWEST_DAYS) return null;
  const after = pairs.map(([day]) => day);
  const before = pairs.map(([, day]) => day);
  const [now, then] = [after, before].map((side) =>
    mean(side.map((day) => day.degreeDays))
  ) as [number, number];
  if (Math.abs(now - then) > FARTHEST_APART) return null;
  const isCurved = days >= MANY_DAYS;
  const rowOf =
    (later: number) =>
    ({ degreeDays }: WeatherDay) =>
      isCurved
        ? [1, degreeDays, degreeDays ** 2, later]
        : [1, degreeDays, later];
  const fit = step(
    [...after.map(rowOf(1)), ...before.map(rowOf(0))],
    [...after, ...before].map(({ kwh }) => kwh)
  );
  if (!fit) return null;
  const [used, usedBefore] = [after, before].map((side) =>
    side.reduce((sum, { kwh }) => sum + kwh, 0)
  ) as [number, number];
  const rest = fit.step * days;
  const error = fit.error * days;
  const expected = used - rest;
  if (expected <= 0) return null;
  return {
    before: usedBefore,
    after: used,
    weather: used - usedBefore - rest,
    rest,
    error,
    share: rest / expected,
    shareError: error / expected,
    isTold: Math.abs(rest) > 2 * error,
    days,
    colder: then >= LEAST_COLD ? now / then - 1 : null,
  };
};
