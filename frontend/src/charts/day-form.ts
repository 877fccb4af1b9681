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

/** A row belongs to the day that its middle is in: in other time zones some reach over midnight. */
const partsOf = (
  time: readonly number[],
  step: number,
  edges: readonly number[]
): Part[] => {
  const middle = (row: number) => {
    const [from = Infinity, next = Infinity] = time.slice(row, row + 2);
    return (from + Math.min(next, from + step * 1000)) / 2;
  };
  let row = 0;
  return edges.flatMap((day, i) => {
    const next = edges[i + 1] ?? Infinity;
    const first = row;
    while (middle(row) < next) row += 1;
    return row > first ? [{ day, first, last: row }] : [];
  });
};

const known = (column: Column): number[] =>
  column.filter((value) => value !== null);

/** `lasted`: of each value, how long. */
const meanOf = (column: Column, lasted: readonly number[]): number | null => {
  let [sum, weight] = [0, 0];
  column.forEach((value, i) => {
    if (value === null) return;
    const length = lasted[i] ?? 0;
    sum += value * length;
    weight += length;
  });
  return weight ? sum / weight : null;
};

const extremeOf = (
  of: (...all: number[]) => number,
  column: Column
): number | null => {
  const values = known(column);
  return values.length ? of(...values) : null;
};

const daysOfReadings = (readings: Table, end: number, parts: Part[]): Table => {
  const { time } = readings;
  const lasted = time.map((from, i) => (time[i + 1] ?? end) - from);
  const table: Table = { time: parts.map(({ day }) => day) };
  for (const [name, column] of Object.entries(readings)) {
    if (name === "time") continue;
    table[name] = parts.map(({ first, last }) => {
      const rows = column.slice(first, last);
      if (name.endsWith("_temp_min")) return extremeOf(Math.min, rows);
      if (name.endsWith("_temp_max")) return extremeOf(Math.max, rows);
      return meanOf(rows, lasted.slice(first, last));
    });
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

/** A snapshot with rows of local days in the place of rows of some hours. */
export const inDays = (snapshot: Snapshot, format: Days): Snapshot => {
  const { step, start, end, readings, ledger } = snapshot;
  if (step < LONG_ROWS_S || step >= DAY_S) return snapshot;
  const before = made.get(snapshot);
  if (before?.format === format) return before.days;
  const edges = format.hourEdges(format.dayStart(start), end, 24);
  const days: Snapshot = {
    ...snapshot,
    step: DAY_S,
    readings: daysOfReadings(
      readings,
      end,
      partsOf(readings.time, step, edges)
    ),
    ledger: daysOfLedger(ledger, partsOf(ledger.time, ledger.step, edges)),
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
