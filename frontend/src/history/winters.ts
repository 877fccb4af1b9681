/** Heating years over one another: kWh more or less than the measure at the same weather. Pure. */
import { DAY } from "../format/calendar.js";
import { figuresOf, isRead } from "./figures.js";
import type { CalendarRow } from "./figures.js";
import type { HistoryModel } from "./model.js";
import type { Told } from "./odd-days.js";
import { startAfter } from "./period.js";
import { seasonDay, weatherLine } from "./weather-line.js";

export interface Winter {
  /** First local day. */
  start: number;
  /** Days since it, and kWh since then, at the end of each. */
  points: { index: number; kwh: number }[];
  isMeasure: boolean;
  isRunning: boolean;
  /** What happened, and where on its line. */
  marks: { index: number; kwh: number; told: Told }[];
}

/** A year whose readings begin later is not laid over others. */
const LATEST_DAYS = 31;
/** More names on one line cannot be read. */
const MOST_MARKS = 3;

const isWhole = ({ complete, totals }: CalendarRow): boolean =>
  complete && totals !== null && isRead(figuresOf(totals));

const daysOfYear = (start: number, { rows }: Pick<HistoryModel, "rows">) => {
  const end = startAfter("heating_year", start, 1);
  return [...rows.values()]
    .flatMap((row) => seasonDay(row) ?? [])
    .filter(({ day }) => day >= start && day < end)
    .sort((a, b) => a.day - b.day);
};

/** Alarms before changes of settings, of which one a day is a mark; in the order of days. */
const chosen = (events: readonly Told[]): Told[] => {
  const isAlarm = ({ event }: Told) => event.kind === "alarm";
  const days = new Set<number>();
  const changes = events.filter((told) => {
    if (isAlarm(told) || days.has(told.day)) return false;
    days.add(told.day);
    return true;
  });
  return [...events.filter(isAlarm), ...changes]
    .slice(0, MOST_MARKS)
    .sort((a, b) => a.day - b.day);
};

/** Empty where no year is whole, or there is but one. */
export const wintersOf = (
  model: Pick<HistoryModel, "rows" | "years" | "first" | "now">,
  events: readonly Told[]
): Winter[] => {
  const { years, first, now } = model;
  const measure = years.heating_year.find(isWhole);
  const shown = years.heating_year.filter(
    (year) => year === measure || first <= year.day + LATEST_DAYS * DAY
  );
  const line = measure && weatherLine(daysOfYear(measure.day, model));
  if (!line || shown.length < 2) return [];
  return shown.map(({ day: start }): Winter => {
    let kwh = 0;
    const points = [
      { index: 0, kwh: 0 },
      ...daysOfYear(start, model).map((day) => {
        kwh += day.kwh - line(day);
        return { index: Math.round((day.day - start) / DAY) + 1, kwh };
      }),
    ];
    const end = startAfter("heating_year", start, 1);
    const within = events.filter(({ day }) => day >= start && day < end);
    const marks = chosen(within).flatMap((told) => {
      const index = (told.day - start) / DAY;
      const at = points.findLast((point) => point.index <= index);
      return at ? [{ index, kwh: at.kwh, told }] : [];
    });
    return {
      ...{ start, points, isMeasure: start === measure.day },
      isRunning: end > now,
      marks,
    };
  });
};
