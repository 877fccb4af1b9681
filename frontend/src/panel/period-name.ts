/** What a period from one moment to another is called. Pure. */
import { HOUR } from "../format/milliseconds.js";
import type { Look } from "../components/context.js";
import type { Span } from "../data/period.js";

type Words = Pick<Look, "text" | "format">;

/** Start of the local day before or after that of `day`; days have 23 to 25 hours. */
const dayAfter = (
  day: number,
  days: number,
  { dayStart }: Words["format"]
): number => dayStart(day + days * 24 * HOUR + 12 * HOUR);

const beginsWeek = (ms: number, { zone, firstWeekday }: Words["format"]) =>
  new Date(zone.local(ms)).getUTCDay() === firstWeekday;

const dayName = (day: number, now: number, { text, format }: Words) => {
  const today = format.dayStart(now);
  const date = format.dayDate(day, now);
  if (day === today) return `${text("period.today")}, ${date}`;
  return day === dayAfter(today, -1, format)
    ? `${text("period.yesterday")}, ${date}`
    : date;
};

const weekName = (
  { start, end }: Span,
  now: number,
  { text, format }: Words
): string => {
  const last = dayAfter(end, -1, format);
  const dates = `${format.dayMonth(start, last)} – ${format.dayMonth(last, now)}`;
  if (now >= start && now < end) return `${text("period.this_week")}, ${dates}`;
  return format.dayStart(now) < dayAfter(end, 7, format) && now >= end
    ? `${text("period.last_week")}, ${dates}`
    : dates;
};

/**
 * "Yesterday, Fri 27 Nov", "Last week, 16 Nov – 22 Nov"; of other spans from when to
 * when, with the year where it is another one.
 */
export const periodName = (span: Span, now: number, words: Words): string => {
  const { start, end } = span;
  const { format } = words;
  const isWhole = [start, end].every((edge) => format.dayStart(edge) === edge);
  if (!isWhole || start >= end) return format.span(start, end, now);
  if (dayAfter(start, 1, format) === end) return dayName(start, now, words);
  const isWeek =
    dayAfter(start, 7, format) === end && beginsWeek(start, format);
  if (isWeek) return weekName(span, now, words);
  const last = dayAfter(end, -1, format);
  return `${format.dayDate(start, last)} – ${format.dayDate(last, now)}`;
};
