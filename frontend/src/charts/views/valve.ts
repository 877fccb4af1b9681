/** The hot water's temperature over where the valve leads and whether the compressor runs. */
import type { LineSeriesOption } from "echarts/charts";
import { modeName } from "../../data/mode.js";
import { withAlpha } from "../../theme/color.js";
import { bandEntries, switchable, visible } from "../band-legend.js";
import { bands, strip, valveStrip } from "../bands.js";
import { isByDays } from "../day-form.js";
import type { Place } from "../frame.js";
import { degrees, digitsOf, legendOf } from "../legend.js";
import { breaksOf, dataset, line } from "../lines.js";
import { readout } from "../readout.js";
import { columnValues } from "../rows.js";
import type { States } from "../states.js";
import { empty, missing, timeOption, timeView } from "../time-view.js";
import type { TooltipSeries } from "../tooltip.js";
import { rowsTooltip } from "../tooltip.js";
import type { BuildView, LegendItem, ViewInput } from "../types.js";
import { buildCharges, HOT_WATER_SCALES } from "./charges.js";
import { fittedRange } from "../value-range.js";

const METRIC = "hot_water_temp";

type Entry = Omit<LegendItem, "hidden">;

const stateEntries = (states: States, { theme, text }: ViewInput): Entry[] => {
  const square = { value: null, style: "square" as const };
  const valve = [
    {
      ...square,
      key: "to_heating",
      name: text("charts.valve.to_heating"),
      color: withAlpha(theme.heating, theme.dark ? 0.6 : 0.45),
    },
    {
      ...square,
      key: "to_hot_water",
      name: text("charts.valve.to_hot_water"),
      color: theme.hotWater,
    },
  ];
  const compressor = {
    ...square,
    key: "compressor",
    name: text("charts.state.compressor"),
    color: theme.compressor,
  };
  return [
    ...(states.valve ? valve : []),
    ...(states.compressor ? [compressor] : []),
  ];
};

/** Where the valve leads, in the tooltip. */
const valveLine = (
  states: States,
  { theme, text }: ViewInput
): TooltipSeries => ({
  name: text("charts.state.valve"),
  color: withAlpha(theme.heating, theme.dark ? 0.6 : 0.45),
  style: "square",
  value: (row) => {
    const share = states.valve?.[row] ?? NaN;
    if (Number.isNaN(share)) return text("charts.no_value");
    return text(`charts.valve.${share >= 0.5 ? "to_hot_water" : "to_heating"}`);
  },
  unit: "",
});

export const buildValve: BuildView = (input) => {
  const { readings } = input.snapshot;
  if (!readings[METRIC] && !readings.hot_water_valve) {
    return missing("no_hot_water");
  }
  return isByDays(input.snapshot) ? buildCharges(input) : buildRuns(input);
};

const buildRuns: BuildView = (input) => {
  const { snapshot, theme, format, text, hidden } = input;
  const { readings, totals } = snapshot;
  const base = timeView(input);
  if (!base) return empty("line");
  const { rows, states, drawn } = base;
  const values = columnValues(rows, readings[METRIC]);
  const range = fittedRange(HOT_WATER_SCALES[format.units.temperature], values);
  const alarms = switchable(["alarm"], base);
  const places: Place[] = [];
  const series: LineSeriesOption[] = [];
  const lines: TooltipSeries[] = [];
  if (readings[METRIC]) {
    places.push({
      kind: "plot",
      name: text("charts.valve.unit", { unit: format.units.temperature }),
      weight: 1,
      range,
    });
    const charges = hidden.has("to_hot_water") ? [] : ["hot_water" as const];
    series.push(...bands(0, [...charges, ...visible(alarms, input)], drawn));
    if (!hidden.has(METRIC)) {
      const style = { color: theme.hotWater, width: 2.5 };
      const points = rows.at.length;
      series.push(line({ id: "valve", column: METRIC, style, points }));
      lines.push({
        name: text("charts.valve.hot_water_temp"),
        color: theme.hotWater,
        style: "solid",
        value: (row) =>
          format.temperature(
            row < 0 ? null : values[row],
            digitsOf(METRIC, input)
          ),
        number: (row) => values[row] ?? NaN,
        unit: format.units.temperature,
      });
    }
  }
  if (states.valve) {
    const shown = {
      heating: !hidden.has("to_heating"),
      hotWater: !hidden.has("to_hot_water"),
    };
    series.push(valveStrip(places.length, shown, drawn));
    places.push({ kind: "strip", name: text("charts.state.valve") });
    lines.push(valveLine(states, input));
  }
  if (states.compressor) {
    const keys = hidden.has("compressor") ? [] : ["compressor" as const];
    series.push(strip(places.length, keys, states.compressor, drawn));
    places.push({ kind: "strip", name: text("charts.state.compressor") });
  }
  const temperature: Entry = {
    key: METRIC,
    name: text("charts.valve.hot_water_temp"),
    color: theme.hotWater,
    style: "solid",
    value: degrees(METRIC, input),
  };
  const charges = totals.hot_water_charges;
  const { mode } = snapshot.status;
  return {
    state: "ready",
    chunk: "line",
    ...(mode && {
      current: `${degrees(METRIC, input)} · ${modeName(mode, !!states.valve, text)}`,
    }),
    // One that had begun before is in no count, but anybody sees it.
    ...(charges === null || !states.valve || (!charges && totals.hot_water_s)
      ? {}
      : { remark: text("charts.valve.charges", { count: charges }) }),
    legend: legendOf(
      [
        ...(readings[METRIC] ? [temperature] : []),
        ...stateEntries(states, input),
        ...bandEntries(alarms, input),
      ],
      input
    ),
    option: timeOption(input, places, {
      dataset: [
        dataset("valve", rows.at, { [METRIC]: values }, breaksOf(rows)),
      ],
      series,
      tooltip: rowsTooltip(input, rows, states, lines),
    }),
    ...readout(input, rows, states, lines),
  };
};
