/** What a day of some weather takes, from days of a whole season. Pure. */
import type { CalendarRow } from "./figures.js";
import { figuresOf, isRead } from "./figures.js";
import { dot, leastSquares } from "./least-squares.js";
import type { WeatherDay } from "./same-weather.js";

export interface SeasonDay extends WeatherDay {
  /** Local, ms as if UTC. */
  day: number;
}

/** A day that is over and was read; null of any other. */
export const seasonDay = (row: CalendarRow | undefined): SeasonDay | null => {
  if (!row?.complete || !row.totals) return null;
  const figures = figuresOf(row.totals);
  const { degreeDays, electricity: kwh } = figures;
  return isRead(figures) && degreeDays !== null && kwh !== null
    ? { day: row.day, degreeDays, kwh }
    : null;
};

/** Fewer days are no season. */
const FEWEST = 30;
/** What lies so many times farther from the line than most is left out of it. */
const FAR = 4;
const ROUNDS = 2;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted.at(middle - 1), sorted[middle]];
  return sorted.length % 2 ? high : (low + high) / 2;
};

const rowOf = ({ degreeDays }: WeatherDay): number[] => [
  1,
  degreeDays,
  degreeDays ** 2,
];

/** kWh of a day by its degree days, as most of the days have it; null where they are too few. */
export const weatherLine = (
  days: readonly WeatherDay[]
): ((day: WeatherDay) => number) | null => {
  let used = [...days];
  let line: ((day: WeatherDay) => number) | null = null;
  for (let round = 0; round <= ROUNDS; round += 1) {
    if (used.length < FEWEST) return line;
    const found = leastSquares(
      used.map(rowOf),
      used.map(({ kwh }) => kwh)
    );
    if (!found) return line;
    const of = (day: WeatherDay) => Math.max(0, dot(rowOf(day), found.fit));
    const off = (day: WeatherDay) => Math.abs(day.kwh - of(day));
    const limit = FAR * median(used.map(off)) || Infinity;
    used = used.filter((day) => off(day) <= limit);
    line = of;
  }
  return line;
};
