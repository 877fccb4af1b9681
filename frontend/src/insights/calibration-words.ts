/** What is said of flow factors by method: the one in use, each other, and what they say together. Pure. */
import type { Own, Words } from "./check-words.js";
import { found } from "./check-words.js";
import type { DetailRow } from "./detail.js";
import { beside, margin, twice } from "./margins.js";
import { NO_BREAK, kelvin, signed } from "./quantities.js";
import { cell, numberOf } from "./types.js";
import type { Insight, Params, Row } from "./types.js";

const DIGITS = 2;

const factorText = (value: number | null, { look }: Words): string =>
  look.format.number(value, DIGITS);

/** What a method is called. */
export const methodName = (method: unknown, { look: { text } }: Words) =>
  text(
    method === "together"
      ? "insights.calibration.together"
      : `insights.calibration.method.${String(method)}`
  );

/** Whose figure it is: "3 methods agree", or the method. */
const saidBy = (params: Params, n: number, words: Words): string =>
  params.method === "together"
    ? words.look.text("insights.calibration.agree", { count: n })
    : methodName(params.method, words);

export const calibrationValues: Own = (told, words) => {
  const { value, params } = told;
  const { format, text } = words.look;
  const [scatter, scale, n] =
    "n" in told ? [told.scatter, told.scale, told.n ?? 0] : [null, null, 0];
  const error = twice(scatter);
  const tooHigh = numberOf(params, "too_high") ?? 0;
  return {
    by: value === null ? "" : saidBy(params, n, words),
    factor: factorText(value, words),
    error:
      error === null || !value
        ? ""
        : beside(margin(format.percent(error / value))),
    used: factorText(numberOf(params, "in_use"), words),
    size: format.percent(Math.abs(tooHigh) / 100),
    too: text(`insights.calibration.${tooHigh < 0 ? "low" : "high"}`),
    right: margin(format.percent(scale)),
  };
};

/** The sentence of a factor that somebody has checked, where nothing is beside it. */
export const calibrationVariant = ({ code, value }: Insight): string =>
  value === null ? `${code}_alone` : code;

export const calibrationCells = (
  { value, params }: Insight,
  words: Words
): [string, string | null][] => {
  const tooHigh = numberOf(params, "too_high");
  const used = numberOf(params, "in_use");
  const offset = numberOf(params, "offset");
  return [
    ["in_use", used === null ? null : factorText(used, words)],
    ["says", value === null ? null : factorText(value, words)],
    ["too_high", tooHigh === null ? null : signed(tooHigh, words.look)],
    ["offset", offset === null ? null : kelvin(offset, 1, words.look)],
  ];
};

/** A row for each method: what it says and of what, or what it would take. */
export const methodRows = (rows: readonly Row[], words: Words): DetailRow[] =>
  rows.map((row) => {
    const { method, code } = row;
    const [factor, sigma] = [cell(row, "factor"), cell(row, "sigma")];
    const { text, format } = words.look;
    const error = margin(format.number(twice(sigma), DIGITS));
    const name = methodName(method, words);
    const count = cell(row, "count") ?? 0;
    return factor === null
      ? {
          name,
          how: text(`insights.calibration.wants.${String(method)}`),
          value: text(`insights.calibration.why.${String(code)}`),
        }
      : {
          name,
          how:
            found(words, [`insights.calibration.of.${String(method)}`], {
              count,
              n: format.number(count, 0),
            }) ?? "",
          value: [factorText(factor, words), error].join(NO_BREAK),
        };
  });
