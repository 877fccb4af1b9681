/** Brings a snapshot up to date with what an update says has changed. Pure. */
import type { Ledger, Snapshot, Table } from "./types.js";

/** Index of the first time that is not before `moment`; times ascend. */
export const firstFrom = (times: readonly number[], moment: number): number => {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Infinity) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
};

const tableColumns = (table: Table): string[] =>
  Object.keys(table).filter((name) => Array.isArray(table[name]));

/**
 * Rows of `known` from `start` (ms) on, those from the first row of `changed` on replaced by it.
 * A column only one of them has is null in the rows of the other.
 */
export const mergeTable = (
  known: Table,
  changed: Table,
  start: number
): Table => {
  const from = firstFrom(known.time, start);
  const first = changed.time[0];
  const until =
    first === undefined ? known.time.length : firstFrom(known.time, first);
  const kept = Math.max(0, until - from);
  const skipped = firstFrom(changed.time, start);
  const blank = (rows: number) => new Array<null>(rows).fill(null);
  const merged: Table = { time: [] };
  const names = new Set([...tableColumns(known), ...tableColumns(changed)]);
  for (const name of names) {
    const old = known[name]?.slice(from, from + kept) ?? blank(kept);
    const fresh =
      changed[name]?.slice(skipped) ?? blank(changed.time.length - skipped);
    merged[name] = old.concat(fresh);
  }
  return merged;
};

const mergeLedger = (known: Ledger, changed: Ledger, start: number): Ledger =>
  Object.assign<Table, { step: number }>(mergeTable(known, changed, start), {
    step: known.step,
  });

/** `snapshot` after `update`; null where the update is of something else. */
export const applyUpdate = (
  snapshot: Snapshot,
  update: Snapshot
): Snapshot | null => {
  if (snapshot.pump !== update.pump || snapshot.range !== update.range) {
    return null;
  }
  const { start } = update;
  return {
    ...update,
    type: "snapshot",
    readings: mergeTable(snapshot.readings, update.readings, start),
    ledger: mergeLedger(snapshot.ledger, update.ledger, start),
    events: [...snapshot.events, ...update.events].filter(
      ({ time }) => time >= start
    ),
  };
};
