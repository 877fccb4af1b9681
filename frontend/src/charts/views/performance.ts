/** What the heat pump gives to the house and takes from the ground, as temperature differences. */
import { bandEntries, switchable, visible } from "../band-legend.js";
import { bands, strip } from "../bands.js";
import type { Units } from "../../format/format.js";
import { difference, meansWhileRunning } from "../delta.js";
import type { Place, Range } from "../frame.js";
import { steppedRange } from "../frame.js";
import { digitsOf, legendOf, stepName } from "../legend.js";
import { dataset, line, overSpans } from "../lines.js";
import { empty, missing, timeOption, timeView } from "../time-view.js";
import { readout } from "../readout.js";
import { rowsTooltip } from "../tooltip.js";
import type { BuildView, ViewInput } from "../types.js";

interface Delta {
  key: "heating" | "brine";
  of: readonly [string, string];
  usual: Record<Units["difference"], Range>;
  weight: number;
  color: (theme: ViewInput["theme"]) => string;
}

const DELTAS: readonly Delta[] = [
  {
    key: "heating",
    of: ["supply_temp", "return_temp"],
    usual: {
      K: { min: 0, max: 8, interval: 4 },
      "°F": { min: 0, max: 15, interval: 5 },
    },
    weight: 3,
    color: ({ supply }) => supply,
  },
  {
    key: "brine",
    of: ["brine_in_temp", "brine_out_temp"],
    usual: {
      K: { min: 0, max: 6, interval: 3 },
      "°F": { min: 0, max: 12, interval: 4 },
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
const present = ({ of }: Delta, { snapshot }: ViewInput): number | null => {
  const { metrics } = snapshot.status;
  const [one, other] = of.map((metric) => metrics[metric] ?? null);
  if (!metrics.compressor || one == null || other == null) return null;
  return one - other;
};

const MEAN_S = 600;

/** Below this share of the rows with running the others are what one would miss. */
const FEW = 0.1;

/** How many of `values` there are, beside the rows in which the compressor ran at all. */
const shareOf = (values: readonly number[], compressor: readonly number[]) =>
  values.filter((value) => !Number.isNaN(value)).length /
  Math.max(1, compressor.filter((share) => share > 0).length);

/** `known` is the share of the rows with running that are drawn. */
const remark = ({ snapshot, text }: ViewInput, known: number): string => {
  if (snapshot.step < MEAN_S) return text("charts.performance.remark");
  const missed = known ? "remark_few_runs" : "remark_short_runs";
  return text(`charts.performance.${known > FEW ? "remark_long" : missed}`, {
    step: stepName(snapshot.step),
  });
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

  const spans = rows.from.map((from, row) => ({
    from,
    to: rows.to[row] ?? from,
  }));
  const graphs = deltas.map((delta, place) => {
    const [one, other] = delta.of;
    const raw = difference(rows, readings[one], readings[other]);
    const values = meansWhileRunning(rows, raw, compressor);
    const name = text(`charts.performance.${delta.key}`);
    return { delta, place, values, name, points: overSpans(spans, values) };
  });
  const places: Place[] = graphs.map(({ delta, values, name }) => ({
    kind: "plot",
    name: text("charts.performance.unit", { name, unit }),
    weight: delta.weight,
    range: steppedRange(delta.usual[unit], values),
  }));
  const last = places.length;
  places.push({ kind: "strip", name: text("charts.state.compressor") });
  const marks = switchable(["hot_water", "auxiliary", "alarm"], base);
  const shown = graphs.filter(({ delta }) => !hidden.has(delta.key));
  const series = [
    ...graphs.map(({ place }) => bands(place, visible(marks, input), drawn)),
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
  const told = shown.map(({ delta, name, values }) => ({
    name,
    color: delta.color(theme),
    style: "solid" as const,
    value: (row: number) => kelvin(row < 0 ? null : values[row], delta, input),
    number: (row: number) => values[row] ?? NaN,
    unit,
  }));
  return {
    state: "ready",
    chunk: "line",
    remark: remark(
      input,
      Math.max(...graphs.map(({ values }) => shareOf(values, compressor)))
    ),
    legend: legendOf(
      [
        ...graphs.map(({ delta, name }) => ({
          key: delta.key,
          name,
          color: delta.color(theme),
          style: "solid" as const,
          value: kelvin(present(delta, input), delta, input),
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
      tooltip: rowsTooltip(input, rows, states, told),
    }),
    ...readout(input, rows, states, told),
  };
};
