/** The COP over time around the true COP of the period. */
import type { LineSeriesOption } from "echarts/charts";
import { whyNoCop } from "../../data/blank.js";
import { sayUnchecked } from "../../data/calibration.js";
import { isPast } from "../../data/past.js";
import { withAlpha } from "../../theme/color.js";
import { bandEntries, switchable, visible } from "../band-legend.js";
import { bands } from "../bands.js";
import { legendOf, stepName } from "../legend.js";
import { dataset, line, overSpans } from "../lines.js";
import { rollingCop } from "../rolling.js";
import { readout } from "../readout.js";
import type { SpanValues } from "../rows.js";
import { clipped, lookup } from "../rows.js";
import { isFine, runSpans } from "../states.js";
import type { TimeView } from "../time-view.js";
import { empty, timeOption, timeView } from "../time-view.js";
import type { TooltipSeries } from "../tooltip.js";
import { rowsTooltip } from "../tooltip.js";
import type { BuildView, ViewInput } from "../types.js";
import { fittedRange } from "../value-range.js";
import type { Scale } from "../value-range.js";

const SCALE: Scale = { least: [0, 4], steps: [1, 2], limit: 12 };

const periodText = ({ snapshot, format, text }: ViewInput): string => {
  const { cop_compressor: cop, cop_uncertainty: either } = snapshot.totals;
  const figure = format.number(cop, 2);
  if (cop === null) return figure;
  return either === null
    ? sayUnchecked(figure, snapshot, text)
    : `${figure}\u00a0±\u00a0${format.number(either, 2)}`;
};

/** The period's Σ heat / Σ electricity, which is no mean of the points, and how sure it is. */
const periodLine = ({ period, theme }: ViewInput): LineSeriesOption[] => {
  const { start, end, totals } = period;
  const { cop_compressor: cop, cop_uncertainty: either } = totals;
  if (cop === null) return [];
  return [
    {
      id: "period",
      type: "line",
      data: [
        [start, cop],
        [end, cop],
      ],
      symbol: "none",
      silent: true,
      animation: false,
      z: 3,
      lineStyle: { color: theme.text, width: 1.5, type: [5, 4] },
      itemStyle: { color: theme.text },
      markArea: {
        silent: true,
        animation: false,
        label: { show: false },
        itemStyle: { color: withAlpha(theme.text, 0.05) },
        data: either
          ? [[{ yAxis: cop - either }, { yAxis: cop + either }]]
          : [],
      },
    },
  ];
};

/** The COP where the compressor ran; rows of the readings that are short say when that was. */
const copRows = (
  { snapshot, info }: ViewInput,
  { rows, states }: TimeView
): SpanValues => {
  const all = rollingCop(snapshot.ledger, snapshot.end, info.settings);
  return states.compressor && isFine(rows)
    ? clipped(all, runSpans(rows, states.compressor))
    : all;
};

/** The COP at the end of a period that is over, else that of now. */
const current = (input: ViewInput): number | null => {
  const { period } = input;
  if (!isPast(period)) return period.status.cop;
  const whole = { ...input, snapshot: period };
  const base = timeView(whole);
  return base && lookup(copRows(whole, base))(period.end);
};

const isKnown = (value: number) => !Number.isNaN(value);

/** What is drawn, or why hardly anything of it is. */
const remark = (input: ViewInput, values: readonly number[]): string => {
  const { snapshot, text, format, info } = input;
  const { step } = snapshot.ledger;
  const count = Math.max(
    info.settings.count_kwh ?? 0,
    info.settings.heat_count_kwh ?? 0
  );
  if (count > 0 && !values.some(isKnown)) {
    const digits = Number.isInteger(count) ? 0 : 1;
    return text("charts.cop.remark_counted", {
      count: format.number(count, digits),
    });
  }
  return step <= 900
    ? text("charts.cop.remark")
    : text("charts.cop.remark_long", { step: stepName(step, input) });
};

export const buildCop: BuildView = (input) => {
  const { snapshot, theme, format, text, hidden } = input;
  const base = timeView(input);
  if (!base) return empty("line");
  const { rows, states, drawn } = base;
  const { spans, values } = copRows(input, base);
  if (snapshot.totals.cop_compressor === null && !values.some(isKnown)) {
    return empty("line", whyNoCop(snapshot));
  }
  const points = overSpans(spans, values);
  const marks = switchable(["hot_water", "auxiliary", "alarm"], base);
  const range = fittedRange(SCALE, [
    ...values,
    snapshot.totals.cop_compressor ?? NaN,
  ]);

  const series = bands(0, visible(marks, input), drawn);
  if (!hidden.has("cop")) {
    const style = { color: theme.compressor, width: 2.5 };
    const area = { color: withAlpha(theme.compressor, 0.16) };
    series.push(
      line({
        id: "cop",
        column: "cop",
        style,
        points: points.time.length,
        area,
      })
    );
  }
  if (!hidden.has("period")) series.push(...periodLine(input));
  const valueAt = lookup({ spans, values });
  const tooltipSeries: TooltipSeries[] = [
    {
      name: sayUnchecked(text("charts.cop.cop"), snapshot, text),
      color: theme.compressor,
      style: "solid",
      value: (_row, moment) => format.number(valueAt(moment), 2),
      number: (_row, moment) => valueAt(moment),
      unit: "",
    },
    {
      name: text("charts.cop.period"),
      color: theme.text,
      style: "dashed",
      value: () => periodText(input),
      unit: "",
      constant: true,
    },
  ];
  return {
    state: "ready",
    chunk: "line",
    remark: sayUnchecked(remark(input, values), snapshot, text),
    legend: legendOf(
      [
        {
          key: "cop",
          name: text(`charts.cop.${isPast(input.period) ? "cop" : "now"}`),
          color: theme.compressor,
          style: "solid",
          value: format.number(current(input), 1),
        },
        {
          key: "period",
          name: text("charts.cop.period"),
          color: theme.text,
          style: "dashed",
          value: periodText(input),
        },
        ...bandEntries(marks, input),
      ],
      input
    ),
    option: timeOption(input, [{ kind: "plot", weight: 1, range }], {
      dataset: [dataset("cop", points.time, { cop: points.value })],
      series,
      tooltip: rowsTooltip(input, rows, states, tooltipSeries),
    }),
    ...readout(input, rows, states, tooltipSeries),
  };
};
