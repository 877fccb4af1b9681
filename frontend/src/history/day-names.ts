/** The names of days or months below a picture of days. */
import { svg } from "lit";
import type { Look } from "../components/context.js";
import type { DayAxis } from "./day-axis.js";
import { monthNames } from "./month-names.js";

const JANUARY = 0;

export const dayNamesBelow = (
  { ticks, bottom, dayWidth }: DayAxis,
  look: Look,
  /** Several years have the same days. */
  isOfYears = false
) => {
  const { short, shortWithYear } = monthNames(look);
  return ticks.map(({ day, x, isMonth }) => {
    const date = new Date(day);
    if (!isMonth)
      return svg`<text class="middle" x=${x + dayWidth / 2} y=${bottom + 18}>${date.getUTCDate()}</text>`;
    const isJanuary = !isOfYears && date.getUTCMonth() === JANUARY;
    return svg`<text class=${isJanuary ? "strong" : ""} x=${x} y=${bottom + 18}>${(isJanuary ? shortWithYear : short)(day)}</text>`;
  });
};
