/** Where an answer is on its page, and where the days are that it speaks of. */
import { writePath } from "../data/page.js";
import type { PumpInfo } from "../data/types.js";
import { writeUrl } from "../data/url-state.js";
import { DAY } from "../format/calendar.js";

/** A longer span is better seen by months. */
const MOST_CHARTED = 100 * DAY;
const LEAST_MS = 6 * 3_600_000;

/** From when to when something is to be looked at in the charts, ms. */
export interface Moment {
  from: number | null;
  to: number | null;
}

type Pump = Pick<PumpInfo, "id"> | undefined;

/** The page, or on it the detail of a card: ["house"]. */
export const insightAddress = (
  info: Pump,
  parts: readonly string[] = []
): string =>
  writePath({ page: "insights", parts }) +
  writeUrl("", { pump: info?.id ?? null, period: null });

/** A moment in the charts of Now, a long time in the history; else Now as it was left. */
export const momentAddress = (info: Pump, { from, to }: Moment): string => {
  const isLong = from !== null && to !== null && to - from > MOST_CHARTED;
  const span = from === null || to === null ? null : { start: from, end: to };
  const path = writePath({ page: isLong ? "history" : "now", parts: [] });
  const period = isLong ? null : span && around(span, Date.now());
  return path + writeUrl("", { pump: info?.id ?? null, period });
};

/** What is short is seen with some hours around it, not beyond now. */
const around = (
  { start, end }: { start: number; end: number },
  now: number
): { start: number; end: number } => {
  const more = Math.max(0, LEAST_MS - (end - start)) / 2;
  return {
    start: Math.floor((start - more) / 60_000) * 60_000,
    end: Math.min(now, Math.ceil((end + more) / 60_000) * 60_000),
  };
};
