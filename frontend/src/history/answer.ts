/** The first sentence of the page and the bridge below it. Pure. */
import type { Look } from "../components/context.js";
import { paidForHeat } from "./figures.js";
import { whyNone } from "./model.js";
import type { HistoryModel } from "./model.js";
import { startAfter } from "./period.js";
import { FEWEST_DAYS } from "./same-weather.js";
import type { SameWeather } from "./same-weather.js";
import { monthNames } from "./month-names.js";
import { kwh, shortName, spanName } from "./words.js";

/** Less is written as 0 %. */
const LEAST_SHARE = 0.005;

type Words = Pick<Look, "text" | "format">;

/** How the difference at the same weather is judged; "chance" where it is too small to be. */
export type Verdict = "better" | "worse" | "chance";

export interface Step {
  key: "before" | "weather" | "rest" | "after";
  name: string;
  label: string;
  /** kWh, from the ground up. */
  from: number;
  to: number;
  /** kWh, two standard errors. */
  whisker?: number;
}

export interface Answer {
  title: string;
  /** "3 % less" */
  value: string;
  unit: string;
  /** "± 1.4" */
  margin: string;
  verdict: Verdict | null;
  sentence: string;
  steps: Step[];
  /** Without a comparison: what was bought and what came from the ground, kWh. */
  parts: { bought: string; free: string; share: number } | null;
  /** Why there is no more to say. */
  note: string;
}

const verdictOf = ({ isTold, rest }: SameWeather): Verdict => {
  if (!isTold) return "chance";
  return rest < 0 ? "better" : "worse";
};

/** "3 % less", "2 % more" */
const moreOrLess = (share: number, { text, format }: Words): string =>
  text(share < 0 ? "history.less" : "history.more", {
    share: format.percent(Math.abs(share)),
  });

/** Nobody uses "0 % less". */
const isNothing = (share: number): boolean => Math.abs(share) < LEAST_SHARE;

/** What the period is compared with: its name, or the days of it that are. */
export const beforeName = (
  { other, sameDays }: Pick<HistoryModel, "other" | "sameDays">,
  words: Words
): string => {
  if (!other) return "";
  return sameDays && sameDays.end < startAfter(other.unit, other.start, 1)
    ? spanName(sameDays.start, sameDays.end, words)
    : shortName(other, words);
};

/** The same of the period: of March its first 28 days beside February. */
const afterName = (
  { period, elapsed: { start, end }, sameDays }: HistoryModel,
  words: Words
): string => {
  const last = sameDays ? start + sameDays.end - sameDays.start : end;
  return last < end ? spanName(start, last, words) : shortName(period, words);
};

const sentenceOf = (
  model: HistoryModel,
  weather: SameWeather,
  words: Words
): string => {
  const { text, format } = words;
  const { colder } = weather;
  const more = weather.after / weather.before - 1;
  const used = isNothing(more)
    ? text("history.as_much")
    : moreOrLess(more, words);
  const values = {
    before: beforeName(model, words),
    used,
    same: isNothing(weather.share)
      ? text("history.as_much")
      : moreOrLess(weather.share, words),
    colder: format.percent(Math.abs(colder ?? 0)),
  };
  const alike = isNothing(more) ? "equal" : "same";
  const isAlike = colder === null || isNothing(colder);
  const season = isAlike ? alike : colder < 0 ? "milder" : "colder";
  const end = weather.isTold ? "told" : "chance";
  return `${text(`history.answer.${season}`, values)} ${text(`history.answer.${end}`, values)}`;
};

const stepsOf = (
  model: HistoryModel,
  weather: SameWeather,
  words: Words
): Step[] => {
  const { text } = words;
  const { before, after, rest, error } = weather;
  const middle = before + weather.weather;
  const change = (value: number) => (value > 0 ? "+" : "") + kwh(value, words);
  return [
    {
      ...{ key: "before", from: 0, to: before },
      ...{ name: beforeName(model, words), label: kwh(before, words) },
    },
    {
      ...{ key: "weather", from: before, to: middle },
      ...{ name: text("history.weather"), label: change(weather.weather) },
    },
    {
      ...{ key: "rest", from: middle, to: after, whisker: 2 * error },
      ...{ name: text("history.rest"), label: change(rest) },
    },
    {
      ...{ key: "after", from: 0, to: after },
      ...{ name: afterName(model, words), label: kwh(after, words) },
    },
  ];
};

const noteOf = (model: HistoryModel, { text }: Words): string => {
  if (!model.figures) return text(whyNone(model));
  return model.other
    ? text("history.answer.too_few", { count: FEWEST_DAYS })
    : "";
};

/** Without a comparison the period speaks for itself. */
const plainAnswer = (model: HistoryModel, words: Words): Answer => {
  const { figures, period } = model;
  const { text, format } = words;
  const heat = figures?.heat ?? null;
  const electricity = figures?.electricity ?? null;
  const paid = figures && paidForHeat(figures);
  const free = heat !== null && paid !== null && heat > paid;
  const hasHeat = heat !== null && paid !== null && paid > 0;
  return {
    title:
      period.unit === "all"
        ? text("history.answer.title_all", {
            month: monthNames(words).withYear(model.first),
          })
        : text("history.answer.title_plain", {
            period: shortName(period, words),
          }),
    value: kwh(electricity, words),
    unit: electricity === null ? "" : "kWh",
    margin: "",
    verdict: null,
    sentence: hasHeat
      ? text(free ? "history.answer.plain" : "history.answer.dear", {
          heat: kwh(heat, words),
          electricity: kwh(paid, words),
          share: format.percent(free ? 1 - paid / heat : 0),
        })
      : "",
    steps: [],
    parts: free
      ? {
          bought: kwh(paid, words),
          free: kwh(heat - paid, words),
          share: paid / heat,
        }
      : null,
    note: noteOf(model, words),
  };
};

export const answerOf = (model: HistoryModel, words: Words): Answer => {
  const { weather } = model;
  if (!weather) return plainAnswer(model, words);
  const { text, format } = words;
  const { days = 0, leftOut = 0 } = model.readOnBoth ?? {};
  const left = days + leftOut - weather.days;
  return {
    title: text("history.answer.title"),
    value: isNothing(weather.share)
      ? format.percent(0)
      : moreOrLess(weather.share, words),
    unit: "",
    margin: `± ${format.number(200 * weather.shareError, weather.shareError < 0.025 ? 1 : 0)}`,
    verdict: verdictOf(weather),
    sentence: sentenceOf(model, weather, words),
    steps: stepsOf(model, weather, words),
    parts: null,
    note: left > 0 ? text("history.answer.left_out", { count: left }) : "",
  };
};
