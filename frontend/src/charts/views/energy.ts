/** The electricity of each day as a bar, the auxiliary heater's part on top. */
import { whyUnknown } from "../../data/blank.js";
import type { Snapshot } from "../../data/types.js";
import { bandEntries, switchable, visible } from "../band-legend.js";
import { bands } from "../bands.js";
import type { BarPart } from "../bars.js";
import { bars, spansWithin, tops, topsOf } from "../bars.js";
import { auxiliaryFill } from "../hatch.js";
import { legendOf, stepName } from "../legend.js";
import { readout } from "../readout.js";
import { lookup } from "../rows.js";
import { empty, timeOption, timeView } from "../time-view.js";
import type { TooltipSeries } from "../tooltip.js";
import { rowsTooltip } from "../tooltip.js";
import type { BuildView, ViewInput } from "../types.js";
import { fittedRange } from "../value-range.js";
import type { Scale } from "../value-range.js";

const SCALE: Scale = { least: [0, 5], steps: [5, 10, 20, 50, 100, 200, 500] };
/** s; of less of a day nothing is said. */
const LEAST_COVERED_S = 600;
const MODES = ["heating_s", "hot_water_s", "auxiliary_s", "idle_s"];

type Key = "base" | "auxiliary";

const energies = ({ ledger }: Snapshot): Record<Key, number[]> => {
  const of = (name: string, row: number) => ledger[name]?.[row] ?? 0;
  const isKnown = (row: number) =>
    MODES.reduce((sum, mode) => sum + of(mode, row), 0) >= LEAST_COVERED_S;
  const values = (kwh: (row: number) => number) =>
    ledger.time.map((_, row) => (isKnown(row) ? Math.max(0, kwh(row)) : NaN));
  return {
    base: values(
      (row) => of("electricity_kwh", row) - of("auxiliary_kwh", row)
    ),
    auxiliary: values((row) => of("auxiliary_kwh", row)),
  };
};

const kwh = (value: number, { format }: ViewInput): string => {
  const words = format.number(value, value < 100 ? 1 : 0);
  return Number.isNaN(value) ? words : `${words}\u00a0kWh`;
};

const ofPeriod = (key: Key, { snapshot }: ViewInput): number => {
  const { electricity_kwh: all, auxiliary_kwh: heater } = snapshot.totals;
  if (key === "auxiliary") return heater ?? NaN;
  return all === null ? NaN : all - (heater ?? 0);
};

export const buildEnergy: BuildView = (input) => {
  const { snapshot, theme, text, hidden } = input;
  const base = timeView(input);
  if (!base) return empty("line");
  const { rows, states, drawn } = base;
  const values = energies(snapshot);
  if (values.base.every(Number.isNaN)) {
    return empty("line", whyUnknown(snapshot));
  }
  const { ledger } = snapshot;
  const spans = spansWithin(ledger.time, ledger.step * 1000, snapshot);
  const keys: readonly Key[] = states.auxiliary
    ? ["base", "auxiliary"]
    : ["base"];
  const shown = keys.filter((key) => !hidden.has(key));
  const parts = shown.map((key): BarPart => ({
    key,
    fill: key === "base" ? theme.compressor : auxiliaryFill(theme),
    values: values[key],
  }));
  const step = stepName(ledger.step, input);
  const marks = switchable(["alarm"], base);
  const lines = shown.map((key): TooltipSeries => {
    const valueAt = lookup({ spans, values: values[key] });
    return {
      name: text(`charts.power.${key}`),
      color: key === "base" ? theme.compressor : theme.auxiliary,
      style: key === "base" ? "square" : "hatched",
      value: (_row, moment) => kwh(valueAt(moment), input),
      number: (_row, moment) => valueAt(moment),
      unit: "kWh",
    };
  });
  const pointed = tops("energy", 0, spans, parts);
  const places = [
    {
      kind: "plot" as const,
      name: text("charts.power.energy_unit", { step }),
      weight: 1,
      range: fittedRange(SCALE, topsOf(parts)),
    },
  ];
  return {
    state: "ready",
    chunk: "line",
    remark: text("charts.power.remark_long", { step }),
    legend: legendOf(
      [
        ...keys.map((key) => ({
          key,
          name: text(`charts.power.${key}`),
          color: key === "base" ? theme.compressor : theme.auxiliary,
          style: key === "base" ? ("square" as const) : ("hatched" as const),
          value: kwh(ofPeriod(key, input), input),
        })),
        ...bandEntries(marks, input),
      ],
      input
    ),
    option: timeOption(input, places, {
      dataset: [pointed.data],
      series: [
        ...bands(0, visible(marks, input), drawn),
        bars("bars", 0, spans, parts),
        pointed.series,
      ],
      tooltip: rowsTooltip(input, rows, states, lines),
    }),
    ...readout(input, rows, states, lines),
  };
};
