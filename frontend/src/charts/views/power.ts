/** Electric power over time with the auxiliary heater's part on top, over the states of both. */
import type { LineSeriesOption } from "echarts/charts";
import { withAlpha } from "../../theme/color.js";
import { whyUnknown } from "../../data/blank.js";
import { bandEntries, switchable, visible } from "../band-legend.js";
import { bands, strip } from "../bands.js";
import type { Power } from "../electricity.js";
import {
  auxiliaryKw,
  countedPower,
  measuredPower,
  parted,
  ratedPower,
} from "../electricity.js";
import type { Place } from "../frame.js";
import { isByDays } from "../day-form.js";
import { auxiliaryFill } from "../hatch.js";
import { legendOf } from "../legend.js";
import { breaksOf, dataset, line } from "../lines.js";
import { readout } from "../readout.js";
import type { Rows } from "../rows.js";
import { rowAt } from "../rows.js";
import { buildEnergy } from "./energy.js";
import { empty, missing, timeOption, timeView } from "../time-view.js";
import type { TooltipSeries } from "../tooltip.js";
import { rowsTooltip } from "../tooltip.js";
import type { BuildView, ViewInput } from "../types.js";
import { fittedRange } from "../value-range.js";
import type { Scale } from "../value-range.js";

const SCALE: Scale = { least: [0, 2], steps: [1, 2, 5, 10] };

const isMeasured = ({ snapshot }: ViewInput) => "power" in snapshot.readings;

/** A counter of energy is better than the rated power, which somebody has typed in. */
const isRated = ({ snapshot, info }: ViewInput): boolean => {
  const source = snapshot.totals.basis?.electricity;
  const rated = info.settings.compressor_power != null;
  return rated && (source == null || source === "configured");
};

const powerOf = (input: ViewInput, rows: Rows): Power => {
  const { snapshot, info } = input;
  if (isMeasured(input)) return measuredPower(snapshot, rows, info.settings);
  return isRated(input)
    ? ratedPower(snapshot, rows, info.settings)
    : countedPower(snapshot);
};

/** What of it is not simply measured. */
const REMARKS = {
  meter: null,
  counter: "charts.power.counted",
  rating: "charts.power.estimated",
} as const;

const kilowatts = (
  value: number | null | undefined,
  { format }: ViewInput
): string => {
  const words = format.number(value, value === 0 ? 0 : 1);
  return value == null || Number.isNaN(value) ? words : `${words}\u00a0kW`;
};

/** Present power in kW of the rest and of the auxiliary heater. */
const currentPower = (input: ViewInput): (number | null)[] => {
  const { metrics } = input.snapshot.status;
  const { settings } = input.info;
  const { electricity_kw: counted } = input.snapshot.status;
  const byCounter = counted == null || isRated(input) ? null : counted * 1000;
  const watts = metrics.power ?? byCounter;
  const known = Object.keys(metrics).length > 0;
  const auxiliary = auxiliaryKw((name) => metrics[name], settings);
  if (watts != null) return parted(watts, auxiliary);
  const running = metrics.compressor;
  const rated = settings.compressor_power ?? null;
  const base = running == null || rated === null ? null : running * rated;
  return [base, known ? auxiliary : null];
};

const areas = (
  power: Power,
  { theme, hidden }: ViewInput
): LineSeriesOption[] => {
  const points = power.time.length;
  const series: LineSeriesOption[] = [];
  if (!hidden.has("base")) {
    series.push(
      line({
        id: "power",
        column: "base",
        style: { color: theme.compressor, width: 1.5 },
        points,
        area: { color: withAlpha(theme.compressor, theme.dark ? 0.28 : 0.2) },
        stack: "power",
      })
    );
  }
  if (!hidden.has("auxiliary")) {
    const color = auxiliaryFill(theme);
    series.push(
      line({
        id: "power",
        column: "auxiliary",
        style: { color: theme.auxiliary, width: 0 },
        points,
        area: { color },
        stack: "power",
      })
    );
  }
  return series;
};

/** The heater's part where it is on, and the rows beside it; a part of nothing would still be seen. */
const onTop = (auxiliary: readonly number[]): number[] =>
  auxiliary.map((kw, i) => {
    const on = kw > 0 || (auxiliary[i - 1] ?? 0) > 0;
    return on || (auxiliary[i + 1] ?? 0) > 0 ? kw : Number.NaN;
  });

const tooltipSeries = (power: Power, input: ViewInput): TooltipSeries[] => {
  const { theme, text, hidden } = input;
  const places = {
    from: power.spans.map(({ from }) => from),
    to: power.spans.map(({ to }) => to),
  };
  const parts = [
    { key: "base", of: power.baseOf, color: theme.compressor, style: "square" },
    {
      key: "auxiliary",
      of: power.auxiliaryOf,
      color: theme.auxiliary,
      style: "hatched",
    },
  ] as const;
  return parts
    .filter(({ key }) => !hidden.has(key))
    .map(({ key, of, color, style }) => {
      const number = (_row: number, moment: number) =>
        of[rowAt(places, moment)] ?? NaN;
      return {
        name: text(`charts.power.${key}`),
        color,
        style,
        value: (row, moment) => kilowatts(number(row, moment), input),
        number,
        unit: "kW",
      };
    });
};

export const buildPower: BuildView = (input) =>
  isByDays(input.snapshot) ? buildEnergy(input) : buildWatts(input);

const buildWatts: BuildView = (input) => {
  const { snapshot, info, theme, text } = input;
  const rated = info.settings.compressor_power != null;
  const reported = isMeasured(input) || rated || "energy" in info.metrics;
  if (!reported && snapshot.totals.electricity_kwh === null) {
    return missing("no_power");
  }
  const base = timeView(input);
  if (!base) return empty("line");
  const { rows, states, drawn } = base;
  const power = powerOf(input, rows);
  if (power.baseOf.every(Number.isNaN)) {
    return empty("line", whyUnknown(snapshot));
  }
  const breaks = power.from === "meter" ? breaksOf(rows) : new Set<number>();
  const tops = power.base.map((kw, i) => {
    const onTop = power.auxiliary[i] ?? NaN;
    return Number.isNaN(onTop) ? kw : kw + onTop;
  });
  const places: Place[] = [
    {
      kind: "plot",
      name: text("charts.power.unit"),
      weight: 1,
      range: fittedRange(SCALE, tops),
    },
  ];
  const marks = switchable(["hot_water", "alarm"], base);
  const series = bands(0, visible(marks, input), drawn);
  for (const key of ["compressor", "auxiliary"] as const) {
    const known = states[key];
    if (!known) continue;
    series.push(strip(places.length, [key], known, drawn));
    places.push({ kind: "strip", name: text(`charts.state.${key}`) });
  }
  const lines = tooltipSeries(power, input);
  const [now, auxiliaryNow] = currentPower(input);
  const remark = REMARKS[power.from];
  return {
    state: "ready",
    chunk: "line",
    current: kilowatts(now == null ? null : now + (auxiliaryNow ?? 0), input),
    ...(remark && { remark: text(remark) }),
    legend: legendOf(
      [
        {
          key: "base",
          name: text("charts.power.base"),
          color: theme.compressor,
          style: "square",
          value: kilowatts(now, input),
        },
        ...(states.auxiliary
          ? [
              {
                key: "auxiliary",
                name: text("charts.power.auxiliary"),
                color: theme.auxiliary,
                style: "hatched" as const,
                value: kilowatts(auxiliaryNow, input),
              },
            ]
          : []),
        ...bandEntries(marks, input),
      ],
      input
    ),
    option: timeOption(input, places, {
      dataset: [
        dataset(
          "power",
          power.time,
          { base: power.base, auxiliary: onTop(power.auxiliary) },
          breaks
        ),
      ],
      series: [...series, ...areas(power, input)],
      tooltip: rowsTooltip(input, rows, states, lines),
    }),
    ...readout(input, rows, states, lines),
  };
};
