/** The period's energy as flows that balance. Pure. */
import type { Totals } from "../data/types.js";

export type SourceKey =
  "ground" | "electricity" | "auxiliary" | "unexplained_in";
export type SinkKey = "heating" | "hot_water" | "standby" | "unexplained_out";

/** kWh into and out of the heat pump, from top to bottom. */
export interface Flows {
  sources: [SourceKey, number][];
  sinks: [SinkKey, number][];
  /** What goes through the heat pump. */
  through: number;
  /** Share of the heat that comes from the ground or the air; null where it gave none. */
  free: number | null;
}

/** Less than this is 0.0 kWh on the screen. */
const VISIBLE = 0.05;

/**
 * Energy of the surroundings = heat − the compressor's electricity − the auxiliary heater's. What is
 * taken beside these two, at rest and by pumps beside the heater alone, gives no heat: standby. What
 * the measured figures leave over on one side is drawn there as unexplained. Null without heat.
 */
export const flowsOf = (totals: Totals): Flows | null => {
  const heat = totals.heat_kwh;
  if (heat === null || heat < VISIBLE) return null;
  const electricity = totals.compressor_electricity_kwh ?? 0;
  const auxiliary = totals.auxiliary_kwh ?? 0;
  const hotWater = totals.heat_hot_water_kwh ?? 0;
  const standby = Math.max(
    (totals.electricity_kwh ?? 0) - electricity - auxiliary,
    0
  );
  const ground = heat - electricity - auxiliary;
  const sources: [SourceKey, number][] = [
    ["ground", ground],
    ["electricity", electricity + standby],
    ["auxiliary", auxiliary],
  ];
  const sinks: [SinkKey, number][] = [
    ["heating", heat - hotWater],
    ["hot_water", hotWater],
    ["standby", standby],
  ];
  const drawn = <Key>(flows: [Key, number][]) =>
    flows.filter(([, kwh]) => kwh >= VISIBLE);
  const sum = (flows: [unknown, number][]) =>
    flows.reduce((all, [, kwh]) => all + kwh, 0);
  const [inward, outward] = [drawn(sources), drawn(sinks)];
  const left = sum(inward) - sum(outward);
  // Flows too small to be drawn are no riddle.
  const riddle = Math.abs(left) >= 3 * VISIBLE;
  if (riddle && left > 0) outward.push(["unexplained_out", left]);
  if (riddle && left < 0) inward.push(["unexplained_in", -left]);
  return {
    sources: inward,
    sinks: outward,
    through: Math.max(sum(inward), sum(outward)),
    free: ground > 0 ? ground / heat : null,
  };
};
