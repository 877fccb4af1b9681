/** A period that is over: what was at its end takes the place of the present. Pure. */
import { firstFrom } from "./merge.js";
import { heatingWas, modeOf } from "./mode.js";
import { NO_WINDOW, STALE_MS } from "./stale.js";
import type { Column, Snapshot, Status } from "./types.js";

/** Whether readings have come since the end of the period, so that the status is not of it. */
export const isPast = ({ range, end, status }: Snapshot): boolean =>
  range === null && (status.time ?? 0) > end;

/** Whether any step of the auxiliary heater was on, as a share of time. */
const auxiliaryShare = (metrics: Status["metrics"]): number =>
  Object.entries(metrics).some(
    ([name, value]) => name.startsWith("auxiliary_") && (value ?? 0) > 0
  )
    ? 1
    : 0;

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
  const { compressor, hot_water_valve: valve } = metrics;
  const was = modeOf(compressor, valve, auxiliaryShare(metrics));
  const mode =
    was === "heating" ? heatingWas(snapshot.ledger, snapshot.end - 1) : was;
  return {
    ...snapshot,
    status: { ...snapshot.status, ...NO_WINDOW, metrics, mode },
  };
};
