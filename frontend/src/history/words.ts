/** What periods and their figures are called. Pure. */
import { DAY, monthStart } from "../format/calendar.js";
import type { Look } from "../components/context.js";
import { monthNames } from "./month-names.js";
import type { HistoryPeriod, Unit } from "./period.js";
import { startAfter } from "./period.js";

type Words = Pick<Look, "text" | "format">;

const NOON = DAY / 2;

/** As it begins a line. */
export const capital = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1);

const yearOf = (day: number) => new Date(day).getUTCFullYear();

/** "2025/26" */
export const heatingYear = (start: number): string =>
  `${yearOf(start)}/${String(yearOf(start) + 1).slice(-2)}`;

const dayMonth = (day: number, { format }: Words) =>
  format.dayMonth(format.zone.utc(day + NOON));

const isSameMonth = (one: number, other: number) =>
  monthStart(one) === monthStart(other);

/** "1–28 Nov", "30 Nov – 6 Dec"; where the month comes first both are whole. */
const dates = (start: number, end: number, words: Words) => {
  const last = dayMonth(end - DAY, words);
  if (end - start === DAY) return last;
  const isShort = isSameMonth(start, end - DAY) && /^\d/.test(last);
  return isShort
    ? `${new Date(start).getUTCDate()}–${last}`
    : `${dayMonth(start, words)} – ${last}`;
};

/** The name of a period: "2025/26", "November 2026", "16 – 22 Nov". */
export const nameOf = (
  { unit, start }: HistoryPeriod,
  words: Words
): string => {
  const { text, format } = words;
  switch (unit) {
    case "all":
      return text("history.all");
    case "heating_year":
      return heatingYear(start);
    case "year":
      return String(yearOf(start));
    case "month":
      return capital(monthNames(words).withYear(start));
    case "week":
      return `${dates(start, startAfter("week", start, 1), words)} ${yearOf(start)}`;
    case "day":
      return format.date(format.zone.utc(start + NOON));
  }
};

/** The same inside a sentence: in many languages months are written small. */
export const insideName = (period: HistoryPeriod, words: Words): string =>
  period.unit === "month"
    ? monthNames(words).withYear(period.start)
    : nameOf(period, words);

/** The same where there is little room: "Nov 2025". */
export const shortName = (period: HistoryPeriod, words: Words): string => {
  if (period.unit === "month")
    return monthNames(words).shortWithYear(period.start);
  return nameOf(period, words);
};

/** "Jul 2025 – Jun 2026" beside the name of a year. */
export const datesOf = (period: HistoryPeriod, words: Words): string => {
  if (period.unit !== "heating_year") return "";
  const { shortWithYear } = monthNames(words);
  return `${shortWithYear(period.start)} – ${shortWithYear(startAfter("heating_year", period.start, 1) - DAY)}`;
};

/** Of a running period "1 – 28 Nov 2025": the days that it is compared with. */
export const spanName = (start: number, end: number, words: Words): string =>
  `${dates(start, end, words)} ${yearOf(end - DAY)}`;

export const unitName = (unit: Unit, { text }: Words): string =>
  text(`history.unit.${unit}`);

/** "+14 %", with a real minus, "±0 %". */
export const signedPercent = (
  share: number | null,
  { format }: Words
): string | null => {
  if (share === null) return null;
  const text = format.percent(share);
  return share > 0 && !/^0\b/.test(text) ? `+${text}` : text;
};

export const signed = (
  value: number | null,
  digits: number,
  { format }: Words
): string | null => {
  if (value === null) return null;
  const text = format.number(value, digits);
  return value > 0 && Number(value.toFixed(digits)) !== 0 ? `+${text}` : text;
};

/** As the currency stands beside amounts of it: "kr". */
export const currencyName = (
  currency: string | undefined,
  { format }: Words
): string =>
  currency ? format.money(0, currency).replace(/[\p{Nd}\s]/gu, "") : "";

/** kWh of a period: whole ones from a hundred on. */
export const kwh = (value: number | null, { format }: Words): string =>
  format.number(value, value !== null && Math.abs(value) < 100 ? 1 : 0);
