/** Where the period's heat came from and where it went. */
import type { SankeySeriesOption } from "echarts/charts";
import type { ChartTheme } from "../../theme/tokens.js";
import type { Flows, SinkKey, SourceKey } from "../flows.js";
import { flowsOf } from "../flows.js";
import { empty, missing } from "../time-view.js";
import { tooltipCard, tooltipHtml } from "../tooltip.js";
import type { BuildView, ViewInput, ViewTable } from "../types.js";

type Key = SourceKey | SinkKey | "heat_pump";
type Node = NonNullable<SankeySeriesOption["data"]>[number];
type Link = NonNullable<SankeySeriesOption["links"]>[number];
type Label = NonNullable<SankeySeriesOption["label"]>;

const NARROW = 440;

const colorsOf = (theme: ChartTheme): Record<Key, string> => ({
  ground: theme.outdoor,
  electricity: theme.compressor,
  auxiliary: theme.auxiliary,
  unexplained_in: theme.idle,
  heat_pump: theme.secondaryText,
  heating: theme.heating,
  hot_water: theme.hotWater,
  standby: theme.compressor,
  unexplained_out: theme.idle,
});

const nameOf = (key: Key, { text, info }: ViewInput): string => {
  if (key === "ground" && info.settings.heat_pump_type === "air") {
    return text("charts.sankey.air");
  }
  const name = key.startsWith("unexplained") ? "unexplained" : key;
  return text(`charts.sankey.${name}`);
};

const labelStyle = ({ theme, width }: ViewInput): Label => {
  const { fontFamily } = theme;
  const small = { fontFamily, fontSize: 13, lineHeight: 20 };
  return {
    fontFamily,
    distance: width < NARROW ? 8 : 12,
    rich: {
      name: { ...small, color: theme.secondaryText },
      value: {
        ...small,
        color: theme.text,
        fontSize: width < NARROW ? 16 : 18,
        fontWeight: 500,
      },
      unit: { ...small, color: theme.secondaryText },
    },
  };
};

const node = (
  key: Key,
  kwh: number,
  position: "left" | "right" | "top",
  input: ViewInput
): Node => {
  const name = nameOf(key, input);
  const value = input.format.energy(kwh);
  return {
    name: key,
    value: kwh,
    itemStyle: { color: colorsOf(input.theme)[key], borderRadius: 3 },
    label: {
      position,
      align:
        position === "top" ? "center" : position === "left" ? "right" : "left",
      formatter: `{name|${name}}\n{value|${value}}{unit|\u00a0kWh}`,
    },
  };
};

const nodesOf = (flows: Flows, input: ViewInput): Node[] => [
  ...flows.sources.map(([key, kwh]) => node(key, kwh, "left", input)),
  node("heat_pump", flows.through, "top", input),
  ...flows.sinks.map(([key, kwh]) => node(key, kwh, "right", input)),
];

const linksOf = (flows: Flows, theme: ChartTheme): Link[] => {
  const colors = colorsOf(theme);
  const opacity = theme.dark ? 0.55 : 0.34;
  const lineStyle = (key: Key) => ({ color: colors[key], opacity });
  return [
    ...flows.sources.map(([source, value]) => ({
      source,
      target: "heat_pump",
      value,
      lineStyle: lineStyle(source),
    })),
    ...flows.sinks.map(([target, value]) => ({
      source: "heat_pump",
      target,
      value,
      lineStyle: lineStyle(target),
    })),
  ];
};

/** Name, kWh and share of what goes through the heat pump, of a node or of the flow to or from it. */
const tooltip = (flows: Flows, input: ViewInput) => {
  const { theme, format } = input;
  const amounts = new Map<string, number>([
    ...flows.sources,
    ...flows.sinks,
    ["heat_pump", flows.through],
  ]);
  const colors: Record<string, string> = colorsOf(theme);
  return {
    ...tooltipCard(theme),
    trigger: "item" as const,
    formatter: ({ name }: { name: string }) => {
      const key =
        name.split(" > ").find((part) => part !== "heat_pump") ?? name;
      const kwh = amounts.get(key);
      if (kwh === undefined) return "";
      const share = format.percent(kwh / flows.through);
      const value = `${format.energy(kwh)}\u00a0kWh`;
      const color = colors[key] ?? theme.idle;
      return tooltipHtml(
        theme,
        nameOf(key as Key, input),
        [{ name: share, value, color, style: "square" }],
        null
      );
    },
  };
};

const tableOf = (
  { sources, sinks, through }: Flows,
  input: ViewInput
): ViewTable => {
  const { text, format } = input;
  const all: [Key, number][] = [...sources, ["heat_pump", through], ...sinks];
  return {
    first: text("charts.sankey.title"),
    columns: [
      { name: text("charts.table.energy"), unit: "kWh" },
      { name: text("charts.table.share"), unit: "%" },
    ],
    rows: () =>
      all.map(([key, kwh]) => ({
        head: nameOf(key, input),
        cells: [
          { text: `${format.energy(kwh)}\u00a0kWh`, value: kwh },
          {
            text: format.percent(kwh / through),
            value: Math.round((kwh / through) * 1000) / 10,
          },
        ],
      })),
  };
};

/** "Ground 118.1 kWh, Electricity 54.3 kWh → Heating 158.1 kWh" */
const summaryOf = ({ sources, sinks }: Flows, input: ViewInput): string =>
  [sources, sinks]
    .map((flows: [Key, number][]) =>
      flows
        .map(
          ([key, kwh]) =>
            `${nameOf(key, input)} ${input.format.energy(kwh)}\u00a0kWh`
        )
        .join(", ")
    )
    .join(" → ");

export const buildSankey: BuildView = (input) => {
  const { snapshot, theme, format, text, width } = input;
  const { totals } = snapshot;
  if (!totals.covered_s) return empty("flow");
  if (totals.compressor_electricity_kwh === null) {
    return { ...missing("no_power"), chunk: "flow" };
  }
  const flows = flowsOf(totals);
  if (!flows) return empty("flow", "no_heat");
  const narrow = width < NARROW;
  const share = flows.free === null ? null : format.percent(flows.free);
  const longest = Math.max(
    ...[...flows.sources, ...flows.sinks].map(
      ([, kwh]) => format.energy(kwh).length
    )
  );
  const room = longest * (narrow ? 8.5 : 9.5) + 44;
  const margin = Math.round(Math.max(96, room, Math.min(120, width * 0.2)));
  return {
    state: "ready",
    chunk: "flow",
    legend: [],
    summary: summaryOf(flows, input),
    table: tableOf(flows, input),
    ...(share === null
      ? {}
      : {
          figure: share,
          remark: text(`charts.sankey.${narrow ? "remark_short" : "remark"}`, {
            share,
          }),
        }),
    option: {
      animation: false,
      tooltip: tooltip(flows, input),
      series: [
        {
          id: "flow",
          type: "sankey",
          left: margin,
          right: margin,
          top: 52,
          bottom: 28,
          nodeWidth: 12,
          nodeGap: 36,
          layoutIterations: 0,
          draggable: false,
          animation: false,
          emphasis: { disabled: true },
          label: labelStyle(input),
          lineStyle: { curveness: 0.5 },
          data: nodesOf(flows, input),
          links: linksOf(flows, theme),
        } satisfies SankeySeriesOption,
      ],
    },
  };
};
