/** Figures of insights as the user reads them; what comes is in °C, K, kWh and shares. Pure. */
import type { Look } from "../components/context.js";
import type { Format } from "../format/format.js";

type Words = Pick<Look, "format">;

export const NO_BREAK = "\u00a0";
/** What the trade wants of a tank. */
export const SAFE_C = 60;
/** °F in a kelvin. */
export const PER_KELVIN = 1.8;

export const isFahrenheit = ({ units }: Format): boolean =>
  units.temperature === "°F";

/** A temperature as it is drawn on an axis. */
export const degrees = (celsius: number, format: Format): number =>
  isFahrenheit(format) ? celsius * PER_KELVIN + 32 : celsius;

export const difference = (kelvin: number, format: Format): number =>
  isFahrenheit(format) ? kelvin * PER_KELVIN : kelvin;

export const celsius = (
  value: number | null,
  digits: number,
  { format }: Words
): string =>
  format
    .temperature(value === null ? null : degrees(value, format), digits)
    .replace("\u2009", NO_BREAK);

export const kelvin = (
  value: number | null,
  digits: number,
  { format }: Words
): string =>
  value === null
    ? format.number(null, 0)
    : `${format.number(difference(value, format), digits)}${NO_BREAK}${format.units.difference}`;

export const withUnit = (
  value: number | null,
  digits: number,
  unit: string,
  { format }: Words
): string =>
  value === null
    ? format.number(null, 0)
    : `${format.number(value, digits)}${NO_BREAK}${unit}`;

/** kWh of days or of a year: whole ones from ten on. */
export const kwh = (value: number | null, look: Words): string =>
  withUnit(value, value !== null && Math.abs(value) < 10 ? 1 : 0, "kWh", look);

/** "−3 %", "+4 %", of per cent. */
export const signed = (percent: number | null, { format }: Words): string => {
  if (percent === null) return format.number(null, 0);
  const text = format.number(percent, 0);
  const plus = percent > 0 && !/^0\b/.test(text) ? "+" : "";
  return `${plus}${text}${NO_BREAK}%`;
};

/** "25 %" of −25. */
export const size = (percent: number | null, { format }: Words): string =>
  format.percent(percent === null ? null : Math.abs(percent) / 100);
