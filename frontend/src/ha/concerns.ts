import { usesFahrenheit } from "../data/units.js";
import type { HomeAssistant } from "./types.js";

/** Whether the other says anything that our elements look different for. */
export const concerns = (one: HomeAssistant, other: HomeAssistant): boolean =>
  one.themes !== other.themes ||
  one.locale !== other.locale ||
  one.connection !== other.connection ||
  one.config.time_zone !== other.config.time_zone ||
  usesFahrenheit(one) !== usesFahrenheit(other) ||
  one.user !== other.user;
