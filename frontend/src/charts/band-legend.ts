/** The bands of a plot that can be switched, as entries of its legend. Pure. */
import { withAlpha } from "../theme/color.js";
import type { ChartTheme } from "../theme/tokens.js";
import type { BandKey } from "./bands.js";
import { hasBands } from "./bands.js";
import type { TimeView } from "./time-view.js";
import type { LegendItem, ViewInput } from "./types.js";

const swatches = (theme: ChartTheme) =>
  ({
    compressor: withAlpha(theme.compressor, 0.45),
    hot_water: theme.hotWater,
    auxiliary: theme.auxiliary,
    alarm: theme.alarm,
  }) satisfies Record<BandKey, string>;

/** `hotWater` is the band of the charges where something else has their name. */
export const bandEntries = (
  keys: readonly BandKey[],
  { theme, text }: ViewInput,
  hotWater = "hot_water"
): Omit<LegendItem, "hidden" | "value">[] =>
  keys.map((key) => ({
    key,
    name: text(`charts.band.${key === "hot_water" ? hotWater : key}`),
    color: swatches(theme)[key],
    style: key === "auxiliary" ? "hatched" : "square",
  }));

export const visible = (
  keys: readonly BandKey[],
  { hidden }: Pick<ViewInput, "hidden">
): BandKey[] => keys.filter((key) => !hidden.has(key));

/** Those of `keys` the pump reports and a period of this length shows; what is rare, where it was. */
export const switchable = (
  keys: readonly BandKey[],
  { period: { states, length } }: TimeView
): BandKey[] =>
  keys.filter((key) => {
    const shares = states[key === "hot_water" ? "hotWater" : key];
    const rare = key === "auxiliary" || key === "alarm";
    const there = rare ? shares?.some((share) => share > 0) : shares;
    return there && hasBands(key, length);
  });
