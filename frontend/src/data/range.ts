/** The spans of time one can look at. */
import { HOUR } from "../format/milliseconds.js";
export const RANGES = ["1h", "6h", "24h", "7d", "30d", "90d", "1y"] as const;

export type Range = (typeof RANGES)[number];

export const DEFAULT_RANGE: Range = "24h";

export const RANGE_MS: Record<Range, number> = {
  "1h": HOUR,
  "6h": 6 * HOUR,
  "24h": 24 * HOUR,
  "7d": 7 * 24 * HOUR,
  "30d": 30 * 24 * HOUR,
  "90d": 90 * 24 * HOUR,
  "1y": 365 * 24 * HOUR,
};

export const isRange = (value: unknown): value is Range =>
  (RANGES as readonly unknown[]).includes(value);

/** The shortest range that still shows `moment`, if one does. */
export const rangeReaching = (moment: number, now: number): Range | null =>
  RANGES.find((range) => now - RANGE_MS[range] < moment) ?? null;
