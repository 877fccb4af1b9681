/** Where a period of the history is to be seen. */
import type { Look } from "../components/context.js";
import { writePath } from "../data/page.js";
import type { PumpInfo } from "../data/types.js";
import { writeUrl } from "../data/url-state.js";
import { DAY } from "../format/calendar.js";
import { moments, writePeriod } from "./period.js";
import type { HistoryPeriod } from "./period.js";

/** A day is the page Now of that day, a longer one the page History; `more` belongs to its query. */
export const addressOf = (
  period: HistoryPeriod,
  { id }: PumpInfo,
  look: Look,
  more: Record<string, string> = {}
): string => {
  const { unit, start } = period;
  if (unit === "day") {
    const span = moments({ start, end: start + DAY }, look.format.zone);
    const now = writePath({ page: "now", parts: [] });
    return now + writeUrl("", { pump: id, period: span });
  }
  const query = new URLSearchParams({ pump: id, ...more });
  const path = writePath({ page: "history", parts: writePeriod(period) });
  return `${path}?${query.toString()}`;
};
