/** Entries of the legend, which is drawn in HTML beside the picture. Pure. */
import { DAY_S } from "./day-form.js";
import type { LegendItem, ViewInput } from "./types.js";

type Entry = Omit<LegendItem, "hidden" | "value"> & { value?: string | null };

/** Entries with what the user has hidden. */
export const legendOf = (
  entries: readonly Entry[],
  { hidden }: Pick<ViewInput, "hidden">
): LegendItem[] =>
  entries.map((entry) => ({
    ...entry,
    value: entry.value ?? null,
    hidden: hidden.has(entry.key),
  }));

/** Decimals that a metric's sensor resolves. */
export const digitsOf = (
  metric: string,
  { info }: Pick<ViewInput, "info">
): number => info.settings.digits[metric] ?? 0;

/** A present temperature as the legend has it: "38°". */
export const degrees = (metric: string, input: ViewInput): string => {
  const value = input.snapshot.status.metrics[metric] ?? null;
  if (value === null) return "–";
  return `${input.format.number(value, digitsOf(metric, input))}°`;
};

/** Seconds of a step in words: "15 min", "1 h", "a day". */
export const stepName = (
  seconds: number,
  { text }: Pick<ViewInput, "text">
): string => {
  if (seconds >= DAY_S)
    return text(`charts.step.${seconds > DAY_S ? "week" : "day"}`);
  return seconds % 3600 ? `${seconds / 60} min` : `${seconds / 3600} h`;
};
