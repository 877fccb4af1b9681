/** The period's energy as flows that balance. Pure. */
import type { Totals } from "../data/types.js";

export type NodeKey =
  | "ground"
  | "electricity"
  | "unexplained_in"
  | "heat_pump"
  | "heating"
  | "hot_water"
  | "cooling"
  | "standby"
  | "unexplained_out";

/** What flows; a flow of the auxiliary heater's runs beside that of the compressor. */
export type FlowKey = Exclude<NodeKey, "heat_pump"> | "auxiliary";

export interface Flow {
  key: FlowKey;
  from: NodeKey;
  to: NodeKey;
  kwh: number;
}

/** kWh; nodes from top to bottom of each side, flows as they are stacked. */
export interface Flows {
  nodes: [NodeKey, number][];
  flows: Flow[];
  heat: number;
  /** All that was paid for, the auxiliary heater's included. */
  electricity: number;
  auxiliary: number;
  /** Share of the heat that comes from the ground or the air; null where it gave none. */
  free: number | null;
}

/** Less than this is 0.0 kWh on the screen. */
const VISIBLE = 0.05;
/** Flows too small to be drawn are no riddle. */
const RIDDLE = 3 * VISIBLE;

const isSeen = ({ key, kwh }: Flow) =>
  kwh >= (key.startsWith("unexplained") ? RIDDLE : VISIBLE);

/** An energy of the time of which the other one is known, too. */
export const paired = (
  totals: Totals,
  name: "heat" | "electricity" | "compressor_heat" | "compressor_electricity"
): number => (totals[`${name}_kwh`] ?? 0) - (totals[`${name}_alone_kwh`] ?? 0);

/** What of the electricity becomes heat, and what does not. */
const electricityOf = (totals: Totals, heat: number) => {
  const all = paired(totals, "electricity");
  const cooling = totals.cooling_electricity_kwh ?? 0;
  const compressor = paired(totals, "compressor_electricity") - cooling;
  const auxiliary = Math.min(totals.auxiliary_kwh ?? 0, heat);
  const used = Math.max(0, Math.min(compressor, heat - auxiliary));
  const rest = Math.max(0, all - used - auxiliary - cooling);
  const standby = Math.min(rest, totals.standby_kwh ?? 0);
  return { used, auxiliary, cooling, standby, left: rest - standby };
};

/**
 * The heat pump's node is the heat that the figures tell, the electricity's all the electricity.
 * What was drawn out of the house to cool it is no heat, as in the COP: only the electricity for that
 * is drawn. Energy of the surroundings = heat − the electricity that becomes heat. What is taken at rest gives
 * no heat: it leaves the electricity as standby, and what else gave none, as unexplained. Of time in
 * which only one of the two is known nothing is drawn. Null where there is nothing to draw.
 */
export const flowsOf = (totals: Totals): Flows | null => {
  const heat = paired(totals, "heat") + (totals.cooling_kwh ?? 0);
  const idle = totals.compressor_s === 0 && Math.abs(heat) < VISIBLE;
  if (heat < VISIBLE && !idle) return null;
  const given = heat + (totals.heat_alone_kwh ?? 0);
  const hotWater = ((totals.heat_hot_water_kwh ?? 0) * heat) / (given || 1);
  const parts = electricityOf(totals, Math.max(0, heat));
  const ground = heat - parts.used - parts.auxiliary;
  const sinks = [heat - hotWater, hotWater] as const;
  const back = -Math.min(0, ...sinks);
  const all: Flow[] = [
    { key: "ground", from: "ground", to: "heat_pump", kwh: ground },
    {
      key: "electricity",
      from: "electricity",
      to: "heat_pump",
      kwh: parts.used,
    },
    {
      key: "auxiliary",
      from: "electricity",
      to: "heat_pump",
      kwh: parts.auxiliary,
    },
    {
      key: "unexplained_in",
      from: "unexplained_in",
      to: "heat_pump",
      kwh: back,
    },
    { key: "heating", from: "heat_pump", to: "heating", kwh: sinks[0] },
    { key: "hot_water", from: "heat_pump", to: "hot_water", kwh: sinks[1] },
    { key: "cooling", from: "electricity", to: "cooling", kwh: parts.cooling },
    { key: "standby", from: "electricity", to: "standby", kwh: parts.standby },
    {
      key: "unexplained_out",
      from: "electricity",
      to: "unexplained_out",
      kwh: parts.left,
    },
  ];
  const flows = all.filter(isSeen);
  if (!flows.length) return null;
  const through = (key: NodeKey) =>
    key === "heat_pump"
      ? heat
      : flows
          .filter(({ from, to }) => from === key || to === key)
          .reduce((sum, { kwh }) => sum + kwh, 0);
  const electricity = Math.max(
    paired(totals, "electricity"),
    through("electricity")
  );
  const keys = new Set(flows.flatMap(({ from, to }) => [from, to]));
  return {
    nodes: ORDER.filter((key) => keys.has(key)).map((key) => [
      key,
      key === "electricity" ? electricity : through(key),
    ]),
    flows,
    heat,
    electricity,
    auxiliary: totals.auxiliary_kwh ?? 0,
    free: ground > 0 && heat > 0 ? ground / heat : null,
  };
};

const ORDER: readonly NodeKey[] = [
  "ground",
  "electricity",
  "unexplained_in",
  "heat_pump",
  "heating",
  "hot_water",
  "cooling",
  "standby",
  "unexplained_out",
];
