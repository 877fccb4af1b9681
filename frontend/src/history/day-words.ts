/** What is written of a day of the calendar, a line a figure; the first is its name. Pure. */
import type { Look } from "../components/context.js";
import { DAY, dayNames } from "../format/calendar.js";
import { cellsOf } from "./heat-map.js";
import type { HistoryModel } from "./model.js";
import { kwh } from "./words.js";

const ALWAYS = { first: 0, now: Infinity };

export const dayWords = (
  day: number,
  { rows, info }: Pick<HistoryModel, "rows" | "info">,
  look: Look
): string[] => {
  const { text, format } = look;
  const name = dayNames(text("language"), 1).day(day);
  const span = { start: day, end: day + DAY };
  const [cell] = cellsOf(span, rows, "electricity", [], ALWAYS);
  const figures = cell?.figures;
  if (!figures || cell.state !== "known") {
    const why = cell?.state === "unread" ? "unread" : "none";
    return [name, text(`history.state.${why}`)];
  }
  const { currency } = info.settings;
  return [
    name,
    `${text("name.electricity")} ${kwh(figures.electricity, look)} kWh`,
    `${text("name.heat")} ${kwh(figures.heat, look)} kWh`,
    `${text("name.cop")} ${format.number(figures.cop, 2)}`,
    `${text("name.outdoor_temp")} ${format.temperature(figures.outdoor, 1)}`,
    ...(currency && figures.cost !== null
      ? [format.money(figures.cost, currency)]
      : []),
  ];
};
