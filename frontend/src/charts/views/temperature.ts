/** All temperatures over time, over bands and a strip of what the heat pump did. */
import type { Units } from "../../format/format.js";
import type { ChartTheme } from "../../theme/tokens.js";
import { bandEntries, visible } from "../band-legend.js";
import type { BandKey } from "../bands.js";
import { bands, strip } from "../bands.js";
import type { Place } from "../frame.js";
import { isByDays } from "../day-form.js";
import { degrees, digitsOf, legendOf, stepName } from "../legend.js";
import type { LineStyle } from "../lines.js";
import { breaksOf, DASHED, dataset, DOTTED, line } from "../lines.js";
import { reachColumns, reachOf, reachSeries } from "../reach.js";
import { readout } from "../readout.js";
import { columnValues } from "../rows.js";
import { empty, missing, timeOption, timeView } from "../time-view.js";
import { rowsTooltip } from "../tooltip.js";
import type { BuildView } from "../types.js";
import { fittedRange } from "../value-range.js";
import type { Scale } from "../value-range.js";

const SCALES: Record<Units["temperature"], Scale> = {
  "°C": { least: [0, 20], steps: [5, 10, 20], most: 8 },
  "°F": { least: [30, 70], steps: [10, 20, 40], most: 8 },
};

type Metric = readonly [
  name: string,
  color: (theme: ChartTheme) => string,
  width: number,
  style: "solid" | "dashed" | "dotted",
];

const METRICS: readonly Metric[] = [
  ["supply_temp", ({ supply }) => supply, 2.5, "solid"],
  ["return_temp", (theme) => theme.return, 2, "dashed"],
  ["hot_water_temp", ({ hotWater }) => hotWater, 2, "solid"],
  ["brine_in_temp", ({ brineIn }) => brineIn, 2, "solid"],
  ["brine_out_temp", ({ brineOut }) => brineOut, 2, "dashed"],
  ["outdoor_temp", ({ outdoor }) => outdoor, 2, "solid"],
  ["indoor_temp", ({ indoor }) => indoor, 2, "dotted"],
];

/** Those whose days differ the most; bands of all would hide each other. */
const WITH_REACH: ReadonlySet<string> = new Set([
  "supply_temp",
  "hot_water_temp",
  "outdoor_temp",
  "indoor_temp",
]);

const BANDS: readonly BandKey[] = [
  "compressor",
  "hot_water",
  "auxiliary",
  "alarm",
];
const DASHES = { dashed: DASHED, dotted: DOTTED } as const;

const lineStyle = ([, color, width, style]: Metric, theme: ChartTheme) => {
  const plain: LineStyle = { color: color(theme), width };
  return style === "solid" ? plain : { ...plain, dash: DASHES[style] };
};

export const buildTemperature: BuildView = (input) => {
  const { snapshot, theme, format, text, hidden } = input;
  const { readings } = snapshot;
  const metrics = METRICS.filter(([name]) => readings[name]);
  if (!metrics.length) return missing("no_temperatures");
  const base = timeView(input);
  if (!base) return empty("line");
  const { rows, states, drawn } = base;

  const values = new Map(
    metrics.map(([name]) => [name, columnValues(rows, readings[name])])
  );
  const shown = metrics.filter(([name]) => !hidden.has(name));
  const reported = BANDS.filter(
    (key) => states[key === "hot_water" ? "hotWater" : key]
  );
  const marked = visible(reported, input);
  const reaches = new Map(
    shown
      .filter(([name]) => WITH_REACH.has(name))
      .map(([name]) => [name, reachOf(name, snapshot, rows)])
  );
  const range = fittedRange(
    SCALES[format.units.temperature],
    shown.flatMap(([name]) => {
      const reach = reaches.get(name);
      return [
        ...(values.get(name) ?? []),
        ...(reach ? [...reach.low, ...reach.high] : []),
      ];
    })
  );
  const places: Place[] = [{ kind: "plot", weight: 1, range }];
  if (reported.length) places.push({ kind: "strip" });

  const id = "temperature";
  const series = bands(0, marked, drawn);
  if (reported.length) {
    series.push(strip(1, marked, states.compressor, drawn));
  }
  const columns = new Map(values);
  for (const [name, color] of shown) {
    const reach = reaches.get(name);
    if (!reach) continue;
    const named = reachColumns(name);
    columns.set(named.low, reach.low).set(named.over, reach.over);
    series.push(
      ...reachSeries(id, name, rows.at.length, color(theme), theme.dark)
    );
  }
  series.push(
    ...shown.map((metric) =>
      line({
        id,
        column: metric[0],
        style: lineStyle(metric, theme),
        points: rows.at.length,
      })
    )
  );
  const rowsOfTooltip = shown.map((metric) => ({
    name: text(`name.${metric[0]}`),
    color: metric[1](theme),
    style: metric[3],
    value: (row: number) =>
      format.temperature(
        row < 0 ? null : values.get(metric[0])?.[row],
        digitsOf(metric[0], input)
      ),
    number: (row: number) => values.get(metric[0])?.[row] ?? NaN,
    unit: format.units.temperature,
  }));
  return {
    state: "ready",
    chunk: "line",
    remark: isByDays(snapshot)
      ? text("charts.temperature.remark_long", {
          unit: format.units.temperature,
          step: stepName(snapshot.step, input),
        })
      : format.units.temperature,
    legend: legendOf(
      [
        ...metrics.map(([name, color, , style]) => ({
          key: name,
          name: text(`name.${name}`),
          color: color(theme),
          style,
          value: degrees(name, input),
        })),
        ...bandEntries(
          reported.filter(
            (key) =>
              key !== "alarm" ||
              base.period.states.alarm?.some((share) => share > 0)
          ),
          input
        ),
      ],
      input
    ),
    option: timeOption(input, places, {
      dataset: [
        dataset(id, rows.at, Object.fromEntries(columns), breaksOf(rows)),
      ],
      series,
      tooltip: rowsTooltip(input, rows, states, rowsOfTooltip),
    }),
    ...readout(input, rows, states, rowsOfTooltip),
  };
};
