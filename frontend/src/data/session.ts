/**
 * What outlives the panel's element: Home Assistant destroys it on every navigation and when the
 * page was hidden for five minutes, but not this module.
 */
import type { Range } from "./range.js";
import type { Info, Snapshot } from "./types.js";

const KEPT_SNAPSHOTS = 6;

export interface Session {
  info: Info | null;
  pump: string | null;
  range: Range | null;
  snapshots: Map<string, Snapshot>;
}

export const createSession = (): Session => ({
  info: null,
  pump: null,
  range: null,
  snapshots: new Map(),
});

export const session = createSession();

const key = (pump: string, range: string) => `${range} ${pump}`;

export const recall = (
  { snapshots }: Session,
  pump: string,
  range: string
): Snapshot | null => snapshots.get(key(pump, range)) ?? null;

/** Keeps the snapshots looked at last. */
export const remember = ({ snapshots }: Session, snapshot: Snapshot): void => {
  if (snapshot.range === null) return;
  const name = key(snapshot.pump, snapshot.range);
  snapshots.delete(name);
  snapshots.set(name, snapshot);
  const [oldest] = snapshots.keys();
  if (snapshots.size > KEPT_SNAPSHOTS && oldest) snapshots.delete(oldest);
};
