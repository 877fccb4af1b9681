/**
 * What outlives the panel's element: Home Assistant destroys it on every navigation and when the
 * page was hidden for five minutes, but not this module.
 */
import { isSpan, periodKey } from "./period.js";
import type { Period } from "./period.js";
import type { Range } from "./range.js";
import type { Info, Snapshot } from "./types.js";

const KEPT_SNAPSHOTS = 6;

export interface Session {
  info: Info | null;
  /** The unit of the temperatures in it. */
  fahrenheit: boolean;
  pump: string | null;
  period: Period | null;
  /** Chosen last. */
  range: Range | null;
  snapshots: Map<string, Snapshot>;
}

export const createSession = (): Session => ({
  info: null,
  fahrenheit: false,
  pump: null,
  period: null,
  range: null,
  snapshots: new Map(),
});

export const session = createSession();

const key = (pump: string, period: Period) => `${periodKey(period)} ${pump}`;

export const recall = (
  { snapshots }: Session,
  pump: string,
  period: Period
): Snapshot | null => snapshots.get(key(pump, period)) ?? null;

/** Keeps the snapshots looked at last. */
export const remember = (
  { snapshots }: Session,
  snapshot: Snapshot,
  period: Period
): void => {
  const name = key(snapshot.pump, period);
  snapshots.delete(name);
  snapshots.set(name, snapshot);
  const [oldest] = snapshots.keys();
  if (snapshots.size > KEPT_SNAPSHOTS && oldest) snapshots.delete(oldest);
};

/** How a period is asked for. */
export const question = (period: Period): Record<string, string> =>
  isSpan(period)
    ? {
        start_time: new Date(period.start).toISOString(),
        end_time: new Date(period.end).toISOString(),
      }
    : { range: period };
