/** The table of days, months or years, as it is shown and as it is saved. Pure. */
import type { Look } from "../components/context.js";
import { isoTime } from "../export/csv.js";
import type { CsvRows } from "../export/csv.js";
import { changeOf, coverageOf, figuresOf, isRead } from "./figures.js";
import type { CalendarRow, Figures } from "./figures.js";
import type { HistoryModel } from "./model.js";
import { monthsAfter } from "../format/calendar.js";
import { periodOf, startAfter } from "./period.js";
import type { HistoryPeriod, Unit } from "./period.js";
import { monthNames } from "./month-names.js";
import { capital, heatingYear, kwh, nameOf } from "./words.js";

export const TABLES = [
  "day",
  "month",
  "heating_year",
  "year",
] as const satisfies readonly Unit[];

export type TableUnit = (typeof TABLES)[number];

export interface HistoryRow {
  name: string;
  /** Beside it, secondary: the year of a month. */
  aside: string;
  opens: HistoryPeriod;
  /** Null while it is not read. */
  figures: Figures | null;
  /** Share of the largest electricity, of the bar. */
  bar: number;
  /** Electricity by that of a year before, less one. */
  change: number | null;
  start: number;
  end: number;
  isWhole: boolean;
}

const figures = (row: CalendarRow | undefined): Figures | null =>
  row?.totals ? figuresOf(row.totals) : null;

const rowsOf = (unit: TableUnit, model: HistoryModel): CalendarRow[] => {
  const { days, rows, months, years, period } = model;
  if (unit === "heating_year" || unit === "year") return [...years[unit]];
  const source = unit === "day" ? rows : months;
  const isOwn = ({ day }: CalendarRow) => day >= days.start && day < days.end;
  // Below the months of a month are those before it, up to a year.
  const isNear = ({ day }: CalendarRow) =>
    unit === "month" && period.unit === "month"
      ? day <= days.start && day > monthsAfter(days.start, -12)
      : isOwn({ day } as CalendarRow);
  return [...source.values()].filter(isNear).sort((a, b) => a.day - b.day);
};

const nameParts = (
  unit: TableUnit,
  day: number,
  look: Look
): [string, string] => {
  if (unit === "month")
    return [
      capital(monthNames(look).long(day)),
      String(new Date(day).getUTCFullYear()),
    ];
  if (unit === "heating_year") return [heatingYear(day), ""];
  if (unit === "year") return [nameOf({ unit, start: day }, look), ""];
  return [look.format.dayDate(look.format.zone.utc(day + 43_200_000)), ""];
};

/** Years and the months of a month with the newest first, a year's own months as they came. */
export const historyRows = (
  unit: TableUnit,
  model: HistoryModel,
  look: Look
): HistoryRow[] => {
  const all = rowsOf(unit, model);
  const most = Math.max(0, ...all.map((row) => figures(row)?.electricity ?? 0));
  const before = (row: CalendarRow): Figures | null => {
    if (unit === "day" || !row.complete) return null;
    const start =
      unit === "month"
        ? monthsAfter(row.day, -12)
        : startAfter(unit, row.day, -1);
    const source =
      unit === "month" ? [...model.months.values()] : model.years[unit];
    const found = source.find(({ day }) => day === start);
    const known = figures(found);
    // A month in which the readings began is no measure.
    return found && known && isWhole(found, known) ? known : null;
  };
  const made = all.map((row): HistoryRow => {
    const own = figures(row);
    const [name, aside] = nameParts(unit, row.day, look);
    return {
      ...{ name, aside, figures: own },
      opens: periodOf(unit, row.day),
      bar: most ? (own?.electricity ?? 0) / most : 0,
      change: changeOf(
        own?.electricity ?? null,
        before(row)?.electricity ?? null
      ),
      ...{ start: row.start, end: row.end },
      isWhole: own !== null && isWhole(row, own),
    };
  });
  const isNewestFirst =
    unit !== "day" &&
    model.period.unit !== "heating_year" &&
    model.period.unit !== "year";
  return isNewestFirst ? made.toReversed() : made;
};

const isWhole = ({ complete }: CalendarRow, own: Figures): boolean =>
  complete && isRead(own);

/** A season's worth of degree days; a quotient of less says nothing. */
const FEWEST_DEGREE_DAYS = 10;

export const perDegreeDay = ({
  electricity,
  degreeDays,
}: Figures): number | null =>
  electricity !== null &&
  degreeDays !== null &&
  degreeDays >= FEWEST_DEGREE_DAYS
    ? electricity / degreeDays
    : null;

export interface TableColumn {
  key: string;
  /** Text key. */
  name: string;
  text: (of: Figures, look: Look) => string;
  value: (of: Figures) => number | null;
  /** Of files: "kWh". */
  unit: string;
  /** There is room for it on a phone. */
  isFirst?: boolean;
}

const number =
  (digits: number, value: TableColumn["value"]): TableColumn["text"] =>
  (of, { format }) =>
    format.number(value(of), digits);

const column = (
  key: string,
  unit: string,
  value: TableColumn["value"],
  text: TableColumn["text"],
  isFirst = false
): TableColumn => ({
  key,
  name: `history.column.${key}`,
  unit,
  value,
  text,
  isFirst,
});

const ENERGY =
  (value: TableColumn["value"]): TableColumn["text"] =>
  (of, look) =>
    kwh(value(of), look);

export const tableColumns = (
  currency: string | undefined,
  hasCost: boolean
): TableColumn[] => {
  const cost = (of: Figures) => of.cost;
  return [
    column(
      "heat",
      "kWh",
      (of) => of.heat,
      ENERGY((of) => of.heat)
    ),
    column(
      "auxiliary",
      "kWh",
      (of) => of.auxiliary,
      ENERGY((of) => of.auxiliary)
    ),
    ...(hasCost
      ? [column("cost", currency ?? "", cost, number(0, cost), true)]
      : []),
    column(
      "cop",
      "",
      (of) => of.cop,
      number(2, (of) => of.cop),
      true
    ),
    column(
      "starts",
      "",
      (of) => of.starts,
      number(0, (of) => of.starts)
    ),
    column(
      "degree_days",
      "°C·d",
      (of) => of.degreeDays,
      number(0, (of) => of.degreeDays)
    ),
    column(
      "per_degree_day",
      "kWh/(°C·d)",
      perDegreeDay,
      number(2, perDegreeDay)
    ),
    column("coverage", "", coverageOf, (of, { format }) =>
      format.percent(coverageOf(of), 1)
    ),
  ];
};

const FROM_HEAT = /^(heat|hot_water|cop)\b/;

/** Exactly the rows that are shown, with every figure of them. */
export const historyCsv = (
  rows: readonly HistoryRow[],
  columns: readonly TableColumn[]
): CsvRows => [
  [
    ...["start", "end", "electricity [kWh]"],
    ...[
      ...columns.map(({ key, unit }) => (unit ? `${key} [${unit}]` : key)),
      ...["cop_uncertainty", "hot_water [kWh]", "outdoor_mean"],
    ].map((name) =>
      FROM_HEAT.test(name) && rows.some(({ figures }) => figures?.isUnchecked)
        ? `${name} (not checked)`
        : name
    ),
  ],
  ...rows.map(({ start, end, figures: of }) => [
    ...[isoTime(start), isoTime(end), of?.electricity],
    ...columns.map(({ value }) => (of ? value(of) : null)),
    ...[of?.copUncertainty, of?.hotWater, of?.outdoor],
  ]),
];

/** "3.21 ± 0.11", with the word for what is no year. */
export const copParts = (
  of: Figures,
  isYear: boolean,
  { format, text }: Look
) => ({
  value: format.number(of.cop, 2),
  margin:
    isYear && of.isScop && of.copUncertainty !== null
      ? `± ${format.number(of.copUncertainty, 2)}`
      : "",
  aside: isYear && !of.isScop && of.cop !== null ? text("history.no_year") : "",
});
