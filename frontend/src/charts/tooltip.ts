/** What is shown where the pointer is: day and time, every series, and what the heat pump did. */
import type { TooltipComponentOption } from "echarts/components";
import type { EChartsCoreOption } from "echarts/core";
import { settingsAround } from "../data/settings.js";
import { modeName } from "../data/mode.js";
import type { ChartTheme } from "../theme/tokens.js";
import type { LegendItem, ViewInput } from "./types.js";
import type { Rows } from "./rows.js";
import { rowAt } from "./rows.js";
import type { States } from "./states.js";
import { modeAt } from "./states.js";

export type Swatch = Pick<LegendItem, "color" | "style">;

export interface TooltipLine extends Swatch {
  name: string;
  value: string;
}

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

const escape = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

const DASHES = { solid: "none", dashed: "6 3", dotted: "2 3" } as const;

const swatch = ({ color, style }: Swatch): string => {
  if (style === "square" || style === "hatched") {
    const fill =
      style === "square"
        ? color
        : `repeating-linear-gradient(-45deg,${color} 0 2.5px,transparent 2.5px 5px)`;
    return `<i style="flex:none;width:12px;height:12px;margin:0 3px;border-radius:3px;background:${fill}"></i>`;
  }
  return `<svg width="18" height="4" style="flex:none"><path d="M0 2H18" stroke="${color}" stroke-width="2.5" stroke-dasharray="${DASHES[style]}"/></svg>`;
};

const line = ({ name, value, ...sample }: TooltipLine): string =>
  `<div style="display:flex;align-items:center;gap:8px;line-height:20px">${swatch(sample)}<span style="flex:1">${escape(name)}</span><b style="margin-left:16px;font-weight:500">${escape(value)}</b></div>`;

/** The inside of a tooltip; `last` is set apart below the lines. */
export const tooltipHtml = (
  theme: ChartTheme,
  title: string,
  lines: readonly TooltipLine[],
  last: string | null
): string => {
  const rule = lines.length
    ? `margin-top:6px;padding-top:6px;border-top:1px solid ${theme.divider};`
    : "";
  const foot =
    last === null
      ? ""
      : `<div style="${rule}color:${theme.secondaryText};line-height:20px">${escape(last)}</div>`;
  return `<div style="min-width:152px;font-variant-numeric:tabular-nums"><div style="margin-bottom:4px;font-weight:500;line-height:20px">${escape(title)}</div>${lines.map(line).join("")}${foot}</div>`;
};

/** What a tooltip says, for those who hear it. */
const tooltipWords = (html: string): string => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const lines = [...(page.body.firstElementChild?.children ?? [])];
  return lines
    .map((each) =>
      each.childElementCount
        ? [...each.children].map(({ textContent }) => textContent).join(" ")
        : each.textContent
    )
    .map((words) => words.trim())
    .join(", ");
};

/** What the tooltip of an option says at a moment. */
export const wordsAt = (
  { tooltip }: EChartsCoreOption,
  moment: number
): string => {
  const { formatter } = (tooltip ?? {}) as {
    formatter?: (params: unknown) => string;
  };
  return formatter ? tooltipWords(formatter([{ axisValue: moment }])) : "";
};

const FINGER = "(hover: none)";
/** px; what sticks to the top of the page on a phone. */
const BARS = 108;

/** Under a finger nobody could read it: above the chart, as far as bars and its card leave room. */
const abovePlot: TooltipComponentOption["position"] = (
  [x],
  _params,
  element,
  _rect,
  { contentSize: [width, height] }
) => {
  const { style, parentElement } = element as HTMLElement;
  const isFinger = matchMedia(FINGER).matches;
  const topOf = (it?: Element | null) => it?.getBoundingClientRect().top ?? 0;
  const edge = Math.max(BARS, topOf(parentElement?.closest("article")));
  const up = Math.min(height, Math.max(0, topOf(parentElement) - edge));
  style.translate = isFinger ? `0 ${-up}px` : "";
  // Nothing: where ECharts would have it.
  return isFinger ? [x - width / 2, 0] : (undefined as never);
};

/** A card like the others, without motion, kept inside the chart. */
export const tooltipCard = (theme: ChartTheme): TooltipComponentOption => ({
  position: abovePlot,
  backgroundColor: theme.overlay,
  borderColor: theme.divider,
  borderWidth: 1,
  padding: 12,
  confine: true,
  transitionDuration: 0,
  textStyle: {
    color: theme.text,
    fontFamily: theme.fontFamily,
    fontSize: 13,
  },
  extraCssText: `border-radius:12px;box-shadow:0 4px 16px rgba(0,0,0,${theme.dark ? 0.5 : 0.16});`,
});

const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);

/** The moment of what ECharts gives a formatter: one series' parameters or those of all. */
const momentOf = (params: unknown): number | null => {
  const first: unknown = Array.isArray(params) ? params[0] : params;
  if (typeof first !== "object" || first === null) return null;
  const value = "axisValue" in first ? first.axisValue : null;
  return isNumber(value) ? value : null;
};

/** A tooltip for everything at a moment; `html` gives its inside. */
export const timeTooltip = (
  theme: ChartTheme,
  html: (moment: number) => string
): TooltipComponentOption => ({
  ...tooltipCard(theme),
  trigger: "axis",
  axisPointer: {
    type: "line",
    animation: false,
    label: { show: false },
    lineStyle: { color: theme.secondaryText, width: 1, type: "solid" },
  },
  formatter: (params: unknown) => {
    const moment = momentOf(params);
    return moment === null ? "" : html(moment);
  },
});

const LONG_STEP_MS = 600_000;
/** A mark is pointed at from this part of the period on. */
const REACH = 120;
/** Longer rows are days or weeks. */
const LONGEST_HOURS_MS = 10_800_000;

/** "Thu 22 Jan, 13:16", or with the end of what a long row covers; of days their names. */
export const rowTitle = (
  { from, to }: { from: number; to: number },
  { format }: Pick<ViewInput, "format">
): string => {
  if (to - from < LONG_STEP_MS) return format.dayTime(from);
  const isDays = format.dayStart(from) === from && to - from > LONGEST_HOURS_MS;
  if (!isDays) return `${format.dayTime(from)}–${format.time(to)}`;
  const last = format.dayStart(to - 1);
  return last === from
    ? format.dayDate(from)
    : `${format.dayDate(from)} – ${format.dayDate(last)}`;
};

/** What the heat pump did, in words; null for one that does not tell. */
export const modeWords = (
  states: States,
  row: number,
  { text }: Pick<ViewInput, "text">
): string | null => {
  if (!states.compressor) return row < 0 ? text("charts.mode.no_data") : null;
  const mode = row < 0 ? null : modeAt(states, row);
  const words = [
    mode ? modeName(mode, !!states.valve, text) : text("charts.mode.no_data"),
  ];
  const beside = mode && mode !== "auxiliary" && mode !== "idle";
  if (beside && (states.auxiliary?.[row] ?? 0) > 0) {
    words.push(text("charts.mode.with_auxiliary"));
  }
  if (row >= 0 && (states.alarm?.[row] ?? 0) > 0) {
    words.push(text("charts.mode.alarm"));
  }
  return words.join(" · ");
};

export interface TooltipSeries extends Swatch {
  name: string;
  /** Text for a row of the readings or, in a gap, for −1. */
  value: (row: number, moment: number) => string;
  /** The same as a number in `unit`; NaN = no value. Absent where there are only words. */
  number?: (row: number, moment: number) => number;
  unit: string;
  /** The same at every moment. */
  constant?: boolean;
}

/** The usual tooltip: `series` in the order of the legend at the row under the pointer. */
export const rowsTooltip = (
  input: Pick<ViewInput, "theme" | "format" | "text" | "period">,
  rows: Rows,
  states: States,
  series: readonly TooltipSeries[]
): TooltipComponentOption => {
  const { theme, format, period } = input;
  const reach = (period.end - period.start) / REACH;
  return timeTooltip(theme, (moment) => {
    const row = rowAt(rows, moment);
    const [from = moment, to = moment] =
      row < 0 ? [] : [rows.from[row], rows.to[row]];
    const title =
      row < 0 ? format.dayTime(moment) : rowTitle({ from, to }, input);
    const lines = series.map(({ value, ...rest }) => ({
      ...rest,
      value: value(row, moment),
    }));
    const words = [
      modeWords(states, row, input),
      settingsAround(period, moment - reach, moment + reach, input),
    ].filter((each) => each !== null);
    return tooltipHtml(theme, title, lines, words.join(" · ") || null);
  });
};
