/** The compressor's COP over time, from the sums of the ledger. Pure. */
import type { Ledger, PumpSettings } from "../data/types.js";
import { spansOfLedger } from "./rows.js";
import type { SpanValues } from "./rows.js";

const WINDOW_S = 900;
/** The window of what is counted in steps grows up to this. */
const LONGEST_WINDOW_S = 3600;
const FEWEST_STEPS = 10;
/** kWh; less electricity gives no figure. */
const LEAST_KWH = 0.05;
/** Seconds of running of which heat and electricity are known; less gives no figure. */
const LEAST_RUNNING_S = 300;
/** Of the running this share must be known. */
const LEAST_KNOWN = 0.5;
/** kWh; what sums of decimals are off by. */
const ROUNDING = 1e-9;

/** Sum of a column of the ledger over some time; 0 where there is none. */
export type Sum = (column: string) => number;

export type Counting = Pick<PumpSettings, "count_kwh" | "heat_count_kwh">;

/** The sums without what is in no COP: what was cooled, and what is known without the other energy. */
const warm =
  (sum: Sum): Sum =>
  (column) =>
    sum(column) -
    sum(column.replace("_kwh", "_alone_kwh")) +
    (column.includes("heat_kwh")
      ? sum("cooling_kwh")
      : -sum("cooling_electricity_kwh"));

/** Whether what is counted in steps has been counted often enough. */
const hasSteps = (sum: Sum, { count_kwh, heat_count_kwh }: Counting) =>
  (!count_kwh ||
    warm(sum)("electricity_kwh") >= FEWEST_STEPS * count_kwh - ROUNDING) &&
  (!heat_count_kwh ||
    warm(sum)("heat_kwh") >= FEWEST_STEPS * heat_count_kwh - ROUNDING);

/**
 * The compressor's Σ heat / Σ electricity of a window, NaN where too little is known of it. The rule
 * is that of the heat pump's status; `tests/cases/rolling_cop.json` tests both.
 */
export const copOf = (sum: Sum, counting: Counting): number => {
  const running = sum("heating_s") + sum("hot_water_s");
  const known =
    sum("running_known_s") -
    sum("running_heat_alone_s") -
    sum("running_electricity_alone_s");
  const electricity = warm(sum)("compressor_electricity_kwh");
  const heat = warm(sum)("compressor_heat_kwh");
  const enough =
    known >= Math.max(LEAST_RUNNING_S, LEAST_KNOWN * running) &&
    electricity >= LEAST_KWH - ROUNDING &&
    heat > ROUNDING &&
    hasSteps(sum, counting);
  return enough ? heat / electricity : NaN;
};

const sumOf =
  (ledger: Ledger, first: number, last: number): Sum =>
  (column) => {
    let all = 0;
    for (let row = first; row <= last; row += 1)
      all += ledger[column]?.[row] ?? 0;
    return all;
  };

/** The window that ends with `row`: 15 min, longer until enough steps have been counted. */
const windowOf = (ledger: Ledger, row: number, counting: Counting): Sum => {
  const { time, step } = ledger;
  const end = (time[row] ?? 0) + step * 1000;
  const isWithin = (other: number, seconds: number) =>
    (time[other] ?? -Infinity) >= end - seconds * 1000;
  const usual = Math.ceil(WINDOW_S / step) * step;
  let first = row;
  while (isWithin(first - 1, usual)) first -= 1;
  let sum = sumOf(ledger, first, row);
  while (!hasSteps(sum, counting) && isWithin(first - 1, LONGEST_WINDOW_S)) {
    first -= 1;
    sum = sumOf(ledger, first, row);
  }
  return sum;
};

/**
 * The compressor's COP of the window that ends with each row, NaN = none: never a mean of ratios, and
 * blank while the compressor rests.
 */
export const rollingCop = (
  ledger: Ledger,
  end: number,
  counting: Counting = {}
): SpanValues => {
  const values = ledger.time.map((_, row) => {
    const own = sumOf(ledger, row, row);
    const rests = own("heating_s") + own("hot_water_s") <= 0;
    if (rests) return NaN;
    return copOf(windowOf(ledger, row, counting), counting);
  });
  return { spans: spansOfLedger(ledger, end), values };
};
