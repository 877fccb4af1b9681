/** What is said of a setting that was changed: which, when, and what became of the house. Pure. */
import { PLAIN, settingName } from "../data/settings.js";
import type { Own, Values, Words } from "./check-words.js";
import { celsius, kelvin, signed, size } from "./quantities.js";
import { numberOf } from "./types.js";
import type { Insight, Params } from "./types.js";

const valueText = (
  { setting }: Params,
  value: number | null,
  { look }: Words
): string => {
  const digits = Number.isInteger(value) ? 0 : 1;
  return PLAIN.includes(String(setting))
    ? look.format.number(value, digits)
    : celsius(value, digits, look);
};

/** "from 40 °C to 38 °C" */
const fromTo = (params: Params, words: Words): string => {
  const [from, to] = ["from", "to"].map((key) =>
    valueText(params, numberOf(params, key), words)
  ) as [string, string];
  return words.look.text("events.from_to", { from, to });
};

/** In weeks to and fro: the value that was tried, and the usual one. */
const triedValues = (params: Params, words: Words): Values => {
  const [from, to, tried] = ["from", "to", "tried"].map((key) =>
    numberOf(params, key)
  ) as [number | null, number | null, number | null];
  const other = tried === to ? from : to;
  return {
    tried: valueText(params, tried, words),
    other: valueText(params, other, words),
  };
};

/** What the rooms have to do with it, where they are not as warm as before. */
const roomsText = (indoor: number | null, { look }: Words): string => {
  if (indoor === null) return "";
  const said = kelvin(Math.abs(indoor), 1, look);
  return /[1-9]/.test(said)
    ? look.text(`insights.change.rooms_${indoor > 0 ? "warmer" : "cooler"}`, {
        kelvin: said,
      })
    : "";
};

const beforeText = (params: Params): string => {
  if (params.method === "experiment") return "weeks";
  if (params.sun === true) return "season";
  return params.last_year === true ? "year_before" : "just_before";
};

/** What no setting tells of. */
const isOwn = ({ setting }: Params): boolean => setting === undefined;

/** "curve" has a name of its own among the events. */
export const changedName = (params: Params, { look }: Words): string =>
  isOwn(params)
    ? look.text("insights.change.own")
    : settingName({ setting: String(params.setting) }, look.text);

/** "Heat curve, from 40 °C to 38 °C" */
const changedText = (params: Params, words: Words): string => {
  const name = changedName(params, words);
  return isOwn(params) ? name : `${name}, ${fromTo(params, words)}`;
};

export const changeValues: Own = ({ params }, words) => {
  const { look } = words;
  const { text, format } = look;
  const number = (key: string) => numberOf(params, key);
  const changed = number("changed");
  const apart = number("apart");
  const measure = params.measure === "heat" ? "heat" : "electricity";
  const What = measure === "heat" ? "Heat" : "Electricity";
  const others = number("others") ?? 0;
  return {
    ...triedValues(params, words),
    setting: changedName(params, words),
    changed: changedText(params, words),
    date: changed === null ? "" : format.date(changed),
    what: text(`insights.change.${measure}`),
    What: text(`insights.change.${What}`),
    rooms: roomsText(number("indoor"), words),
    least: size(number("least"), look),
    apart: kelvin(apart === null ? null : Math.abs(apart), 0, look),
    warmer: text(`insights.change.${(apart ?? 0) < 0 ? "colder" : "warmer"}`),
    when: text(`insights.change.${beforeText(params)}`),
    others: others ? text("insights.change.others", { count: others }) : "",
  };
};

/** Weeks to and fro have sentences of their own. */
export const changeVariant = ({ code, params }: Insight): string =>
  params.method === "experiment" ? `${code}_weeks` : code;

export const changeCells = (
  { value, params }: Insight,
  words: Words
): [string, string | null][] => {
  const { look } = words;
  const [heat, indoor, part] = ["heat", "indoor", "indoor_share"].map((key) =>
    numberOf(params, key)
  ) as [number | null, number | null, number | null];
  const count = (key: string) => {
    const days = numberOf(params, key);
    return days === null ? null : look.format.number(days, 0);
  };
  const sign = (indoor ?? 0) > 0 ? "+" : "";
  return [
    ["setting", isOwn(params) ? null : fromTo(params, words)],
    ["effect", value === null ? null : signed(value, look)],
    [
      "heat",
      params.measure === "heat" || heat === null ? null : signed(heat, look),
    ],
    ["rooms", indoor === null ? null : `${sign}${kelvin(indoor, 1, look)}`],
    ["rooms_part", part === null ? null : look.format.percent(part)],
    ["least", size(numberOf(params, "least"), look)],
    ["before", count("days_before")],
    ["after", count("days_after")],
    ["blocks", count("blocks")],
  ];
};
