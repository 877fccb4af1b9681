/** Temperature differences as means of ten minutes while the compressor runs. Pure. */
import type { Rows, SpanValues } from "./rows.js";
import { columnValues, spansOfLedger } from "./rows.js";
import type { Column, Ledger } from "../data/types.js";

const MEAN_MS = 600_000;
/** In a row of a few readings the compressor counts as running from this share on. */
const RUNNING = 0.5;

/** Columns of the ledger: Σ difference × time while the compressor ran (K·s), and that time (s). */
export interface DeltaColumns {
  kelvin: string;
  seconds: string;
}

/**
 * Σ(ΔT·s) / Σ s of the running time up to the end of each row of the ledger, over ten minutes or, of
 * longer rows, their own: K, NaN where nothing ran. Null where the server does not send it.
 */
export const meansOfLedger = (
  ledger: Ledger,
  end: number,
  { kelvin, seconds }: DeltaColumns
): SpanValues | null => {
  const [sums, times] = [ledger[kelvin], ledger[seconds]];
  if (!sums || !times?.some((s) => (s ?? 0) > 0)) return null;
  const length = ledger.step * 1000;
  const { time } = ledger;
  // Alone where they are as long: days of 23 hours must not be mixed with the one before.
  const reach = length < MEAN_MS ? MEAN_MS : 1;
  const values = time.map((from, row) => {
    if (!times[row]) return NaN;
    let [sum, all] = [0, 0];
    for (let i = row; (time[i] ?? -Infinity) > from - reach; i -= 1) {
      sum += sums[i] ?? 0;
      all += times[i] ?? 0;
    }
    return sum / all;
  });
  return { spans: spansOfLedger(ledger, end), values };
};

/** `one` − `other` row by row, NaN where either is unknown. */
export const difference = (
  rows: Rows,
  one: Column | undefined,
  other: Column | undefined
): number[] => {
  const minuends = columnValues(rows, one);
  const subtrahends = columnValues(rows, other);
  return minuends.map((value, row) => value - (subtrahends[row] ?? NaN));
};

/** Rows [first, last] of every unbroken run of the compressor. */
const runs = (rows: Rows, running: boolean[]): [number, number][] => {
  const found: [number, number][] = [];
  running.forEach((runs, row) => {
    if (!runs) return;
    const last = found.at(-1);
    const joins = last?.[1] === row - 1 && rows.to[row - 1] === rows.from[row];
    if (last && joins) last[1] = row;
    else found.push([row, row]);
  });
  return found;
};

/** Mean over the ten minutes around each row, moved into the run where they reach out of it. */
const meansOfRun = (
  rows: Rows,
  values: readonly number[],
  [first, last]: [number, number],
  means: number[]
): void => {
  const begin = rows.from[first] ?? 0;
  const end = rows.to[last] ?? begin;
  let low = first;
  let high = first;
  let sum = 0;
  let weight = 0;
  const weigh = (row: number, sign: 1 | -1) => {
    const value = values[row] ?? NaN;
    const time = (rows.to[row] ?? 0) - (rows.from[row] ?? 0);
    if (Number.isNaN(value)) return;
    sum += sign * value * time;
    weight += sign * time;
  };
  for (let row = first; row <= last; row += 1) {
    const middle = ((rows.from[row] ?? 0) + (rows.to[row] ?? 0)) / 2;
    const earliest = Math.min(middle - MEAN_MS / 2, end - MEAN_MS);
    const from = Math.max(begin, earliest);
    const to = Math.min(end, from + MEAN_MS);
    while (high <= last && (rows.to[high] ?? Infinity) <= to) {
      weigh(high, 1);
      high += 1;
    }
    while (low < high && (rows.from[low] ?? Infinity) < from) {
      weigh(low, -1);
      low += 1;
    }
    // A run of a few readings only has nothing that could be averaged.
    means[row] = weight > 0 ? sum / weight : (values[row] ?? NaN);
  }
};

/**
 * Means of `values` over ten minutes of running, NaN while the compressor rests. `compressor` is the
 * share of each row's time.
 */
export const meansWhileRunning = (
  rows: Rows,
  values: readonly number[],
  compressor: readonly number[]
): number[] => {
  const running = compressor.map((share) => share >= RUNNING);
  const means = values.map(() => Number.NaN);
  for (const run of runs(rows, running)) meansOfRun(rows, values, run, means);
  return means;
};
