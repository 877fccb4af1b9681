/** What checks and the verdict say, from their codes and numbers. Pure. */
import type { Look } from "../components/context.js";
import type { PumpInfo } from "../data/types.js";
import { SAFE_C, celsius, kelvin, kwh, signed, size } from "./quantities.js";
import { numberOf } from "./types.js";
import type { Check, Insight, Verdict } from "./types.js";

export interface Words {
  look: Pick<Look, "text" | "format">;
  info: Pick<PumpInfo, "settings">;
}

export type Values = Record<string, string | number>;
export type Told = Insight | Check;

/** Metrics that have another name where they are shown. */
const METRIC_NAMES: Partial<Record<string, string>> = {
  auxiliary_power: "auxiliary",
};

/** What a reading is called that something needs. */
export const metricName = ({ params }: Told, { look }: Words): string => {
  const metric = String(params.metric ?? "");
  return look.text(`name.${METRIC_NAMES[metric] ?? metric}`);
};

/** The text of the first key that there is, null where there is none. */
export const found = (
  { look: { text } }: Words,
  keys: readonly string[],
  values: Values = {}
): string | null => {
  for (const key of keys) {
    const sentence = text(key, values);
    if (sentence !== key) return sentence;
  }
  return null;
};

/** What every sentence may say. */
const common = (told: Told, words: Words): Values => {
  const { look } = words;
  const { value, params } = told;
  const number = (key: string) => numberOf(params, key);
  return {
    metric: metricName(told, words),
    count: number("missing") ?? number("count") ?? Math.round(value ?? 0),
    change: signed(value, look),
    size: size(value, look),
    limit: "limit" in told ? look.format.number(told.limit, 0) : "",
    safe: celsius(number("safe") ?? SAFE_C, 0, look),
  };
};

export type Own = (told: Told, words: Words) => Values;

/** What only the sentences of some say. */
export const OWN: Partial<Record<string, Own>> = {
  alarm: ({ params }, { look }) => ({
    alarm: numberOf(params, "alarm")
      ? String(params.alarm)
      : look.text("insights.no_code"),
  }),
  data: ({ value }, { look: { format } }) => ({
    share: format.percent((value ?? 0) / 100, (value ?? 0) < 99.95 ? 1 : 0),
  }),
  brine: (told, { look }) => temperatures(told, look),
  room: (told, { look }) => temperatures(told, look),
  ground: ({ params }, { look }) => ({
    colder: kelvin(-(numberOf(params, "drift") ?? 0), 1, look),
  }),
  heater: ({ code, value, params }, { look }) => {
    const share = numberOf(params, "share");
    const total = numberOf(params, "total") ?? value;
    return {
      kwh: kwh(total, look),
      // What its cause alone took.
      own: kwh(numberOf(params, `${code}_kwh`), look),
      mild: kwh(numberOf(params, "mild"), look),
      at_5: celsius(-5, 0, look),
      share: share === null ? kwh(total, look) : look.format.percent(share, 1),
    };
  },
  hot_water: ({ value, params }, { look }) => ({
    heat: kwh(value, look),
    electricity: kwh(numberOf(params, "electricity"), look),
    days: Math.round(numberOf(params, "days_since_60") ?? value ?? 0),
    low: celsius(numberOf(params, "celsius"), 0, look),
  }),
  cycling: ({ value, params }, { look }) => ({
    starts: look.format.number(numberOf(params, "runs_a_day"), 0),
    minutes: look.format.number(value, 0),
  }),
  plausible: ({ value, params }, { look: { format } }) => {
    const heat = numberOf(params, "heat");
    const cop = `COP ${format.number(value, 1)}`;
    return { cop: heat === null ? cop : `${format.number(heat, 1)} kW` };
  },
  sensor_pair: ({ value }, { look }) => ({
    apart: kelvin(value === null ? null : Math.abs(value), 1, look),
  }),
};

const temperatures = (told: Told, look: Words["look"]): Values => ({
  celsius: celsius(told.value, 1, look),
  limit: celsius("limit" in told ? told.limit : null, 0, look),
});

export const valuesOf = (told: Told, words: Words, own = OWN): Values => ({
  ...common(told, words),
  ...own[told.id]?.(told, words),
});

/** Some are of something else where less is known. */
export const checkName = ({ id, code }: Check, words: Words): string => {
  const keys = [`name_${code}`, "name"].map((k) => `insights.check.${id}.${k}`);
  const values = { safe: celsius(SAFE_C, 0, words.look) };
  return found(words, keys, values) ?? id;
};

/** What a tile says of a check: a figure or a word. */
export const checkValue = (check: Check, words: Words): string => {
  const { id, code } = check;
  const values = valuesOf(check, words);
  const learning =
    code === "days" && numberOf(check.params, "missing") !== null;
  const keys = learning ? ["insights.check.any.days_left"] : [];
  return (
    found(
      words,
      [
        ...keys,
        `insights.check.${id}.${code}`,
        `insights.check.any.${code}`,
        ...(check.state === "unknown" || check.state === "learning"
          ? ["insights.check.any.unknown"]
          : [`insights.check.${id}.other`]),
      ],
      values
    ) ?? ""
  );
};

/** What is to be done about a check that found something, with its marks. */
export const todoOf = (check: Check, words: Words): string =>
  found(
    words,
    [
      `insights.todo.${check.id}.${check.code}`,
      `insights.todo.${check.id}.other`,
    ],
    valuesOf(check, words)
  ) ?? `*${checkName(check, words)}: ${checkValue(check, words)}.*`;

export interface VerdictWords {
  title: string;
  /** With its marks. */
  sentence: string;
}

/** Checks that a verdict names, the worst first. */
export const namedChecks = ({ named, checks }: Verdict): Check[] =>
  named.flatMap((id) => checks.filter((check) => check.id === id));

const ESSENTIAL: readonly string[] = ["alarm", "data", "cop"];

const isMade = ({ state }: Check): boolean =>
  state !== "unknown" && state !== "learning";

const calmSentence = (verdict: Verdict, words: Words): string => {
  const { text } = words.look;
  const { made, of, code } = verdict;
  const missing = verdict.checks.filter(
    (check) => ESSENTIAL.includes(check.id) && !isMade(check)
  );
  const checks = missing
    .map((check) => `${checkName(check, words)}: ${checkValue(check, words)}`)
    .join(" · ");
  return text(`insights.verdict.${code}.sentence`, { made, of, checks });
};

/** The verdict in a headline and a sentence. */
export const verdictWords = (verdict: Verdict, words: Words): VerdictWords => {
  const { state, checks } = verdict;
  // Of both nothing is known yet.
  const code = state === "learning" ? "unknown" : verdict.code;
  const named = namedChecks(verdict);
  const count = checks.filter((check) => check.state === state).length;
  const key = `insights.verdict.${code}.title`;
  const title = found(words, [`${key}_${count}`, key], { count }) ?? "";
  const sentence = named.length
    ? named.map((check) => todoOf(check, words)).join(" ")
    : calmSentence({ ...verdict, code }, words);
  return { title, sentence };
};

const STRONG = /\*([^*]+)\*/;

/** The same in one line: the headline, and what it is about. */
export const verdictLine = (
  verdict: Verdict,
  words: Words
): { title: string; rest: string } => {
  const { title, sentence } = verdictWords(verdict, words);
  const [, first = ""] = STRONG.exec(sentence) ?? [];
  const { made, of } = verdict;
  return {
    title,
    rest: first || words.look.text("insights.made", { made, of }),
  };
};

/** What its element is called that shows it. */
export const stateOf = ({
  state,
}: Verdict): "ready" | "learning" | "unknown" =>
  state === "unknown" || state === "learning" ? state : "ready";
