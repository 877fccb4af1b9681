/** Where the period's heat came from and where it went. */
import type { SankeySeriesOption } from "echarts/charts";
import { whyNoHeat, whyUnknown } from "../../data/blank.js";
import { sayUnchecked } from "../../data/calibration.js";
import { withAlpha } from "../../theme/color.js";
import type { ChartTheme } from "../../theme/tokens.js";
import type { FlowKey, Flows, NodeKey } from "../flows.js";
import { flowsOf } from "../flows.js";
import { hatch } from "../hatch.js";
import { empty, missing } from "../time-view.js";
import { tooltipCard, tooltipHtml } from "../tooltip.js";
import type { BuildView, ViewInput, ViewResult, ViewTable } from "../types.js";

type Key = NodeKey | FlowKey;
type Node = NonNullable<SankeySeriesOption["data"]>[number];
type Link = NonNullable<SankeySeriesOption["links"]>[number];
type Label = NonNullable<SankeySeriesOption["label"]>;

const NARROW = 440;
/** kWh; less is 0.0 on the screen. */
const VISIBLE = 0.05;
/** px from what is written to the edge of the card. */
const EDGE = 12;

const colorsOf = (theme: ChartTheme): Record<Key, string> => ({
  ground: theme.outdoor,
  electricity: theme.compressor,
  auxiliary: theme.auxiliary,
  unexplained_in: theme.idle,
  heat_pump: theme.secondaryText,
  heating: theme.heating,
  hot_water: theme.hotWater,
  cooling: theme.brineIn,
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
      part: { ...small, fontSize: 12, color: theme.auxiliaryText },
    },
  };
};

const SIDES: Partial<Record<NodeKey, "left" | "top">> = {
  ground: "left",
  electricity: "left",
  unexplained_in: "left",
  heat_pump: "top",
};

const amount = (kwh: number, { format }: ViewInput) =>
  `${format.roughEnergy(kwh)}\u00a0kWh`;

/** What of the electricity the auxiliary heater took, in the lines there is room for. */
const heaterPart = ({ auxiliary }: Flows, input: ViewInput): string[] => {
  if (auxiliary < VISIBLE) return [];
  const energy = amount(auxiliary, input);
  const words = input.text("charts.sankey.of_it", { energy });
  return input.width < NARROW ? words.split(" ") : [words];
};

/** px; of a usual letter for each px of its font. */
const LETTER = 0.55;

/** Room (px) for what stands beside the nodes of a side, and to the edge of the card. */
const marginOf = (isLeft: boolean, flows: Flows, input: ViewInput): number => {
  const isNarrow = input.width < NARROW;
  const value = isNarrow ? 16 : 18;
  const widths = flows.nodes
    .filter(([key]) => key !== "heat_pump" && key in SIDES === isLeft)
    .flatMap(([key, kwh]) => [
      nameOf(key, input).length * 13,
      input.format.roughEnergy(kwh).length * value + " kWh".length * 13,
    ]);
  const parts = isLeft ? heaterPart(flows, input) : [];
  const longest = Math.max(...widths, ...parts.map((each) => each.length * 12));
  const beside = isNarrow ? 8 : 12;
  return Math.round(LETTER * longest + beside + EDGE);
};

const node = (
  key: NodeKey,
  kwh: number,
  flows: Flows,
  input: ViewInput
): Node => {
  const position = SIDES[key] ?? "right";
  const value = input.format.roughEnergy(kwh);
  const part = (key === "electricity" ? heaterPart(flows, input) : [])
    .map((words) => `\n{part|${words}}`)
    .join("");
  return {
    name: key,
    value: kwh,
    itemStyle: { color: colorsOf(input.theme)[key], borderRadius: 3 },
    label: {
      position,
      align:
        position === "top" ? "center" : position === "left" ? "right" : "left",
      formatter: `{name|${nameOf(key, input)}}\n{value|${value}}{unit|\u00a0kWh}${part}`,
    },
  };
};

/** The colour of the source to the heat pump, of the target from it; the heater's is hatched. */
const styleOf = (key: FlowKey, theme: ChartTheme) => {
  const color = colorsOf(theme)[key];
  const opacity = theme.dark ? 0.55 : 0.34;
  return key === "auxiliary"
    ? { color: hatch(color, withAlpha(color, 0.35)), opacity: 1 }
    : { color, opacity };
};

const linksOf = ({ flows }: Flows, theme: ChartTheme): (Link & Named)[] =>
  flows.map(({ key, from, to, kwh }) => ({
    source: from,
    target: to,
    value: kwh,
    key,
    lineStyle: styleOf(key, theme),
  }));

/** A flow says itself what it is: two may lead from one node to the same. */
interface Named {
  key: FlowKey;
}

const PAID: ReadonlySet<Key> = new Set([
  "electricity",
  "auxiliary",
  "cooling",
  "standby",
  "unexplained_out",
]);

/** Of what a node or a flow is a share: its own side. */
const wholeOf = (key: Key, { heat, electricity }: Flows): number =>
  PAID.has(key) || heat <= 0 ? electricity : heat;

/** Name, kWh and share of a node or of a flow. */
const tooltip = (flows: Flows, input: ViewInput) => {
  const { theme, format, snapshot, text } = input;
  const colors = colorsOf(theme);
  const kwhOf = (key: Key, isFlow: boolean) =>
    isFlow
      ? flows.flows.find((flow) => flow.key === key)?.kwh
      : flows.nodes.find(([name]) => name === key)?.[1];
  return {
    ...tooltipCard(theme),
    trigger: "item" as const,
    formatter: ({ data }: { data: { name?: NodeKey; key?: FlowKey } }) => {
      const key = data.key ?? data.name;
      const kwh = key && kwhOf(key, data.key !== undefined);
      if (!key || kwh === undefined) return "";
      const style = key === "auxiliary" ? "hatched" : "square";
      const name = format.percent(kwh / wholeOf(key, flows));
      const line = { name, value: amount(kwh, input), color: colors[key] };
      const head = PAID.has(key)
        ? nameOf(key, input)
        : sayUnchecked(nameOf(key, input), snapshot, text);
      return tooltipHtml(theme, head, [{ ...line, style }], null);
    },
  };
};

const tableOf = (flows: Flows, input: ViewInput): ViewTable => {
  const { text, format, snapshot } = input;
  const heater = flows.flows.filter(({ key }) => key === "auxiliary");
  const all: [Key, number][] = flows.nodes.flatMap(([key, kwh]) =>
    key === "electricity"
      ? [
          [key, kwh],
          ...heater.map(({ kwh }): [Key, number] => ["auxiliary", kwh]),
        ]
      : [[key, kwh]]
  );
  return {
    first: text("charts.sankey.title"),
    columns: [
      {
        name: sayUnchecked(text("charts.table.energy"), snapshot, text),
        unit: "kWh",
      },
      { name: text("charts.table.share"), unit: "%" },
    ],
    rows: () =>
      all.map(([key, kwh]) => {
        const share = kwh / wholeOf(key, flows);
        return {
          head: nameOf(key, input),
          cells: [
            { text: amount(kwh, input), value: kwh },
            {
              text: format.percent(share),
              value: Math.round(share * 1000) / 10,
            },
          ],
        };
      }),
  };
};

/** "Ground 118.1 kWh, Electricity 54.3 kWh → Heating 158.1 kWh" */
const summaryOf = ({ nodes }: Flows, input: ViewInput): string => {
  const side = (left: boolean) =>
    nodes
      .filter(([key]) => key !== "heat_pump" && key in SIDES === left)
      .map(([key, kwh]) => `${nameOf(key, input)} ${amount(kwh, input)}`)
      .join(", ");
  return `${side(true)} → ${side(false)}`;
};

/** Nobody reports the electricity, or it is not known of this period. */
const without = ({ snapshot }: ViewInput): ViewResult =>
  snapshot.totals.basis?.electricity
    ? empty("flow", whyUnknown(snapshot))
    : { ...missing("no_power"), chunk: "flow" };

export const buildSankey: BuildView = (input) => {
  const { snapshot, theme, format, text, width } = input;
  const { totals } = snapshot;
  if (!totals.covered_s) return empty("flow");
  if (totals.compressor_electricity_kwh === null) return without(input);
  const flows = flowsOf(totals);
  if (!flows) return empty("flow", whyNoHeat(snapshot));
  const narrow = width < NARROW;
  const share = flows.free === null ? null : format.percent(flows.free);
  const least = Math.max(96, Math.min(120, width * 0.2));
  const margin = (isLeft: boolean) =>
    Math.max(least, marginOf(isLeft, flows, input));
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
          remark: sayUnchecked(
            text(`charts.sankey.${narrow ? "remark_short" : "remark"}`, {
              share,
            }),
            snapshot,
            text
          ),
        }),
    option: {
      animation: false,
      tooltip: tooltip(flows, input),
      series: [
        {
          id: "flow",
          type: "sankey",
          left: margin(true),
          right: margin(false),
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
          data: flows.nodes.map(([key, kwh]) => node(key, kwh, flows, input)),
          links: linksOf(flows, theme),
        } satisfies SankeySeriesOption,
      ],
    },
  };
};
