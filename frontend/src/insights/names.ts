/** The questions that have a card, as they are in the address and in the answers. */
export const INSIGHT_NAMES = [
  ...(["ground", "cop", "cycling"] as const),
  ...(["house", "curve", "hot_water"] as const),
  ...(["heater", "money", "calibration"] as const),
  ...(["year", "change"] as const),
] as const;

export type InsightName = (typeof INSIGHT_NAMES)[number];
