/**
 * Days and clocks as a calendar has them. Times are those of a wall clock, in milliseconds "as if
 * UTC" (see `zone.ts`), so a day always has 24 hours. Pure.
 */

import { DAY } from "./milliseconds.js";

export { DAY };

const MINUTE = 60_000;
const WEEK = 7;

export const dayOf = (local: number): number => Math.floor(local / DAY) * DAY;

const weekday = (day: number): number => new Date(day).getUTCDay();

/** Days since the week of `day` began, 0…6. */
export const daysIntoWeek = (day: number, first: number): number =>
  (weekday(day) - first + WEEK) % WEEK;

export const monthStart = (day: number): number => {
  const date = new Date(day);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
};

/** The same day of another month, or its last one. */
export const monthsAfter = (day: number, months: number): number => {
  const date = new Date(monthStart(day));
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(date);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  date.setUTCDate(Math.min(new Date(day).getUTCDate(), last.getUTCDate()));
  return date.getTime();
};

/** Whole weeks that hold the month of `day`; null are days of other months. */
export const monthGrid = (day: number, first: number): (number | null)[][] => {
  const start = monthStart(day);
  const end = monthStart(monthsAfter(start, 1));
  const begin = start - daysIntoWeek(start, first) * DAY;
  const weeks: (number | null)[][] = [];
  for (let week = begin; week < end; week += WEEK * DAY) {
    weeks.push(
      Array.from({ length: WEEK }, (_, i) => {
        const each = week + i * DAY;
        return each >= start && each < end ? each : null;
      })
    );
  }
  return weeks;
};

export interface DayNames {
  /** "January 2026" */
  month: (day: number) => string;
  /** "Thursday 22 January 2026" */
  day: (day: number) => string;
  /** Of a column: what is shown and what is read. */
  weekdays: { short: string; long: string }[];
}

export const dayNames = (language: string, first: number): DayNames => {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
  const month = format({ month: "long", year: "numeric" });
  const day = format({ dateStyle: "full" });
  const [short, long] = [
    format({ weekday: "short" }),
    format({ weekday: "long" }),
  ];
  return {
    month: (at) => month.format(at),
    day: (at) => day.format(at),
    weekdays: Array.from({ length: WEEK }, (_, i) => {
      // The fourth day of 1970 was a Sunday.
      const at = (3 + first + i) * DAY;
      return { short: short.format(at), long: long.format(at) };
    }),
  };
};

/** What halves of the day are called: "AM" and "PM", "fm" and "em". */
export const halves = (language: string): [string, string] => {
  const clock = new Intl.DateTimeFormat(language, {
    hour: "numeric",
    hour12: true,
    timeZone: "UTC",
  });
  const name = (hour: number) =>
    clock
      .formatToParts(hour * 60 * MINUTE)
      .find(({ type }) => type === "dayPeriod")?.value ?? "";
  return [name(0), name(12)];
};

/** "13:05", on a clock of twelve hours "1:05", of a time of day in ms. */
export const clockText = (time: number, twelve: boolean): string => {
  const minutes = Math.floor(time / MINUTE);
  const hour = Math.floor(minutes / 60);
  const shown = twelve
    ? String(hour % 12 || 12)
    : String(hour).padStart(2, "0");
  return `${shown}:${String(minutes % 60).padStart(2, "0")}`;
};

/**
 * The time of day in ms that was typed: "13:05", "13.05", "1305", "7"; `late` is the second half of
 * a clock of twelve hours, null on one of 24. NaN where it is none.
 */
export const parseClock = (typed: string, late: boolean | null): number => {
  const found =
    /^(\d{1,2})(?:[:. h]?(\d{2}))?$/.exec(typed.trim()) ??
    /^(\d)(\d{2})$/.exec(typed.trim());
  if (!found) return NaN;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  if (hour > 23 || minute > 59) return NaN;
  // Of noon and midnight only a clock of 24 hours says 0.
  const half = late !== null && hour > 0 && hour <= 12;
  const hours = half ? (hour % 12) + (late ? 12 : 0) : hour;
  return (hours * 60 + minute) * MINUTE;
};
