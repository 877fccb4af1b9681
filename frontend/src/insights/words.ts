/** The sentences of answers, from their codes and numbers. Pure. */
import { OWN as OF_CHECKS, found, valuesOf } from "./check-words.js";
import type { Own, Told, Values, Words } from "./check-words.js";
import { calibrationValues, calibrationVariant } from "./calibration-words.js";
import { changeValues, changeVariant } from "./change-words.js";
import { beside, margin, perDegree, twice } from "./margins.js";
import { celsius, kelvin, kwh, size, withUnit } from "./quantities.js";
import { numberOf } from "./types.js";
import type { Insight } from "./types.js";

export const money = (
  value: number | null,
  digits: number,
  { look, info }: Words
): string | null =>
  value === null || !info.settings.currency
    ? null
    : look.format.money(value, info.settings.currency, digits);

const scatterOf = (told: Told): number | null =>
  "scatter" in told ? twice(told.scatter) : null;

const OWN: Partial<Record<string, Own>> = {
  ...OF_CHECKS,
  calibration: calibrationValues,
  change: changeValues,
  cop: ({ params }, { look }) => {
    const since = numberOf(params, "since");
    const told = since === null ? "" : "_since";
    const date = since === null ? "" : look.format.date(since);
    return {
      hotter: kelvin(numberOf(params, "hot_gas_change"), 0, look),
      gives: look.text(`insights.cop.gives${told}`, { date }),
      heats: look.text(`insights.cop.heats${told}`, { date }),
    };
  },
  curve: ({ value, params }, { look }) => {
    const [indoor, room] = [
      numberOf(params, "indoor"),
      numberOf(params, "room"),
    ];
    return {
      kelvin: kelvin(Math.abs(numberOf(params, "shift") ?? 1), 0, look),
      share: look.format.percent((value ?? 0) / 100, 1),
      indoor: celsius((indoor ?? 0) - (room ?? 0), 1, look),
      over: kelvin(numberOf(params, "over"), 0, look),
      minutes: look.format.number(numberOf(params, "minutes"), 0),
    };
  },
  house: (told, { look }) => {
    const error = scatterOf(told);
    const isChecked = !("scale" in told) || told.scale !== null;
    const sure = isChecked
      ? margin(perDegree(error, look))
      : look.text("insights.unchecked");
    return {
      kw: perDegree(told.value, look),
      beside: sure && ` ${beside(sure)}`,
      reserve: celsius(numberOf(told.params, "reserve"), 0, look),
      design: celsius(numberOf(told.params, "design_temp"), 0, look),
    };
  },
  money: ({ value, params }, words) => {
    const price = (key: string) =>
      money(numberOf(params, key), 2, words) ??
      words.look.format.number(numberOf(params, key), 2);
    return {
      ...{ paid: price("paid"), flat: price("flat") },
      less: size(100 * ((value ?? 1) - 1), words.look),
      total: money(numberOf(params, "cost"), 0, words) ?? "",
    };
  },
  year: ({ value, params }, { look, info }) => {
    const { boundary } = info.settings;
    return {
      contains: boundary ? look.text(`explain.contains.${boundary}`) : "",
      cop: look.format.number(value, 2),
      less: size(100 * (numberOf(params, "change") ?? 0), look),
      kwh: kwh(numberOf(params, "electricity"), look),
      grams: withUnit(numberOf(params, "co2_per_kwh"), 0, "g/kWh", look),
    };
  },
};

/** All that the sentences of an answer may say. */
export const valuesIn = (insight: Insight, words: Words): Values => {
  const { format } = words.look;
  const error = scatterOf(insight);
  const cost = money(numberOf(insight.params, "cost"), 0, words);
  return {
    n: insight.n ?? 0,
    error: error === null ? "" : beside(margin(format.percent(error / 100))),
    cost: cost === null ? "" : `, *${cost}*`,
    ...valuesOf(insight, words, OWN),
  };
};

/** What the slider of the curve says: so many kelvin lower or higher, in proportion. */
export const moved = <Of extends Insight>(insight: Of, shift: number): Of => {
  const { id, code, value, params } = insight;
  const room = numberOf(params, "room");
  if (id !== "curve" || code !== "lower" || value === null || room === null)
    return insight;
  return {
    ...insight,
    code: shift < 0 ? "lower" : shift > 0 ? "higher" : "as_is",
    value: value * Math.abs(shift),
    params: { ...params, shift, room: room * -shift },
  };
};

/** Within this of the mean a price is the mean. */
const SAME_PRICE = 0.01;

/** Codes whose sentence depends on a number have more than one. */
const variant = (insight: Insight): string => {
  const { id, code, value, params } = insight;
  if (id === "calibration") return calibrationVariant(insight);
  if (id === "change") return changeVariant(insight);
  if (id === "cop" && params.cause) return `${code}_${String(params.cause)}`;
  if (code === "timing" && value !== null) {
    if (value > 1 + SAME_PRICE) return "timing_dear";
    return value < 1 - SAME_PRICE ? "timing" : "timing_same";
  }
  if (id === "house" && numberOf(params, "reserve") === null)
    return `${code}_alone`;
  if (code === "scop" && numberOf(params, "change") !== null)
    return (numberOf(params, "change") ?? 0) < 0 ? "scop_less" : "scop_more";
  if (code === "daily" && numberOf(params, "electricity") === null)
    return "daily_heat";
  return code;
};

/** The answer in a sentence, with its marks. */
export const sentenceOf = (insight: Insight, words: Words): string => {
  const { id, code } = insight;
  const keys = [variant(insight), code].map(
    (each) => `insights.answer.${id}.${each}`
  );
  return (
    found(
      words,
      [...keys, `insights.answer.any.${code}`],
      valuesIn(insight, words)
    ) ?? words.look.text("insights.answer.any.other")
  );
};

/** What would help where nothing can be said. */
export const helpOf = (insight: Insight, words: Words): string => {
  const { id, code } = insight;
  return (
    found(
      words,
      [`insights.help.${id}.${code}`, `insights.help.${code}`],
      valuesIn(insight, words)
    ) ?? ""
  );
};
