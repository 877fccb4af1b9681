/** A long period by its days: each with its means, its lowest and highest, its sums. Pure. */
import type { Column, Ledger, Snapshot, Table } from "../data/types.js";
import type { Format } from "../format/format.js";
import type { BuildView } from "./types.js";

/** s */
export const DAY_S = 86_400;
/** From so long rows on, days are shown in their place. */
const LONG_ROWS_S = 10_800;

/** Whether its rows are days, or weeks. */
export const isByDays = ({ step }: Pick<Snapshot, "step">): boolean =>
  step >= DAY_S;

type Days = Pick<Format, "hourEdges" | "dayStart">;

/** Rows [first, last) of each local day, with its beginning. */
interface Part {
  day: number;
  first: number;
  last: number;
}

const partsOf = (time: readonly number[], edges: readonly number[]): Part[] => {
  let row = 0;
  return edges.flatMap((day, i) => {
    const next = edges[i + 1] ?? Infinity;
    const first = row;
    while ((time[row] ?? Infinity) < next) row += 1;
    return row > first ? [{ day, first, last: row }] : [];
  });
};

const known = (column: Column): number[] =>
  column.filter((value) => value !== null);

const meanOf = (values: readonly number[]): number | null =>
  values.length
    ? values.reduce((sum, value) => sum + value, 0) / values.length
    : null;

const daysOfReadings = (readings: Table, parts: Part[]): Table => {
  const table: Table = { time: parts.map(({ day }) => day) };
  for (const [name, column] of Object.entries(readings)) {
    if (name === "time") continue;
    const values = parts.map(({ first, last }) =>
      known(column.slice(first, last))
    );
    table[name] = values.map(meanOf);
    if (!name.endsWith("_temp")) continue;
    const extreme = (of: (...all: number[]) => number) =>
      values.map((each) => (each.length ? of(...each) : null));
    table[`${name}_min`] = extreme(Math.min);
    table[`${name}_max`] = extreme(Math.max);
  }
  return table;
};

const sumOf = (column: Column): number | null => {
  const values = known(column);
  return values.length ? values.reduce((sum, value) => sum + value, 0) : null;
};

const daysOfLedger = (ledger: Ledger, parts: Part[]): Ledger => {
  const days: Record<string, (number | null)[]> = {};
  for (const [name, column] of Object.entries(ledger)) {
    if (!Array.isArray(column) || name === "time") continue;
    days[name] = parts.map(({ first, last }) =>
      sumOf(column.slice(first, last))
    );
  }
  const time = parts.map(({ day }) => day);
  return Object.assign({ ...days, time }, { step: DAY_S }) as Ledger;
};

const made = new WeakMap<Snapshot, { format: Days; days: Snapshot }>();

/**
 * A snapshot with rows of local days in the place of rows of some hours; any other as it is. The
 * lowest and highest of a day are those of its rows.
 */
export const inDays = (snapshot: Snapshot, format: Days): Snapshot => {
  const { step, start, end, readings, ledger } = snapshot;
  if (step < LONG_ROWS_S || step >= DAY_S) return snapshot;
  const before = made.get(snapshot);
  if (before?.format === format) return before.days;
  const edges = format.hourEdges(format.dayStart(start), end, 24);
  const days: Snapshot = {
    ...snapshot,
    step: DAY_S,
    readings: daysOfReadings(readings, partsOf(readings.time, edges)),
    ledger: daysOfLedger(ledger, partsOf(ledger.time, edges)),
  };
  made.set(snapshot, { format, days });
  return days;
};

/** A view of a long period is one of its days. */
export const byDays =
  (build: BuildView): BuildView =>
  (input) =>
    build({
      ...input,
      snapshot: inDays(input.snapshot, input.format),
      period: inDays(input.period, input.format),
    });
