import { DAY, daysIntoWeek, monthsAfter } from "../../format/calendar.js";

/** Where a key leads in the calendar; undefined where it leads nowhere. */
export const dayAfterKey = (
  { key, shiftKey }: Pick<KeyboardEvent, "key" | "shiftKey">,
  day: number,
  first: number
): number | undefined => {
  const into = daysIntoWeek(day, first);
  switch (key) {
    case "ArrowLeft":
      return day - DAY;
    case "ArrowRight":
      return day + DAY;
    case "ArrowUp":
      return day - 7 * DAY;
    case "ArrowDown":
      return day + 7 * DAY;
    case "Home":
      return day - into * DAY;
    case "End":
      return day + (6 - into) * DAY;
    case "PageUp":
      return monthsAfter(day, shiftKey ? -12 : -1);
    case "PageDown":
      return monthsAfter(day, shiftKey ? 12 : 1);
    default:
      return undefined;
  }
};
