/** The ledger added up to the bars of a small picture. Pure. */
import { HOUR } from "../format/milliseconds.js";
import type { Format } from "../format/format.js";
import type { Ledger } from "./types.js";

const MINUTES_5 = 300_000;

export interface Bin {
  /** Share of the picture's width, 0…1. */
  from: number;
  to: number;
  /** Sum of a column over the bin. */
  sum: (column: string) => number;
}

/** Moments at which bars begin, for a picture of `start`…`end`: about 12 to 30 bars. */
export const binEdges = (
  start: number,
  end: number,
  { hourEdges }: Pick<Format, "hourEdges">
): number[] => {
  const hours = (end - start) / HOUR;
  if (hours > 24 * 180) return hourEdges(start, end, 24 * 14);
  if (hours > 24 * 32) return hourEdges(start, end, 24 * 7);
  if (hours > 24 * 8) return hourEdges(start, end, 24);
  if (hours > 25) return hourEdges(start, end, 6);
  if (hours > 6.5) return hourEdges(start, end, 1);
  const step = hours > 1.5 ? 3 * MINUTES_5 : MINUTES_5;
  const first = Math.ceil(start / step) * step;
  const count = Math.max(0, Math.floor((end - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => first + index * step);
};

/** `ledger` from `start` to `end` added up between `edges`; a row counts where it begins. */
export const binLedger = (
  ledger: Ledger,
  start: number,
  end: number,
  edges: readonly number[]
): Bin[] => {
  const bounds = [start, ...edges.filter((e) => e > start && e < end), end];
  const { time } = ledger;
  let row = 0;
  return bounds.slice(0, -1).map((from, index) => {
    const to = bounds[index + 1] ?? end;
    const first = row;
    while ((time[row] ?? Infinity) < to) row += 1;
    const last = row;
    return {
      from: (from - start) / (end - start),
      to: (to - start) / (end - start),
      sum: (column) =>
        (ledger[column] ?? [])
          .slice(first, last)
          .reduce<number>((all, value) => all + (value ?? 0), 0),
    };
  });
};
