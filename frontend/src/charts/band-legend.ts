/** The bands of a plot that can be switched, as entries of its legend. Pure. */
import { settingsOf } from "../data/settings.js";
import { withAlpha } from "../theme/color.js";
import type { ChartTheme } from "../theme/tokens.js";
import type { BandKey } from "./bands.js";
import { hasBands, SETTING } from "./bands.js";
import type { TimeView } from "./time-view.js";
import type { LegendItem, ViewInput } from "./types.js";

const swatches = (theme: ChartTheme) =>
  ({
    compressor: withAlpha(theme.compressor, 0.45),
    hot_water: theme.hotWater,
    auxiliary: theme.auxiliary,
    alarm: theme.alarm,
  }) satisfies Record<BandKey, string>;

type Entry = Omit<LegendItem, "hidden" | "value">;

/** Of the bands, and of the marks of changed settings where there are some. */
export const bandEntries = (
  keys: readonly BandKey[],
  { theme, text, period }: ViewInput
): Entry[] => {
  const entries = keys.map((key): Entry => ({
    key,
    name: text(`name.${key === "hot_water" ? "charge" : key}`),
    color: swatches(theme)[key],
    style: key === "auxiliary" ? "hatched" : "square",
  }));
  if (settingsOf(period).length)
    entries.push({
      key: SETTING,
      name: text("events.setting.unknown"),
      color: theme.secondaryText,
      style: "solid",
    });
  return entries;
};

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
