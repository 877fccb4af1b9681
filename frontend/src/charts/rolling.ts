/** The compressor's COP over time, from the sums of the ledger. Pure. */
import type { Ledger } from "../data/types.js";
import type { Span } from "./rows.js";

const ROLLING_S = 900;
/** kWh; less electricity gives no figure. */
const LEAST_KWH = 0.05;
/** Seconds of running, in all and in the last row, below which there is no figure. */
const LEAST_RUNNING_S = 300;
const LEAST_NOW_S = 60;

export interface CopRows {
  spans: Span[];
  /** COP of the 15 min up to the end of each row (longer rows: of the row), NaN = none. */
  values: number[];
}

/** Σ heat / Σ electricity of the compressor over 15 min, never a mean of ratios. */
export const rollingCop = (ledger: Ledger, end: number): CopRows => {
  const { time, step } = ledger;
  const length = step * 1000;
  const count = Math.max(1, Math.round(ROLLING_S / step));
  const sum = (name: string, first: number, last: number) => {
    let all = 0;
    for (let row = first; row <= last; row += 1)
      all += ledger[name]?.[row] ?? 0;
    return all;
  };
  const running = (first: number, last: number) =>
    sum("heating_s", first, last) + sum("hot_water_s", first, last);
  const values = time.map((moment, row) => {
    let first = row;
    while (first > 0 && row - first + 1 < count) {
      if ((time[first - 1] ?? 0) < moment - (count - 1) * length) break;
      first -= 1;
    }
    const electricity = sum("compressor_electricity_kwh", first, row);
    const rests =
      running(row, row) < LEAST_NOW_S || running(first, row) < LEAST_RUNNING_S;
    if (rests || electricity < LEAST_KWH) return NaN;
    return sum("compressor_heat_kwh", first, row) / electricity;
  });
  const spans = time.map((from) => ({
    from,
    to: Math.min(from + length, Math.max(end, from)),
  }));
  return { spans, values };
};
