/** Why there is no figure, as the key of a sentence. Pure. */
import type { Snapshot, Totals } from "./types.js";

export type Blank =
  | "no_readings"
  | "not_running"
  | "cooling"
  | "defrost"
  | "negative_heat"
  | "no_heat"
  | "not_plausible"
  | "not_known"
  | "too_few_steps"
  | "too_little";

/** How many values could not be true, and were left out. */
export const droppedOf = ({ dropped, dropped_steps }: Totals): number =>
  dropped ?? dropped_steps ?? 0;

/** Why something that the heat pump reports has no value in the period. */
export const whyUnknown = ({ totals }: Pick<Snapshot, "totals">): Blank => {
  const { covered_s, cop_reason } = totals;
  // There may be readings, only none of the compressor's state.
  if (!covered_s && (cop_reason ?? "no_readings") === "no_readings") {
    return "no_readings";
  }
  return droppedOf(totals) > 0 ? "not_plausible" : "not_known";
};

/** Why the heat of a period, which is no more than nothing, cannot be drawn. */
export const whyNoHeat = (snapshot: Snapshot): Blank => {
  const { covered_s, compressor_s, heat_kwh, cooling_kwh, cooling_s } =
    snapshot.totals;
  if (!covered_s || heat_kwh === null) return whyUnknown(snapshot);
  // A meter of heat need not have counted it.
  if (cooling_kwh ?? cooling_s) return "cooling";
  if (heat_kwh < 0) return "negative_heat";
  return compressor_s === 0 ? "not_running" : "no_heat";
};

/** Why a period has no COP, as the server says; views say themselves what is not reported. */
export const whyNoCop = ({ totals }: Pick<Snapshot, "totals">): Blank => {
  const { cop_reason: reason } = totals;
  const isSaid =
    reason && reason !== "no_heat_source" && reason !== "no_electricity_source";
  return isSaid ? reason : whyUnknown({ totals });
};
