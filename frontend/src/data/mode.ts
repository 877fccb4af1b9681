/** The mode of a moment, out of what runs. Pure. */
import type { Mode } from "./types.js";

/** Share of a step's time in which a state counts as on. */
const MOSTLY = 0.5;

type Share = number | null | undefined;

const isOn = (share: Share): boolean => (share ?? 0) >= MOSTLY;

/** Out of shares of time 0…1; null where nobody knows of the compressor. */
export const modeOf = (
  compressor: Share,
  valve: Share,
  auxiliary: Share
): Mode | null => {
  if (compressor == null || Number.isNaN(compressor)) return null;
  if (isOn(compressor)) return isOn(valve) ? "hot_water" : "heating";
  return isOn(auxiliary) ? "auxiliary" : "idle";
};
