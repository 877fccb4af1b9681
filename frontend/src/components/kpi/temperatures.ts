/** The card of temperatures: lowest to highest of the period, its course, now. Pure. */
import type { Snapshot } from "../../data/types.js";
import type { KpiInput, Point } from "./figures.js";

export interface TemperatureRow {
  metric: string;
  name: string;
  /** "−8 … −2", "21" where it never changed; "" where nothing is known of the period. */
  range: string;
  value: string;
  points: Point[];
  color: string;
  /** Opens its details; null where Home Assistant has no such entity. */
  entity: string | null;
}

const COLORS = {
  outdoor_temp: "outdoor",
  indoor_temp: "indoor",
  hot_water_temp: "hot-water",
};

/** As many as a small picture can show. */
const POINTS = 96;

/** Means of equal pieces of the period over the time that rows hold, null where nothing is known. */
export const course = (
  { readings, start, end }: Snapshot,
  metric: string
): Point[] => {
  const sums = Array.from({ length: POINTS }, () => ({ sum: 0, weight: 0 }));
  const pieceOf = (time: number) => (POINTS * (time - start)) / (end - start);
  readings.time.forEach((time, index) => {
    const value = readings[metric]?.[index];
    if (value == null) return;
    const from = Math.max(0, pieceOf(time));
    const to = Math.min(POINTS, pieceOf(readings.time[index + 1] ?? end));
    for (let piece = Math.floor(from); piece < to; piece += 1) {
      const into = sums[piece];
      if (!into) continue;
      const weight = Math.min(to, piece + 1) - Math.max(from, piece);
      into.sum += value * weight;
      into.weight += weight;
    }
  });
  return sums.map(({ sum, weight }, index) => ({
    from: index / POINTS,
    to: (index + 1) / POINTS,
    value: weight ? sum / weight : null,
  }));
};

/** The number alone: which unit the others have is plain. */
const bare = (written: string) => written.replace(/\s*°.*$/, "");

export const temperatureRows = ({
  snapshot,
  info,
  format,
  text,
  stale,
}: KpiInput): TemperatureRow[] =>
  Object.entries(COLORS)
    .filter(([metric]) => metric in info.metrics)
    .map(([metric, color]) => {
      const digits = info.settings.digits[metric] ?? 0;
      const write = (value: number | null | undefined) =>
        bare(format.temperature(value, digits));
      const extremes = snapshot.totals.extremes?.[metric];
      const now = stale ? null : snapshot.status.metrics[metric];
      return {
        metric,
        name: text(`kpi.${metric}`),
        range: [...new Set(extremes?.map(write))].join(" … "),
        value: now == null ? write(null) : `${write(now)}°`,
        points: course(snapshot, metric),
        color: `var(--hp-${color})`,
        entity: info.entities?.[metric] ?? null,
      };
    });
