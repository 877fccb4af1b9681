/** How the time of the period was spent. */
import type { PieSeriesOption } from "echarts/charts";
import type { Totals } from "../../data/types.js";
import type { ChartTheme } from "../../theme/tokens.js";
import { unreadColor } from "../bands.js";
import { hatch } from "../hatch.js";
import { unreadOf } from "../rows.js";
import { empty } from "../time-view.js";
import { tooltipCard, tooltipHtml } from "../tooltip.js";
import type { BuildView, RuntimeRow, ViewInput, ViewTable } from "../types.js";

const MODES = ["heating", "cooling", "hot_water", "auxiliary", "idle"] as const;
type RuntimeMode = (typeof MODES)[number];

/** Cooling has a share where there was some: few heat pumps can. */
const modesOf = ({ cooling_s }: Totals) =>
  MODES.filter((mode) => mode !== "cooling" || cooling_s);

/** Uncovered time has its own share of the ring from this share of the period on. */
const WORTH_SHOWING = 0.01;

const colorOf = (mode: RuntimeMode, theme: ChartTheme): string =>
  mode === "hot_water"
    ? theme.hotWater
    : mode === "cooling"
      ? theme.brineIn
      : theme[mode];

/** The totals have cooling as a part of heating. */
const secondsOf = (totals: Totals, mode: RuntimeMode): number =>
  (totals[`${mode}_s`] ?? 0) -
  (mode === "heating" ? (totals.cooling_s ?? 0) : 0);

/** Why it is not known how long a mode was, which the totals have as nothing; null where it is. */
const whyNone = (totals: Totals, mode: RuntimeMode): string | null => {
  const { hot_water_charges, auxiliary_on_s, basis } = totals;
  if (secondsOf(totals, mode)) return null;
  if (mode === "hot_water" && hot_water_charges === null)
    return "pill.not_reported";
  if (mode !== "auxiliary" || auxiliary_on_s !== null) return null;
  return basis?.auxiliary ? "pill.not_known" : "pill.not_reported";
};

/** With its seconds; NaN = nobody knows. */
type Row = RuntimeRow & { seconds: number };

const modeRow = (mode: RuntimeMode, input: ViewInput): Row => {
  const { theme, format, text } = input;
  const { totals } = input.snapshot;
  const why = whyNone(totals, mode);
  const seconds = why ? NaN : secondsOf(totals, mode);
  const row: Row = {
    key: mode,
    name: text(`charts.runtime.${mode}`),
    color: colorOf(mode, theme),
    style: mode === "auxiliary" ? "hatched" : "square",
    seconds,
    duration: why ? text(why) : format.roughDuration(seconds),
    share: why ? null : format.percent(seconds / (totals.covered_s ?? 0), 1),
  };
  // Without its valve one knows that it runs, not for what.
  return mode === "heating" && whyNone(totals, "hot_water")
    ? {
        ...row,
        name: text("events.compressor.running"),
        color: theme.compressor,
      }
    : row;
};

const rowsOf = (input: ViewInput): Row[] => {
  const { snapshot, theme, format, text } = input;
  const { totals } = snapshot;
  const { from, to } = unreadOf(snapshot) ?? { from: 0, to: 0 };
  const all = totals.uncovered_s ?? 0;
  /** Of the time without data that whose past is still to be read. */
  const unread = Math.min(all, (to - from) / 1000);
  const without = (
    key: "no_data" | "unread",
    seconds: number,
    look: Pick<Row, "color" | "style">
  ): Row => ({
    ...{ key, seconds, ...look, share: null },
    name: text(`charts.runtime.${key}`),
    duration: format.roughDuration(seconds),
  });
  const rows = [
    ...modesOf(totals).map((mode) => modeRow(mode, input)),
    without("no_data", all - unread, { color: theme.noData, style: "hatched" }),
  ];
  const color = unreadColor(theme);
  return unread
    ? [...rows, without("unread", unread, { color, style: "square" })]
    : rows;
};

const slicesOf = (
  { covered_s, uncovered_s }: Totals,
  rows: Row[]
): NonNullable<PieSeriesOption["data"]> => {
  const least = WORTH_SHOWING * ((uncovered_s ?? 0) + (covered_s ?? 0));
  // A slice of nothing would still take its gaps.
  return rows
    .filter(({ seconds, share }) => (share ? seconds : seconds > least))
    .map(({ name, seconds: value, color, style }) => ({
      ...{ name, value },
      itemStyle: { color: style === "hatched" ? hatch(color) : color },
    }));
};

/** The share of covered time in which the compressor ran, in the middle of the ring. */
const centre = ({
  snapshot,
  theme,
  format,
  text,
}: ViewInput): PieSeriesOption => {
  const { heating_s, hot_water_s, covered_s } = snapshot.totals;
  const share = ((heating_s ?? 0) + (hot_water_s ?? 0)) / (covered_s ?? 0);
  const { fontFamily } = theme;
  return {
    id: "centre",
    type: "pie",
    radius: 0,
    silent: true,
    animation: false,
    data: [{ value: 1, itemStyle: { color: "transparent" } }],
    label: {
      position: "center",
      formatter: `{share|${format.percent(share)}}\n{what|${text("charts.runtime.running")}}`,
      rich: {
        share: { fontSize: 32, lineHeight: 40, color: theme.text, fontFamily },
        what: {
          fontSize: 14,
          lineHeight: 20,
          color: theme.secondaryText,
          fontFamily,
        },
      },
    },
  };
};

/** Between two looks that are farther apart a start may be missed, s. */
const SELDOM_S = 120;

const noteOf = ({ snapshot, format, text }: ViewInput): string => {
  const { starts, auxiliary_on_s, auxiliary_s, defrost_s, resolution } =
    snapshot.totals;
  const beside = (auxiliary_on_s ?? 0) - (auxiliary_s ?? 0);
  const parts = starts === null ? [] : [text("kpi.starts", { count: starts })];
  if (starts !== null && resolution && resolution >= SELDOM_S) {
    const duration = format.roughDuration(resolution);
    parts.push(text("charts.runtime.seldom", { duration }));
  }
  if (auxiliary_on_s !== null) {
    const duration = format.roughDuration(Math.max(0, beside));
    parts.push(text("charts.runtime.beside", { duration }));
  }
  if (defrost_s) {
    const duration = format.roughDuration(defrost_s);
    parts.push(text("charts.runtime.defrost", { duration }));
  }
  return parts.join(" · ");
};

const tableOf = (
  rows: readonly Row[],
  { snapshot, text }: ViewInput
): ViewTable => ({
  first: text("charts.table.mode"),
  columns: [
    { name: text("charts.table.duration"), unit: "s" },
    { name: text("charts.table.share"), unit: "%" },
  ],
  rows: () =>
    rows.map(({ name, duration, share, seconds: value }) => {
      const covered = snapshot.totals.covered_s ?? 0;
      const percent = share ? Math.round((value / covered) * 1000) / 10 : NaN;
      return {
        head: name,
        cells: [
          { text: duration, value },
          { text: share ?? "", value: percent },
        ],
      };
    }),
});

export const buildRuntime: BuildView = (input) => {
  const { snapshot, theme, format, text } = input;
  if (!snapshot.totals.covered_s) return empty("flow");
  const rows = rowsOf(input);
  const ring: PieSeriesOption = {
    id: "ring",
    type: "pie",
    radius: ["66%", "90%"],
    padAngle: 1,
    itemStyle: { borderRadius: 4 },
    animation: false,
    data: slicesOf(snapshot.totals, rows),
    label: { show: false },
    labelLine: { show: false },
    emphasis: { scale: false },
  };
  const note = noteOf(input);
  return {
    state: "ready",
    chunk: "flow",
    // From the step in which a range begins: its durations add up to that little more.
    ...(snapshot.range && {
      remark: text("pill.since", { time: format.dayTime(snapshot.start) }),
    }),
    legend: [],
    rows,
    ...(note ? { note } : {}),
    summary: rows
      .map(({ name, duration, share }) => `${name} ${duration} ${share ?? ""}`)
      .join("; "),
    table: tableOf(rows, input),
    option: {
      animation: false,
      series: [ring, centre(input)],
      tooltip: {
        ...tooltipCard(theme),
        trigger: "item",
        formatter: ({ name }: { name: string }) => {
          const row = rows.find((each) => each.name === name);
          if (!row) return "";
          const { color, style, share, duration } = row;
          return tooltipHtml(
            theme,
            name,
            [{ name: duration, value: share ?? "", color, style }],
            null
          );
        },
      },
    },
  };
};
