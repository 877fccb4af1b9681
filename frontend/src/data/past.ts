/** A period that is over: what was at its end takes the place of the present. Pure. */
import { heatingWas, modeOf } from "./mode.js";
import { NO_WINDOW } from "./stale.js";
import type { Snapshot, Status } from "./types.js";

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

/** The last row, which holds until the end; an empty one says that nothing is known then. */
const valuesAtEnd = ({ readings }: Snapshot): Status["metrics"] =>
  Object.fromEntries(
    Object.entries(readings).flatMap(([name, column]) =>
      name === "time" ? [] : [[name, column.at(-1) ?? null]]
    )
  );

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
