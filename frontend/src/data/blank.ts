/** Why there is no figure, as the key of a sentence. Pure. */
import type { Snapshot, Totals } from "./types.js";

export type Blank =
  | "no_readings"
  | "not_running"
  | "negative_heat"
  | "no_heat"
  | "not_plausible"
  | "not_known"
  | "too_little";

/** kWh; less electricity gives no COP. */
const LEAST_KWH = 0.05;
/** Of the running this share must be known. */
const LEAST_KNOWN = 0.5;

/** How many values could not be true, and were left out. */
export const droppedOf = ({ dropped, dropped_steps }: Totals): number =>
  dropped ?? dropped_steps ?? 0;

/** Why something that the heat pump reports has no value in the period. */
export const whyUnknown = ({ totals }: Pick<Snapshot, "totals">): Blank => {
  if (!totals.covered_s) return "no_readings";
  return droppedOf(totals) > 0 ? "not_plausible" : "not_known";
};

/** Seconds of running of which heat and electricity are known; older servers do not say. */
const knownRunning = ({ ledger, totals }: Snapshot): number =>
  ledger.running_known_s?.reduce<number>((all, s) => all + (s ?? 0), 0) ??
  totals.compressor_s ??
  0;

const isMostlyKnown = (snapshot: Snapshot): boolean => {
  const { heat_kwh, compressor_electricity_kwh, compressor_s } =
    snapshot.totals;
  const least = LEAST_KNOWN * (compressor_s ?? 0);
  return (
    heat_kwh !== null &&
    compressor_electricity_kwh !== null &&
    knownRunning(snapshot) >= least
  );
};

/** Why the heat of a period, which is no more than nothing, cannot be drawn. */
export const whyNoHeat = (snapshot: Snapshot): Blank => {
  const { covered_s, compressor_s, heat_kwh } = snapshot.totals;
  if (!covered_s || heat_kwh === null) return whyUnknown(snapshot);
  if (heat_kwh < 0) return "negative_heat";
  return compressor_s === 0 ? "not_running" : "no_heat";
};

/** Why a period has no COP. */
export const whyNoCop = (snapshot: Snapshot): Blank => {
  const { totals } = snapshot;
  if (!totals.covered_s) return "no_readings";
  if (totals.compressor_s === 0) return "not_running";
  if (!isMostlyKnown(snapshot)) return whyUnknown(snapshot);
  const heat = totals.compressor_heat_kwh ?? totals.heat_kwh ?? 0;
  if (heat <= 0) return heat < 0 ? "negative_heat" : "no_heat";
  return (totals.compressor_electricity_kwh ?? 0) < LEAST_KWH
    ? "too_little"
    : whyUnknown(snapshot);
};
