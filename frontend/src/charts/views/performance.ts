/** What the heat pump gives to the house and takes from the ground, as temperature differences. */
import { whyUnknown } from "../../data/blank.js";
import type { Column, Snapshot } from "../../data/types.js";
import { bandEntries, switchable, visible } from "../band-legend.js";
import { bands, strip } from "../bands.js";
import type { Units } from "../../format/format.js";
import type { DeltaColumns } from "../delta.js";
import { difference, meansOfLedger, meansWhileRunning } from "../delta.js";
import type { Place } from "../frame.js";
import { digitsOf, legendOf, stepName } from "../legend.js";
import { dataset, line, overSpans } from "../lines.js";
import type { Rows, SpanValues } from "../rows.js";
import { clipped, lookup, spansOfLedger } from "../rows.js";
import { isFine, runSpans } from "../states.js";
import { empty, missing, timeOption, timeView } from "../time-view.js";
import { readout } from "../readout.js";
import { rowsTooltip } from "../tooltip.js";
import type { BuildView, ViewInput } from "../types.js";
import { fittedRange } from "../value-range.js";
import type { Scale } from "../value-range.js";

interface Delta {
  key: "heating" | "brine";
  of: readonly [string, string];
  ledger: DeltaColumns;
  /** Its means of running time among the readings, of long steps. */
  means: string;
  scales: Record<Units["difference"], Scale>;
  weight: number;
  color: (theme: ViewInput["theme"]) => string;
}

const DELTAS: readonly Delta[] = [
  {
    key: "heating",
    of: ["supply_temp", "return_temp"],
    ledger: { kelvin: "delta_t_ks", seconds: "delta_t_running_s" },
    means: "delta_t",
    scales: {
      K: { least: [0, 4], steps: [2, 5, 10] },
      "°F": { least: [0, 10], steps: [5, 10, 20] },
    },
    weight: 3,
    color: ({ supply }) => supply,
  },
  {
    key: "brine",
    of: ["brine_in_temp", "brine_out_temp"],
    ledger: { kelvin: "brine_delta_t_ks", seconds: "brine_running_s" },
    means: "brine_delta_t",
    scales: {
      K: { least: [0, 4], steps: [2, 5, 10] },
      "°F": { least: [0, 10], steps: [5, 10, 20] },
    },
    weight: 2,
    color: ({ brineIn }) => brineIn,
  },
];

const kelvin = (
  value: number | null | undefined,
  { of }: Delta,
  input: ViewInput
): string => {
  const words = input.format.number(value, digitsOf(of[0], input));
  return value == null || Number.isNaN(value)
    ? words
    : `${words}\u00a0${input.format.units.difference}`;
};

/** The present difference, none while the compressor rests. */
const currentDifference = (
  { of }: Delta,
  { snapshot }: ViewInput
): number | null => {
  const { metrics } = snapshot.status;
  const [one, other] = of.map((metric) => metrics[metric] ?? null);
  if (!metrics.compressor || one == null || other == null) return null;
  return one - other;
};

const MEAN_S = 600;

const remark = (input: ViewInput): string => {
  const { snapshot, text } = input;
  return snapshot.step <= MEAN_S
    ? text("charts.performance.remark")
    : text("charts.performance.remark_long", {
        step: stepName(snapshot.step, input),
      });
};

/** Means of the time in which the compressor ran, whatever the length of the rows, and of the runs. */
const meansOf = (
  { ledger, means }: Delta,
  { snapshot, format }: ViewInput
): SpanValues | null => {
  const { step, readings, end } = snapshot;
  const scale = format.units.difference === "°F" ? 1.8 : 1;
  const scaled = (values: Column) =>
    values.map((value) => (value ?? NaN) * scale);
  const counted = step ? meansOfLedger(snapshot.ledger, end, ledger) : null;
  if (counted) return { ...counted, values: scaled(counted.values) };
  const column = readings[means];
  if (!step || !column) return null;
  const spans = spansOfLedger({ time: readings.time, step }, end);
  return { spans, values: scaled(column) };
};

/** The readings' own differences, where they are short enough to be parted from the rest. */
const differences = (
  { of: [one, other] }: Delta,
  { readings }: Snapshot,
  rows: Rows,
  compressor: readonly number[]
): SpanValues => {
  const raw = difference(rows, readings[one], readings[other]);
  const spans = rows.from.map((from, row) => ({
    from,
    to: rows.to[row] ?? from,
  }));
  return { spans, values: meansWhileRunning(rows, raw, compressor) };
};

const rowsOf = (
  delta: Delta,
  input: ViewInput,
  rows: Rows,
  compressor: number[]
): SpanValues => {
  const means = meansOf(delta, input);
  if (!means) return differences(delta, input.snapshot, rows, compressor);
  return isFine(rows) ? clipped(means, runSpans(rows, compressor)) : means;
};

export const buildPerformance: BuildView = (input) => {
  const { snapshot, theme, text, hidden, format } = input;
  const unit = format.units.difference;
  const { readings } = snapshot;
  const deltas = DELTAS.filter(({ of }) => of.every((name) => readings[name]));
  if (!deltas.length) return missing("no_temperatures");
  const base = timeView(input);
  if (!base) return empty("line");
  const { rows, states, drawn } = base;
  const { compressor } = states;
  if (!compressor) return missing("no_compressor");

  const graphs = deltas.map((delta, place) => {
    const { spans, values } = rowsOf(delta, input, rows, compressor);
    const name = text(`charts.performance.${delta.key}`);
    const points = overSpans(spans, values);
    return { delta, place, spans, values, name, points };
  });
  if (!graphs.some(({ points }) => points.time.length)) {
    const ran = compressor.some((share) => share > 0);
    return empty("line", ran ? whyUnknown(snapshot) : "not_running");
  }
  const places: Place[] = graphs.map(({ delta, values, name }) => ({
    kind: "plot",
    name: text("charts.performance.unit", { name, unit }),
    weight: delta.weight,
    range: fittedRange(delta.scales[unit], values),
  }));
  const last = places.length;
  places.push({ kind: "strip", name: text("charts.state.compressor") });
  const marks = switchable(["hot_water", "auxiliary", "alarm"], base);
  const shown = graphs.filter(({ delta }) => !hidden.has(delta.key));
  const series = [
    ...graphs.flatMap(({ place }) =>
      bands(place, visible(marks, input), drawn)
    ),
    strip(last, ["compressor"], compressor, drawn),
    ...shown.map(({ delta, place, points }) =>
      line({
        id: delta.key,
        column: "delta",
        style: { color: delta.color(theme), width: 2 },
        place,
        points: points.time.length,
      })
    ),
  ];
  const tooltipSeries = shown.map(({ delta, name, spans, values }) => {
    const valueAt = lookup({ spans, values });
    return {
      name,
      color: delta.color(theme),
      style: "solid" as const,
      value: (_row: number, moment: number) =>
        kelvin(valueAt(moment), delta, input),
      number: (_row: number, moment: number) => valueAt(moment),
      unit,
    };
  });
  return {
    state: "ready",
    chunk: "line",
    remark: remark(input),
    legend: legendOf(
      [
        ...graphs.map(({ delta, name }) => ({
          key: delta.key,
          name,
          color: delta.color(theme),
          style: "solid" as const,
          value: kelvin(currentDifference(delta, input), delta, input),
        })),
        ...bandEntries(marks, input),
      ],
      input
    ),
    option: timeOption(input, places, {
      dataset: graphs.map(({ delta, points }) =>
        dataset(delta.key, points.time, { delta: points.value })
      ),
      series,
      tooltip: rowsTooltip(input, rows, states, tooltipSeries),
    }),
    ...readout(input, rows, states, tooltipSeries),
  };
};
