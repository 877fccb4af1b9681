/** The hot water of each day from its coldest to its hottest, over how often it was charged. */
import type { LineSeriesOption } from "echarts/charts";
import type { Units } from "../../format/format.js";
import { bandEntries, switchable, visible } from "../band-legend.js";
import { bands } from "../bands.js";
import { bars, spansWithin, tops } from "../bars.js";
import type { Place } from "../frame.js";
import { degrees, digitsOf, legendOf, stepName } from "../legend.js";
import { breaksOf, dataset, line } from "../lines.js";
import { reachColumns, reachOf, reachSeries } from "../reach.js";
import { readout } from "../readout.js";
import { columnValues, lookup } from "../rows.js";
import { empty, timeOption, timeView } from "../time-view.js";
import type { TooltipSeries } from "../tooltip.js";
import { rowsTooltip } from "../tooltip.js";
import type { BuildView } from "../types.js";
import { fittedRange } from "../value-range.js";
import type { Scale } from "../value-range.js";

export const HOT_WATER_SCALES: Record<Units["temperature"], Scale> = {
  "°C": { least: [40, 50], steps: [5, 10, 20] },
  "°F": { least: [100, 120], steps: [10, 20, 40] },
};
const COUNTS: Scale = { least: [0, 4], steps: [1, 2, 5, 10, 20, 50] };
const METRIC = "hot_water_temp";
const CHARGES = "to_hot_water";

export const buildCharges: BuildView = (input) => {
  const { snapshot, theme, format, text, hidden } = input;
  const { readings, ledger, totals } = snapshot;
  const base = timeView(input);
  if (!base) return empty("line");
  const { rows, states, drawn } = base;
  const places: Place[] = [];
  const series: LineSeriesOption[] = [];
  const data = [];
  const lines: TooltipSeries[] = [];
  const marks = switchable(["alarm"], base);
  if (readings[METRIC]) {
    const values = columnValues(rows, readings[METRIC]);
    const reach = reachOf(METRIC, snapshot, rows);
    const named = reachColumns(METRIC);
    const id = "valve";
    const points = rows.at.length;
    places.push({
      kind: "plot",
      name: text("charts.valve.unit", { unit: format.units.temperature }),
      weight: 2,
      range: fittedRange(HOT_WATER_SCALES[format.units.temperature], [
        ...values,
        ...(reach ? [...reach.low, ...reach.high] : []),
      ]),
    });
    series.push(...bands(0, visible(marks, input), drawn));
    data.push(
      dataset(
        id,
        rows.at,
        {
          [METRIC]: values,
          ...(reach && { [named.low]: reach.low, [named.over]: reach.over }),
        },
        breaksOf(rows)
      )
    );
    if (!hidden.has(METRIC)) {
      const { hotWater: color, dark } = theme;
      if (reach) series.push(...reachSeries(id, METRIC, points, color, dark));
      const style = { color, width: 2 };
      series.push(line({ id, column: METRIC, style, points }));
      const digits = digitsOf(METRIC, input);
      lines.push({
        name: text("charts.valve.hot_water_temp"),
        ...{ color, style: "solid" },
        value: (row) =>
          format.temperature(row < 0 ? null : values[row], digits),
        number: (row) => values[row] ?? NaN,
        unit: format.units.temperature,
      });
    }
  }
  const counts = ledger.time.map(
    (_, row) => ledger.hot_water_charges?.[row] ?? NaN
  );
  if (states.valve) {
    const place = places.length;
    const step = stepName(ledger.step, input);
    const spans = spansWithin(ledger.time, ledger.step * 1000, snapshot);
    const parts = hidden.has(CHARGES)
      ? []
      : [{ key: CHARGES, fill: theme.hotWater, values: counts }];
    places.push({
      kind: "plot",
      name: text("charts.valve.charges_unit", { step }),
      weight: 1,
      range: fittedRange(COUNTS, counts),
    });
    const pointed = tops("charges", place, spans, parts);
    data.push(pointed.data);
    series.push(
      ...bands(place, [], drawn),
      bars("bars", place, spans, parts),
      pointed.series
    );
    const valueAt = lookup({ spans, values: counts });
    if (parts.length)
      lines.push({
        name: text("charts.valve.charges_name"),
        ...{ color: theme.hotWater, style: "square" },
        value: (_row, moment) => format.number(valueAt(moment), 0),
        number: (_row, moment) => valueAt(moment),
        unit: "",
      });
  }
  const charges = totals.hot_water_charges;
  return {
    state: "ready",
    chunk: "line",
    ...(charges === null || !states.valve
      ? {}
      : { remark: text("charts.valve.charges", { count: charges }) }),
    legend: legendOf(
      [
        ...(readings[METRIC]
          ? [
              {
                key: METRIC,
                name: text("charts.valve.hot_water_temp"),
                ...{ color: theme.hotWater, style: "solid" as const },
                value: degrees(METRIC, input),
              },
            ]
          : []),
        ...(states.valve
          ? [
              {
                key: CHARGES,
                name: text("charts.valve.charges_name"),
                ...{ color: theme.hotWater, style: "square" as const },
                value: charges === null ? null : format.number(charges, 0),
              },
            ]
          : []),
        ...bandEntries(marks, input),
      ],
      input
    ),
    option: timeOption(input, places, {
      dataset: data,
      series,
      tooltip: rowsTooltip(input, rows, states, lines),
    }),
    ...readout(input, rows, states, lines),
  };
};
