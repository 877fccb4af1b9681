/** All that the page shows of a period, from the rows that are known. Pure. */
import type { Span } from "../data/period.js";
import type { PumpInfo } from "../data/types.js";
import {
  byDay,
  atSameWeather,
  columnsOf,
  elapsed,
  readBack,
  readOnBoth,
  sameDays,
  sumsOf,
} from "./columns.js";
import type { Column, Compared, ReadOnBoth, Rows, Sums } from "./columns.js";
import { questionsOf, wholeTime } from "./calendar-source.js";
import type { Question } from "./calendar-source.js";
import type { CalendarRow } from "./figures.js";
import { dayOf } from "../format/calendar.js";
import { comparedWith, daysOf, startOf } from "./period.js";
import type { Comparison, HistoryPeriod } from "./period.js";
import type { SameWeather } from "./same-weather.js";

export interface HistoryModel extends Sums {
  period: HistoryPeriod;
  /** Null where it is compared with nothing, or with what was before the first reading. */
  other: HistoryPeriod | null;
  days: Span;
  /** Up to now, and the same days of the comparison. */
  elapsed: Span;
  sameDays: Span | null;
  isRunning: boolean;
  /** Whether some of it, or of the comparison, was computed with older settings. */
  isOutdated: boolean;
  columns: Column[];
  readOnBoth: ReadOnBoth | null;
  weather: SameWeather | null;
  rows: Rows;
  months: Rows;
  years: Record<"heating_year" | "year", readonly CalendarRow[]>;
  /** Days of the years that are shown: how many of them are read, and back to when. */
  reading: ReturnType<typeof readBack>;
  /** First local day of the readings. */
  first: number;
  now: number;
  info: PumpInfo;
}

export interface ModelInput {
  period: HistoryPeriod;
  comparison: Comparison;
  info: PumpInfo;
  /** The local time of the first reading, null while it is not known. */
  firstReading: number | null;
  /** The local time it is. */
  now: number;
  rows: (question: Question) => CalendarRow[] | null;
}

const UNITS = ["heating_year", "year", "month"] as const;

/** What is asked for first: it says since when there are readings. */
export const firstQuestions = (now: number): Question[] =>
  UNITS.map((unit) => wholeTime(unit, now));

/** The first local day there is, null while that is not known; NaN where there are no readings. */
export const firstDay = ({
  rows,
  firstReading,
  now,
}: Pick<ModelInput, "rows" | "firstReading" | "now">): number | null => {
  const months = rows(wholeTime("month", now));
  if (!months) return null;
  const [first] = months;
  if (!first) return NaN;
  // What the source has forgotten may be on disk.
  const isOfMonth =
    firstReading !== null && startOf("month", firstReading) === first.day;
  return isOfMonth ? dayOf(firstReading) : first.day;
};

const spansOf = (input: ModelInput, first: number) => {
  const { period, comparison, now } = input;
  const days = daysOf(period, now, first);
  const other = comparedWith(period, comparison);
  const span = other && daysOf(other, now, first);
  // Before the first reading there is nothing to compare with.
  const before = span && span.end > first ? span : null;
  return { days, before, other: before && other };
};

export const dayQuestions = (input: ModelInput, first: number): Question[] => {
  const { days, before } = spansOf(input, first);
  const questions = [
    ...questionsOf(days, input.now),
    ...(before ? questionsOf(before, input.now) : []),
  ];
  const starts = new Set<number>();
  return questions.filter(
    ({ start }) => !starts.has(start) && starts.add(start)
  );
};

/** Weeks are asked for by themselves: nobody looks at many. */
export const wholeQuestion = (
  { unit, start }: HistoryPeriod,
  now: number
): Question | null => {
  if (unit === "all" || unit === "day") return null;
  if (unit !== "week") return wholeTime(unit, now);
  return { unit, start, end: start + 7 * 86_400_000 };
};

const wholeOf = (
  period: HistoryPeriod | null,
  input: ModelInput
): CalendarRow | undefined => {
  const question = period && wholeQuestion(period, input.now);
  const rows = question && input.rows(question);
  return rows?.find(({ day }) => day === period?.start);
};

/** Whether any of these days is one of older settings. */
const touches = (rows: Rows, { start, end }: Span): boolean =>
  [...rows.values()].some(
    ({ outdated, day }) => outdated && start <= day && day < end
  );

type Known = Pick<HistoryModel, "days" | "first" | "now">;

/** Whether a period lies wholly before the first reading, or has not begun. */
export const outside = ({
  days,
  first,
  now,
}: Known): "before" | "future" | null => {
  if (days.end <= first) return "before";
  return days.start > now ? "future" : null;
};

/** Key of the text that says why there are no figures of a period. */
export const whyNone = ({
  days: { start, end },
  rows,
}: Known & Pick<HistoryModel, "rows">): string =>
  [...rows.values()].some(
    ({ day, totals }) => day >= start && day < end && !totals
  )
    ? "history.after_reading"
    : "history.state.none";

/** Null while what it needs is not there. */
export const modelOf = (input: ModelInput): HistoryModel | null => {
  const { period, info, now } = input;
  const first = firstDay(input);
  if (first === null) return null;
  const start = Number.isNaN(first) ? now : first;
  const { days, before, other } = spansOf(input, start);
  const answers = dayQuestions(input, start).map(input.rows);
  if (!Number.isNaN(first) && answers.some((rows) => !rows)) return null;
  const rows = byDay(...answers.map((each) => each ?? []));
  const of = (unit: (typeof UNITS)[number]) =>
    input.rows(wholeTime(unit, now)) ?? [];
  const months = byDay(of("month"));
  const compared: Compared = { days, before, rows, months, first: start, now };
  const up = elapsed(compared);
  return {
    ...{ period, other, days, rows, months, info, now },
    ...sumsOf(compared, wholeOf(period, input), wholeOf(other, input)),
    elapsed: up,
    sameDays: sameDays(compared),
    isRunning: days.end > now,
    isOutdated: [up, before].some((span) => span && touches(rows, span)),
    columns: columnsOf(period, compared),
    readOnBoth: readOnBoth(compared),
    weather: atSameWeather(compared),
    years: { heating_year: of("heating_year"), year: of("year") },
    reading: readBack(rows.values()),
    first: start,
  };
};
