/** Tables for spreadsheets: ISO times, units in the header. Pure. */
import { isUnchecked } from "../data/calibration.js";
import type { ViewTable } from "../charts/types.js";
import type { Run } from "../data/runs.js";
import { PLAIN } from "../data/settings.js";
import type { PumpInfo, Snapshot, Table, Totals } from "../data/types.js";

type Cell = string | number | null | undefined;

/** The first one is the header. */
export type CsvRows = readonly (readonly Cell[])[];

const quoted = (text: string): string =>
  /[",;\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const written = (cell: Cell, point: string): string => {
  if (typeof cell === "string") return quoted(cell);
  return cell == null || Number.isNaN(cell)
    ? ""
    : String(Math.round(cell * 1e6) / 1e6).replace(".", point);
};

/** Where numbers have a decimal comma, spreadsheets want semicolons between the cells. */
export const csvText = (rows: CsvRows, decimalComma = false): string => {
  const [point, between] = decimalComma ? [",", ";"] : [".", ","];
  const line = (row: readonly Cell[]) =>
    row.map((cell) => written(cell, point)).join(between);
  return `${rows.map(line).join("\n")}\n`;
};

/** To the second, in UTC. */
export const isoTime = (ms: number): string =>
  new Date(ms).toISOString().replace(".000Z", "Z");

const withUnit = (name: string, unit: string | null | undefined): string =>
  unit ? `${name} [${unit}]` : name;

const UNITS: Record<string, string> = { _kwh: "kWh", _s: "s" };

const FROM_HEAT = /(^|_)heat(_|$)|^cooling_kwh$|^cop_(compressor|system)$/;

/** Of what follows from heat that nobody checked, the header says so. */
const checkedName = (
  name: string,
  column: string,
  totals: Totals | undefined
): string =>
  totals && isUnchecked({ totals }) && FROM_HEAT.test(column)
    ? `${name} (not checked)`
    : name;

/** "heat_kwh" as "heat [kWh]". */
const ledgerName = (column: string, currency: string | undefined): string => {
  const [ending = ""] = /_(kwh|s)$/.exec(column) ?? [];
  if (column === "cost") return withUnit(column, currency);
  if (column === "cost_per_heat_kwh")
    return withUnit("cost_per_heat", currency && `${currency}/kWh`);
  return withUnit(
    column.slice(0, column.length - ending.length),
    UNITS[ending]
  );
};

const tableCsv = (table: Table, name: (column: string) => string): CsvRows => {
  const columns = Object.keys(table).filter(
    (column) => column !== "time" && Array.isArray(table[column])
  );
  return [
    ["time", ...columns.map(name)],
    ...table.time.map((time, row) => [
      isoTime(time),
      ...columns.map((column) => table[column]?.[row]),
    ]),
  ];
};

/** The readings of the period, or their means where the step is longer. */
export const readingsCsv = (
  { readings }: Pick<Snapshot, "readings">,
  { metrics }: Pick<PumpInfo, "metrics">
): CsvRows =>
  tableCsv(readings, (column) => withUnit(column, metrics[column]?.unit));

/** The windows of the period with their sums. */
export const windowsCsv = (
  {
    ledger,
    totals,
  }: Pick<Snapshot, "ledger"> & Partial<Pick<Snapshot, "totals">>,
  currency?: string
): CsvRows =>
  tableCsv(ledger, (column) =>
    checkedName(ledgerName(column, currency), column, totals)
  );

/** The figures of the period: one row. */
export const figuresCsv = (
  { start, end, totals }: Pick<Snapshot, "start" | "end" | "totals">,
  currency?: string
): CsvRows => {
  const figures = (Object.entries(totals) as [keyof Totals, unknown][]).flatMap(
    ([name, value]) =>
      value === null || typeof value === "number"
        ? [
            [
              checkedName(ledgerName(name, currency), name, totals),
              value,
            ] as const,
          ]
        : []
  );
  const estimated = totals.estimated.join(" ");
  return [
    [
      "start",
      "end",
      ...figures.map(([name]) => name),
      "estimated",
      "calibration",
    ],
    [
      isoTime(start),
      isoTime(end),
      ...figures.map(([, value]) => value),
      estimated,
      totals.calibration,
    ],
  ];
};

/** What a chart shows. */
export const viewCsv = ({ first, columns, rows }: ViewTable): CsvRows => [
  [first, ...columns.map(({ name, unit }) => withUnit(name, unit))],
  ...rows().map(({ head, time, cells }) => [
    time === undefined ? head : isoTime(time),
    ...cells.map(({ value }) => value),
  ]),
];

/** The period's events, the oldest first. */
export const eventsCsv = (
  runs: readonly Run[],
  degrees = "°C",
  totals?: Totals
): CsvRows => [
  [
    "begin",
    "end",
    "kind",
    "code",
    "text",
    "auxiliary [%]",
    checkedName("heat [kWh]", "heat_kwh", totals),
    "energy [kWh]",
    "electricity [kWh]",
    checkedName("cop", "cop_system", totals),
    withUnit("outdoor", degrees),
    withUnit("from", degrees),
    withUnit("to", degrees),
    "from",
    "to",
  ],
  ...runs.toReversed().map(({ kind, from, to, begin, end, most }) => {
    const both = [(end ?? begin)?.from, (end ?? begin)?.to];
    // The number of a heat curve is no temperature.
    const isPlain = PLAIN.includes(begin?.setting);
    const none = [null, null];
    return [
      from === null ? "" : isoTime(from),
      to === null ? "" : isoTime(to),
      kind,
      kind === "alarm" ? (begin?.value ?? end?.value) : null,
      begin?.setting ?? begin?.text ?? end?.text,
      kind === "auxiliary" ? most : null,
      end?.heat_kwh,
      end?.energy_kwh,
      end?.electricity_kwh,
      end?.cop,
      end?.outdoor,
      ...(isPlain ? [...none, ...both] : [...both, ...none]),
    ];
  }),
];
