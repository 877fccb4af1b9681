/** How the time of the period was spent. */
import type { PieSeriesOption } from "echarts/charts";
import type { Totals } from "../../data/types.js";
import type { ChartTheme } from "../../theme/tokens.js";
import { unreadColor } from "../bands.js";
import type { Pattern } from "../hatch.js";
import { hatch } from "../hatch.js";
import { unreadOf } from "../rows.js";
import { empty } from "../time-view.js";
import { tooltipCard, tooltipHtml } from "../tooltip.js";
import type { BuildView, RuntimeRow, ViewInput, ViewTable } from "../types.js";

const MODES = ["heating", "cooling", "hot_water", "auxiliary", "idle"] as const;

/** Cooling has a share where there was some: few heat pumps can. */
const modesOf = ({ cooling_s }: Totals) =>
  MODES.filter((mode) => mode !== "cooling" || cooling_s);

/** Uncovered time has its own share of the ring from this share of the period on. */
const WORTH_SHOWING = 0.01;

const colorOf = (mode: (typeof MODES)[number], theme: ChartTheme): string =>
  mode === "hot_water"
    ? theme.hotWater
    : mode === "cooling"
      ? theme.brineIn
      : theme[mode];

/** The totals have cooling as a part of heating. */
const secondsOf = (totals: Totals, mode: (typeof MODES)[number]): number =>
  (totals[`${mode}_s`] ?? 0) -
  (mode === "heating" ? (totals.cooling_s ?? 0) : 0);

/** Seconds without data, of them those whose past is still to be read. */
const uncoveredOf = ({
  snapshot,
}: ViewInput): [all: number, unread: number] => {
  const all = snapshot.totals.uncovered_s ?? 0;
  const { from, to } = unreadOf(snapshot) ?? { from: 0, to: 0 };
  return [all, Math.min(all, (to - from) / 1000)];
};

const rowsOf = (input: ViewInput): RuntimeRow[] => {
  const { snapshot, theme, format, text } = input;
  const { totals } = snapshot;
  const [uncovered, unread] = uncoveredOf(input);
  const covered = totals.covered_s ?? 0;
  const modes = modesOf(totals).map((mode) => ({
    key: mode,
    name: text(`charts.runtime.${mode}`),
    color: colorOf(mode, theme),
    style: mode === "auxiliary" ? ("hatched" as const) : ("square" as const),
    duration: format.roughDuration(secondsOf(totals, mode)),
    share: format.percent(secondsOf(totals, mode) / covered, 1),
  }));
  const noData: RuntimeRow = {
    key: "no_data",
    name: text("charts.runtime.no_data"),
    color: theme.noData,
    style: "hatched",
    duration: format.roughDuration(uncovered - unread),
    share: null,
  };
  const toRead: RuntimeRow = {
    key: "unread",
    name: text("charts.runtime.unread"),
    color: unreadColor(theme),
    style: "square",
    duration: format.roughDuration(unread),
    share: null,
  };
  return [...modes, noData, ...(unread ? [toRead] : [])];
};

type Slice = NonNullable<PieSeriesOption["data"]>[number];

const slicesOf = (input: ViewInput, rows: RuntimeRow[]): Slice[] => {
  const { totals } = input.snapshot;
  const { theme } = input;
  const [uncovered, unread] = uncoveredOf(input);
  const period = uncovered + (totals.covered_s ?? 0);
  const modes = modesOf(totals);
  const slices = modes.map((mode, i): Slice => {
    const color = colorOf(mode, theme);
    return {
      name: rows[i]?.name ?? mode,
      value: secondsOf(totals, mode),
      itemStyle: { color: mode === "auxiliary" ? hatch(color) : color },
    };
  });
  const rest: [number, string | Pattern][] = [
    [uncovered - unread, hatch(theme.noData)],
    [unread, unreadColor(theme)],
  ];
  rest.forEach(([value, color], i) => {
    if (value <= WORTH_SHOWING * period) return;
    const name = rows[modes.length + i]?.name ?? "";
    slices.push({ name, value, itemStyle: { color } });
  });
  // A slice of nothing would still take its gaps.
  return slices.filter((slice) =>
    typeof slice === "object" && "value" in slice ? slice.value : false
  );
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
  const parts =
    starts === null ? [] : [text("charts.runtime.starts", { count: starts })];
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

const tableOf = (rows: readonly RuntimeRow[], input: ViewInput): ViewTable => {
  const { totals } = input.snapshot;
  const { text } = input;
  const [uncovered, unread] = uncoveredOf(input);
  const seconds = [
    ...modesOf(totals).map((mode) => secondsOf(totals, mode)),
    uncovered - unread,
    unread,
  ];
  return {
    first: text("charts.table.mode"),
    columns: [
      { name: text("charts.table.duration"), unit: "s" },
      { name: text("charts.table.share"), unit: "%" },
    ],
    rows: () =>
      rows.map(({ name, duration, share }, i) => {
        const value = seconds[i] ?? 0;
        const covered = totals.covered_s ?? 0;
        const percent = share ? Math.round((value / covered) * 1000) / 10 : NaN;
        return {
          head: name,
          cells: [
            { text: duration, value },
            { text: share ?? "", value: percent },
          ],
        };
      }),
  };
};

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
    data: slicesOf(input, rows),
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
