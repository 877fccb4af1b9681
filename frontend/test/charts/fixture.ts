/** Snapshots made by hand, small enough to calculate in one's head. */
import type { LineSeriesOption } from "echarts/charts";
import type {
  PumpInfo,
  Snapshot,
  Table,
  Totals,
} from "../../src/data/types.js";
import type { ViewInput, ViewResult } from "../../src/charts/types.js";
import { english } from "../i18n/english.js";
import { look } from "../components/fixture.js";
import { FakeServer, pumpInfo } from "../fixtures/heat-pump.js";

export const { theme, format } = look;
export const text = english;

/** Thu 22 Jan 2026, 20:42 in Stockholm. */
export const END = Date.UTC(2026, 0, 22, 19, 42);
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

export const server = new FakeServer(END, 8);
export const day = server.snapshot("24h", END);

const TOTALS: Totals = {
  heat_kwh: 11,
  heat_hot_water_kwh: 1,
  electricity_kwh: 3.5,
  compressor_electricity_kwh: 3,
  auxiliary_kwh: 0.4,
  standby_kwh: 0.1,
  cost: null,
  cop_compressor: 3.667,
  cop_system: 3.14,
  cop_uncertainty: 0.41,
  heating_s: 1800,
  hot_water_s: 600,
  auxiliary_s: 300,
  idle_s: 900,
  compressor_s: 2400,
  auxiliary_on_s: 420,
  starts: 2,
  hot_water_charges: 1,
  covered_s: 3600,
  uncovered_s: 0,
  coverage: 1,
  estimated: ["heat"],
};

export const totals = (change: Partial<Totals> = {}): Totals => ({
  ...TOTALS,
  ...change,
});

export interface Parts {
  start?: number;
  end?: number;
  step?: number;
  readings?: Table;
  ledgerStep?: number;
  ledger?: Table;
  totals?: Partial<Totals>;
  metrics?: Record<string, number | null>;
  from?: number | null;
}

/** An hour up to `END`, of which nothing is known but what is given. */
export const snapshot = (parts: Parts = {}): Snapshot => {
  const { end = END, start = end - HOUR, step = 0, ledgerStep = 300 } = parts;
  return {
    type: "snapshot",
    pump: "pump-1",
    range: "1h",
    start,
    end,
    step,
    readings: parts.readings ?? { time: [] },
    ledger: Object.assign<Table, { step: number }>(
      { ...(parts.ledger ?? { time: [] }) },
      { step: ledgerStep }
    ),
    totals: totals(parts.totals),
    status: {
      time: end,
      mode: "heating",
      metrics: parts.metrics ?? {},
      cop: 3.5,
      alarm: { active: false, code: null, text: null },
      source: "ok",
      history: { from: parts.from ?? null, complete: parts.from === undefined },
    },
    events: [],
  };
};

/** A column of `count` values. */
export const column = <Value>(
  count: number,
  value: (row: number) => Value
): Value[] => Array.from({ length: count }, (_, row) => value(row));

/** Readings every 30 s over the hour up to `END`. */
export const readings = (
  columns: Record<string, (row: number) => number | null>
): Table => {
  const table: Table = {
    time: column(121, (row) => END - HOUR + row * 30_000),
  };
  for (const [name, value] of Object.entries(columns)) {
    table[name] = column(121, value);
  }
  return table;
};

export const input = (
  of: Snapshot,
  change: Partial<Omit<ViewInput, "snapshot">> = {}
): ViewInput => ({
  snapshot: of,
  period: of,
  info: pumpInfo(),
  theme,
  format,
  text,
  width: 700,
  hidden: new Set(),
  ...change,
});

export const withSettings = (
  settings: Partial<PumpInfo["settings"]>
): PumpInfo => {
  const info = pumpInfo();
  return { ...info, settings: { ...info.settings, ...settings } };
};

/** The series of a picture. */
export const seriesOf = ({ option }: ViewResult): LineSeriesOption[] =>
  (option?.series ?? []) as LineSeriesOption[];

export const seriesNamed = (
  result: ViewResult,
  id: string
): LineSeriesOption => {
  const found = seriesOf(result).find((series) => series.id === id);
  if (!found) throw new Error(`No series ${id}`);
  return found;
};

/** From, to and colour of the areas of a series. */
export const areasOf = (series: LineSeriesOption) =>
  (series.markArea?.data ?? []).map((pair) => {
    const [from, to] = pair as unknown as [
      { xAxis: number; itemStyle: { color: unknown }; label?: object },
      { xAxis: number },
    ];
    return {
      from: from.xAxis,
      to: to.xAxis,
      color: from.itemStyle.color,
      label: from.label,
    };
  });

interface Dataset {
  id: string;
  dimensions: string[];
  source: Float64Array;
}

/** Time and value of every point of a column. */
export const pointsOf = (
  { option }: ViewResult,
  id: string,
  name: string
): [number, number][] => {
  const sets = option?.dataset as Dataset[];
  const set = sets.find((each) => each.id === id);
  if (!set) throw new Error(`No dataset ${id}`);
  const width = set.dimensions.length;
  const place = set.dimensions.indexOf(name);
  return column(set.source.length / width, (row) => [
    set.source[row * width]!,
    set.source[row * width + place]!,
  ]);
};

/** What the tooltip says at a moment, tags away. */
export const tooltipAt = ({ option }: ViewResult, moment: number): string => {
  const { formatter } = option?.tooltip as {
    formatter: (params: unknown) => string;
  };
  return formatter([{ axisValue: moment }])
    .replace(/<[^>]*>/g, " ")
    .replace(/ +/g, " ")
    .trim();
};
