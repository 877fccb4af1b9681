/** The hours of a period, as a file has them: asked for in pieces, each of which is hours. */
import type { Span } from "../data/period.js";
import { question } from "../data/session.js";
import { firstOf } from "../data/subscription.js";
import type { Ledger, PumpInfo, Snapshot, Table } from "../data/types.js";
import { snapshotInFahrenheit } from "../data/units.js";
import { readingsCsv, windowsCsv } from "../export/csv.js";
import type { CsvRows } from "../export/csv.js";
import { DAY, HOUR } from "../format/milliseconds.js";
import type { Connection } from "../ha/types.js";

/** A span of so long is answered in hours, whether memory has it or the disk. */
const PIECE = 30 * DAY;

/** What of its readings an hour is told. */
const isTold = (column: string): boolean => column.endsWith("_temp");

type Hour = Record<string, number | null>;

/** The rows of a table by their time, those of one before are kept. */
const addRows = (
  hours: Map<number, Hour>,
  { time, ...columns }: Table,
  isWanted: (column: string) => boolean,
  { start, end }: Span
): void => {
  time.forEach((at, row) => {
    if (at < start || at >= end) return;
    const hour = hours.get(at) ?? {};
    for (const [name, column] of Object.entries(columns))
      if (isWanted(name)) hour[name] = column[row] ?? null;
    hours.set(at, hour);
  });
};

const tableOf = (hours: readonly [number, Hour][]): Table => {
  const names = new Set(hours.flatMap(([, hour]) => Object.keys(hour)));
  return {
    time: hours.map(([time]) => time),
    ...Object.fromEntries(
      [...names].map((name) => [
        name,
        hours.map(([, hour]) => hour[name] ?? null),
      ])
    ),
  };
};

/** Of an hour of which nothing is known, nothing is said but that; `length`: ms of it that are over. */
const blank = (hour: Hour, length: number): Hour =>
  (hour.uncovered_s ?? 0) >= Math.floor(length / 1000)
    ? { uncovered_s: hour.uncovered_s ?? null }
    : hour;

/** `span`: moments; one piece after the other, the newest first. */
export const hoursCsv = async (
  connection: Connection,
  { id, metrics, settings, calibration }: PumpInfo,
  span: Span,
  fahrenheit: boolean
): Promise<CsvRows> => {
  const sums = new Map<number, Hour>();
  const means = new Map<number, Hour>();
  let until = 0;
  let end = Math.ceil(span.end / HOUR) * HOUR;
  while (end > span.start) {
    const asked = { start: end - PIECE, end };
    const sent = (await firstOf(connection, {
      ...{ type: "heatpump_dashboard/subscribe", pump: id },
      ...question(asked),
    })) as Snapshot;
    const snapshot = fahrenheit ? snapshotInFahrenheit(sent) : sent;
    until = Math.max(until, snapshot.end);
    const { step, ...ledger } = snapshot.ledger;
    if (step * 1000 !== HOUR) throw new Error(`Rows of ${step} s are no hours`);
    addRows(sums, ledger, () => true, span);
    addRows(means, snapshot.readings, isTold, span);
    end = asked.start;
  }
  const ascending = [...sums].sort(([one], [other]) => one - other);
  const ledger = tableOf(
    ascending.map(([at, hour]) => [at, blank(hour, Math.min(HOUR, until - at))])
  );
  const readings = tableOf(ascending.map(([at]) => [at, means.get(at) ?? {}]));
  const totals = { calibration } as Snapshot["totals"];
  const told = windowsCsv(
    { ledger: ledger as unknown as Ledger, totals },
    settings.currency
  );
  const beside = readingsCsv({ readings }, { metrics });
  return told.map((cells, row) => [...cells, ...(beside[row] ?? []).slice(1)]);
};
