/** The seven views, in the order of the page. */
import type { View } from "../data/types.js";
import type {
  BuildView,
  ViewDefinition,
  ViewInput,
  ViewResult,
} from "./types.js";
import { byDays } from "./day-form.js";
import { buildCop } from "./views/cop.js";
import { buildPerformance } from "./views/performance.js";
import { buildPower } from "./views/power.js";
import { buildRuntime } from "./views/runtime.js";
import { buildSankey } from "./views/sankey.js";
import { buildTemperature } from "./views/temperature.js";
import { buildValve } from "./views/valve.js";

const sameInput = (one: ViewInput, other: ViewInput, sized: boolean): boolean =>
  one.snapshot === other.snapshot &&
  one.period === other.period &&
  one.info === other.info &&
  one.theme === other.theme &&
  one.format === other.format &&
  one.text === other.text &&
  (!sized || one.width === other.width) &&
  one.hidden === other.hidden;

/**
 * A card may ask again whenever it draws itself: the same input gives the same object. The width
 * counts only where the picture is `sized`; time charts are arranged when they are drawn.
 */
export const once = (build: BuildView, sized = false): BuildView => {
  let last: { input: ViewInput; result: ViewResult } | null = null;
  return (input) => {
    if (!last || !sameInput(last.input, input, sized)) {
      last = { input: { ...input }, result: build(input) };
    }
    return last.result;
  };
};

const view = (
  key: View,
  build: BuildView,
  sized?: "sized"
): ViewDefinition => ({
  key,
  title: `charts.${key}.title`,
  build: once(byDays(build), sized !== undefined),
});

export const VIEWS: readonly ViewDefinition[] = [
  view("sankey", buildSankey, "sized"),
  view("cop", buildCop),
  view("temperature", buildTemperature),
  view("runtime", buildRuntime),
  view("performance", buildPerformance),
  view("power", buildPower),
  view("valve", buildValve),
];
