/** A period that is over: what was at its end takes the place of the present. Pure. */
import { firstFrom } from "./merge.js";
import { STALE_MS } from "./stale.js";
import type { Column, Mode, Snapshot, Status } from "./types.js";

/** Whether readings have come since the end of the period, so that the status is not of it. */
export const isPast = ({ range, end, status }: Snapshot): boolean =>
  range === null && (status.time ?? 0) > end;

/** Share of a step in which a state counts as on. */
const MOSTLY = 0.5;

const modeOf = (metrics: Status["metrics"]): Mode | null => {
  const { compressor, hot_water_valve: valve } = metrics;
  if (compressor == null) return null;
  if (compressor < MOSTLY) return "idle";
  return (valve ?? 0) < MOSTLY ? "heating" : "hot_water";
};

/** The last value of each column, null where it is too old to be that of the end. */
const valuesAtEnd = ({ readings, step, end }: Snapshot): Status["metrics"] => {
  const { time, ...columns } = readings;
  const first = firstFrom(time, end - STALE_MS - step * 1000);
  const last = (column: Column) =>
    column.slice(first).findLast((value) => value !== null) ?? null;
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, last(column)])
  );
};

/** A snapshot of a past period with the status of its end; the alarm's is left to its events. */
export const atEnd = (snapshot: Snapshot): Snapshot => {
  const metrics = valuesAtEnd(snapshot);
  const mode = modeOf(metrics);
  return {
    ...snapshot,
    status: { ...snapshot.status, metrics, mode, cop: null },
  };
};
