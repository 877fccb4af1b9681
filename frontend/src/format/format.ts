/** Numbers, durations and times as the user set them in Home Assistant. Pure. */
import { firstWeekday } from "./first-weekday.js";
import { createZone, hourEdges } from "./zone.js";
import type { Zone } from "./zone.js";

/** The part of `hass.locale` that decides how things are written. */
export interface FormatLocale {
  language: string;
  number_format: string;
  time_format: string;
  date_format: string;
  time_zone: string;
  first_weekday?: string;
}

export type Units =
  | { temperature: "°C"; difference: "K" }
  | { temperature: "°F"; difference: "°F" };

export interface Format {
  /** `digits` decimals, U+2212 as minus, grouped by locale; "–" for no value. */
  number: (value: number | null | undefined, digits: number) => string;
  /** kWh with one decimal, without the unit: "174.1". */
  energy: (kwh: number | null | undefined) => string;
  /** kWh of a period, as sure as its sum can be: "174.1", from 1000 on in tens, "3,960". */
  roughEnergy: (kwh: number | null | undefined) => string;
  /** Of temperatures, which come in it, and of differences between them. */
  units: Units;
  /** With a thin space before the unit: "−7 °C". */
  temperature: (value: number | null | undefined, digits: number) => string;
  /** `share` 0…1 as "76 %". */
  percent: (share: number | null | undefined, digits?: number) => string;
  /** An amount as the locale writes it: "82 kr"; without cents unless `digits` says so. */
  money: (amount: number, currency: string, digits?: number) => string;
  /** Seconds as "17 h 50 min", "34 min". */
  duration: (seconds: number) => string;
  /** The same of a sum over days: from 100 h on "406 h". */
  roughDuration: (seconds: number) => string;
  /** Seconds as "12 s", "5 min", "4 h 22 min", "3 d 4 h". */
  age: (seconds: number) => string;
  /** "13:16" */
  time: (ms: number) => string;
  /** "Thu 22 Jan, 13:16"; with the year where `now` is in another one. */
  dayTime: (ms: number, now?: number) => string;
  /** "Thu 22" */
  day: (ms: number) => string;
  /** "Thu 22 Jan"; with the year where `now` is in another one. */
  dayDate: (ms: number, now?: number) => string;
  /** "22 Jan"; likewise. */
  dayMonth: (ms: number, now?: number) => string;
  /** "22 Jan 2026" */
  date: (ms: number) => string;
  /** Whether the clock has twelve hours. */
  twelveHours: boolean;
  /** What weeks begin with, 0 = Sunday. */
  firstWeekday: number;
  timeZone: string;
  zone: Zone;
  /** Start of the local day that holds `ms`. */
  dayStart: (ms: number) => number;
  /** Moments of `start`…`end` at which the clock shows a multiple of `stepHours`. */
  hourEdges: (start: number, end: number, stepHours: number) => number[];
  /** "Thu 22 Jan, 06:00 – 18:00", with the other day too where it ends on another; likewise. */
  span: (start: number, end: number, now?: number) => string;
}

export const NO_VALUE = "–";
const MINUS = "\u2212";
const THIN_SPACE = "\u2009";
const NO_BREAK_SPACE = "\u00a0";

const NUMBER_LOCALES: Record<string, string[] | undefined> = {
  comma_decimal: ["en-US"],
  decimal_comma: ["de"],
  space_comma: ["fr"],
  quote_decimal: ["de-CH"],
  none: ["en-US"],
  system: undefined,
};

const numberLocale = ({ number_format, language }: FormatLocale) =>
  number_format in NUMBER_LOCALES ? NUMBER_LOCALES[number_format] : [language];

const clockLocales = ({ language, time_format }: FormatLocale) =>
  time_format === "system" ? undefined : [language];

const hasTwelveHours = (locale: FormatLocale): boolean => {
  const { time_format } = locale;
  if (time_format === "12" || time_format === "24") return time_format === "12";
  const usual = new Intl.DateTimeFormat(clockLocales(locale), {
    hour: "numeric",
  });
  return usual.resolvedOptions().hour12 === true;
};

/** Two digits for the hour on a clock of 24 hours, as many as it takes on one of 12. */
const createClock = (
  locale: FormatLocale,
  timeZone: string
): Intl.DateTimeFormat => {
  const twelve = hasTwelveHours(locale);
  return new Intl.DateTimeFormat(clockLocales(locale), {
    timeZone,
    hour: twelve ? "numeric" : "2-digit",
    minute: "2-digit",
    hourCycle: twelve ? "h12" : "h23",
  });
};

/** So many decimals, and no sign before nothing. */
const rounded = (digits: number) =>
  ({
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "negative",
  }) as const;

/** Of currencies that nobody knows the plain number is shown with their name. */
const money = (
  locale: FormatLocale,
  amount: number,
  currency: string,
  digits: number
): string => {
  const options = rounded(digits);
  const locales = numberLocale(locale);
  try {
    const style = { style: "currency", currency } as const;
    return new Intl.NumberFormat(locales, {
      ...style,
      ...options,
      currencyDisplay: "narrowSymbol",
    }).format(amount);
  } catch {
    const number = new Intl.NumberFormat(locales, options).format(amount);
    return `${number}${NO_BREAK_SPACE}${currency}`;
  }
};

/** kWh; of so many nobody knows the single ones. */
const MANY_KWH = 1000;
/** 100 h: of so many the minutes say nothing. */
const LONG_S = 360_000;

const whole = (value: number) => String(Math.floor(value));

const duration = (seconds: number): string => {
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = String(minutes % 60).padStart(2, "0");
  return `${whole(minutes / 60)} h ${rest} min`;
};

/** "7 h" and "30 min", the second left out where there is none of it. */
const joined = (large: string, small: number, unit: string): string =>
  small >= 1 ? `${large} ${whole(small)} ${unit}` : large;

const age = (seconds: number): string => {
  const passed = Math.max(0, seconds);
  if (passed < 60) return `${whole(passed)} s`;
  if (passed < 3600) return `${whole(passed / 60)} min`;
  const hours = Math.floor(passed / 3600);
  if (hours < 24) return joined(`${hours} h`, (passed % 3600) / 60, "min");
  return joined(`${whole(hours / 24)} d`, hours % 24, "h");
};

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

/** Names of the day's parts; the order is ours, since no locale option gives "Thu 22". */
const dayParts = (language: string, timeZone: string) => {
  const names = new Intl.DateTimeFormat(language, {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  return (ms: number): Required<Pick<Parts, "weekday" | "day">> & Parts => {
    const parts: Parts = {};
    for (const { type, value } of names.formatToParts(ms)) {
      parts[type] = value.replace(/\.$/, "");
    }
    return { weekday: "", day: "", ...parts };
  };
};

/** Languages whose numbers stand between marks of direction, or in digits of their own. */
const FROM_THE_RIGHT = /^(ar|ckb|dv|fa|he|iw|ps|sd|ug|ur|yi)\b/i;

/** Numbers are written as in the user's language, but never against the direction of our texts. */
const leftToRight = (locale: FormatLocale): FormatLocale =>
  FROM_THE_RIGHT.test(locale.language) ? { ...locale, language: "en" } : locale;

/**
 * `serverZone` is `hass.config.time_zone`; the browser's zone holds where the user chose "local".
 * Days and months have the names of the language that the texts are in, `spoken`.
 */
export const createFormat = (
  given: FormatLocale,
  serverZone: string,
  fahrenheit = false,
  spoken = given.language
): Format => {
  const locale = leftToRight(given);
  const units: Units = fahrenheit
    ? { temperature: "°F", difference: "°F" }
    : { temperature: "°C", difference: "K" };
  const timeZone =
    locale.time_zone === "server"
      ? serverZone
      : Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = createZone(timeZone);
  const formats = new Map<number, Intl.NumberFormat>();
  const numbers = (digits: number): Intl.NumberFormat => {
    let format = formats.get(digits);
    if (!format) {
      format = new Intl.NumberFormat(numberLocale(locale), {
        ...rounded(digits),
        useGrouping: locale.number_format !== "none",
      });
      formats.set(digits, format);
    }
    return format;
  };
  const clock = createClock(locale, timeZone);
  const parts = dayParts(spoken, timeZone);
  const monthFirst = locale.date_format === "MDY";

  const number: Format["number"] = (value, digits) =>
    value == null || !Number.isFinite(value)
      ? NO_VALUE
      : numbers(digits).format(value).replace("-", MINUS);
  const time: Format["time"] = (ms) => clock.format(ms);
  const dayAndMonth = (ms: number) => {
    const { day, month = "" } = parts(ms);
    return monthFirst ? `${month} ${day}` : `${day} ${month}`;
  };
  const date = (ms: number) => `${dayAndMonth(ms)} ${parts(ms).year ?? ""}`;
  const dayMonth = (ms: number, now = ms) =>
    parts(ms).year === parts(now).year ? dayAndMonth(ms) : date(ms);
  const dayDate = (ms: number, now = ms) =>
    `${parts(ms).weekday} ${dayMonth(ms, now)}`;
  const dayTime = (ms: number, now = ms) => `${dayDate(ms, now)}, ${time(ms)}`;
  const withUnit = (text: string, space: string, unit: string) =>
    text === NO_VALUE ? text : text + space + unit;

  return {
    units,
    number,
    energy: (kwh) => number(kwh, 1),
    roughEnergy: (kwh) =>
      kwh != null && Math.abs(kwh) >= MANY_KWH
        ? number(Math.round(kwh / 10) * 10, 0)
        : number(kwh, 1),
    temperature: (value, digits) =>
      withUnit(number(value, digits), THIN_SPACE, units.temperature),
    percent: (share, digits = 0) =>
      withUnit(
        number(share == null ? share : share * 100, digits),
        NO_BREAK_SPACE,
        "%"
      ),
    money: (amount, currency, digits = 0) =>
      money(locale, amount, currency, digits),
    duration,
    roughDuration: (seconds) =>
      seconds >= LONG_S
        ? `${numbers(0).format(seconds / 3600)} h`
        : duration(seconds),
    age,
    time,
    dayTime,
    day: (ms) => `${parts(ms).weekday} ${parts(ms).day}`,
    dayDate,
    dayMonth,
    date,
    twelveHours: hasTwelveHours(locale),
    firstWeekday: firstWeekday(given.language, given.first_weekday),
    timeZone,
    zone,
    dayStart: zone.dayStart,
    hourEdges: (start, end, stepHours) =>
      hourEdges(zone, start, end, stepHours),
    span: (start, end, now = end) => {
      const sameDay = zone.dayStart(start) === zone.dayStart(end);
      const stop = sameDay ? time(end) : dayTime(end, now);
      return `${dayTime(start, now)} ${NO_VALUE} ${stop}`;
    },
  };
};
