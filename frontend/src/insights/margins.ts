/** How sure figures are, as the user reads it. Pure. */
import type { Look } from "../components/context.js";
import { NO_BREAK, PER_KELVIN, isFahrenheit } from "./quantities.js";

type Words = Pick<Look, "format">;

const PLUS_MINUS = "±";

/** kW of each degree of cold. */
export const perDegree = (value: number | null, { format }: Words): string => {
  const each =
    value !== null && isFahrenheit(format) ? value / PER_KELVIN : value;
  return format.number(each, 2);
};

/**
 * "± 3 %", of twice the standard error, in which it is with 95 % certainty; nothing where that is
 * below the last digit shown.
 */
export const margin = (written: string): string =>
  /[1-9]/.test(written) ? `${PLUS_MINUS}${NO_BREAK}${written}` : "";

/** As what stands beside a figure. */
export const beside = (written: string): string => written && `~${written}~`;

export const twice = (scatter: number | null): number | null =>
  scatter === null ? null : 2 * scatter;
