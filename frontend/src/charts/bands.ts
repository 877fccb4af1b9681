/** Bands behind the lines, strips of states below them, and hatched gaps. Pure. */
import { DAY } from "../format/milliseconds.js";
import type { LineSeriesOption } from "echarts/charts";
import { withAlpha } from "../theme/color.js";
import type { ChartTheme } from "../theme/tokens.js";
import type { Pattern } from "./hatch.js";
import { hatch } from "./hatch.js";
import type { Rows, Span } from "./rows.js";
import type { LevelSpan, States } from "./states.js";
import { knownSpans, onSpans, runSpans } from "./states.js";

type Fill = string | Pattern;
type AreaData = NonNullable<
  NonNullable<LineSeriesOption["markArea"]>["data"]
>[number];

/** Longer periods have so many runs that their bands would be stripes. */
const LONGEST_COMPRESSOR = 1.5 * DAY;
const LONGEST_BANDS = 8 * DAY;

const area = (span: Span, color: Fill, label?: object): AreaData => [
  { xAxis: span.from, itemStyle: { color }, ...(label ? { label } : {}) },
  { xAxis: span.to },
];

/** Lines stand between these two. */
const BEHIND = 1;
const BEFORE = 5;

/** A carrier without points: areas need a series to belong to. */
const carrier = (
  id: string,
  place: number,
  data: AreaData[],
  z = BEHIND
): LineSeriesOption => ({
  id,
  type: "line",
  xAxisIndex: place,
  yAxisIndex: place,
  data: [],
  silent: true,
  animation: false,
  markArea: { silent: true, animation: false, label: { show: false }, z, data },
});

export const unreadColor = ({ text }: ChartTheme): string =>
  withAlpha(text, 0.08);

const gapAreas = ({ gaps, unread }: Rows, theme: ChartTheme): AreaData[] => {
  const fill = hatch(theme.noData);
  const areas = gaps.map((gap) => area(gap, fill));
  if (unread) areas.push(area(unread, unreadColor(theme)));
  return areas;
};

/** What marks of changed settings are called beside the bands. */
export const SETTING = "setting";

export type BandKey = "compressor" | "hot_water" | "auxiliary" | "alarm";

/** Opacity of the bands, light and dark. */
const OPACITY = {
  compressor: [0.08, 0.1],
  hot_water: [0.13, 0.2],
  auxiliary: [0.3, 0.3],
  alarm: [0.22, 0.22],
} as const;

export interface StateInput {
  rows: Rows;
  states: States;
  theme: ChartTheme;
  /** Length of the period, ms. */
  length: number;
  /** When a setting was changed, ms. */
  changes?: readonly number[];
}

const spansOfState = (
  { rows, states }: StateInput,
  key: BandKey
): LevelSpan[] => {
  if (key === "compressor") return runSpans(rows, states.compressor);
  return onSpans(rows, key === "hot_water" ? states.hotWater : states[key]);
};

const colorOf = (key: BandKey, theme: ChartTheme): string =>
  key === "hot_water" ? theme.hotWater : theme[key];

/** Auxiliary heat is hatched wherever it stands, at about the opacity of a band. */
const bandFill = (key: BandKey, theme: ChartTheme): Fill => {
  const color = colorOf(key, theme);
  const opacity = OPACITY[key][theme.dark ? 1 : 0];
  return key === "auxiliary"
    ? hatch(withAlpha(color, 0.35), withAlpha(color, opacity - 0.1))
    : withAlpha(color, opacity);
};

/** More of them, as in a year, would hide the lines that they stand over. */
const MOST_SIGNS = 8;

const alarmSign = (theme: ChartTheme): object => ({
  show: true,
  position: "insideTop",
  distance: 5,
  formatter: "!",
  color: "#ffffff",
  backgroundColor: theme.dark ? theme.alarm : theme.alarmText,
  borderRadius: 8,
  width: 16,
  height: 16,
  lineHeight: 17,
  fontFamily: theme.fontFamily,
  fontSize: 12,
  fontWeight: 700,
  align: "center",
  verticalAlign: "top",
});

/**
 * A setting that has changed: an area without width is a line, with a dot at its top. Its two edges
 * lie on each other, so that dashes would fill each other's gaps.
 */
const changeMark = (moment: number, theme: ChartTheme): AreaData => [
  {
    xAxis: moment,
    itemStyle: {
      color: "transparent",
      borderColor: theme.secondaryText,
      borderWidth: 1,
    },
    label: {
      show: true,
      position: "insideTop",
      distance: 0,
      formatter: " ",
      backgroundColor: theme.secondaryText,
      borderRadius: 4,
      width: 8,
      height: 8,
      lineHeight: 8,
      fontSize: 8,
    },
  },
  { xAxis: moment },
];

/** Whether a state is drawn as bands in a period of this length (ms). */
export const hasBands = (key: BandKey, length: number): boolean => {
  if (key === "alarm") return true;
  return length <= (key === "compressor" ? LONGEST_COMPRESSOR : LONGEST_BANDS);
};

/** The signs of alarms, and marks of changed settings: of the first plot, before its lines. */
const signs = (hasAlarms: boolean, input: StateInput): LineSeriesOption => {
  const { theme, changes = [] } = input;
  const alarms = hasAlarms ? spansOfState(input, "alarm") : [];
  const signed = alarms.length <= MOST_SIGNS ? alarms : [];
  const sign = alarmSign(theme);
  return carrier(
    "signs",
    0,
    [
      ...signed.map((span) => area(span, "transparent", sign)),
      ...changes.map((moment) => changeMark(moment, theme)),
    ],
    BEFORE
  );
};

/** The bands of a plot, and its gaps. */
export const bands = (
  place: number,
  keys: readonly BandKey[],
  input: StateInput
): LineSeriesOption[] => {
  const { rows, theme, length } = input;
  const areas = keys
    .filter((key) => hasBands(key, length))
    .flatMap((key) => {
      const fill = bandFill(key, theme);
      return spansOfState(input, key)
        .filter(({ level }) => level >= 0.5 || key === "alarm")
        .map((span) => area(span, fill));
    });
  const behind = carrier(`bands.${place}`, place, [
    ...areas,
    ...gapAreas(rows, theme),
  ]);
  return place ? [behind] : [behind, signs(keys.includes("alarm"), input)];
};

const atLevel = (color: string, { level }: LevelSpan) =>
  level < 1 ? withAlpha(color, level) : color;

/** One state of a strip; the heater's hatching covers what it is laid over. */
const stripAreas = (
  key: BandKey,
  theme: ChartTheme,
  span: LevelSpan
): AreaData[] => {
  const color = atLevel(colorOf(key, theme), span);
  if (key !== "auxiliary") return [area(span, color)];
  const fill = hatch(color, withAlpha(color, 0.35));
  return [area(span, theme.card), area(span, fill)];
};

const groundOf = ({ text, dark }: ChartTheme) =>
  withAlpha(text, dark ? 0.1 : 0.08);

/**
 * A strip of states; of states at the same time the last of `keys` is seen. `known` is a column of
 * what is known at all: there the strip has a ground.
 */
export const strip = (
  place: number,
  keys: readonly BandKey[],
  known: number[] | null,
  input: StateInput
): LineSeriesOption => {
  const { rows, theme } = input;
  const ground = groundOf(theme);
  return carrier(`strip.${place}`, place, [
    ...knownSpans(rows, known).map((span) => area(span, ground)),
    ...keys.flatMap((key) =>
      spansOfState(input, key).flatMap((span) => stripAreas(key, theme, span))
    ),
    ...gapAreas(rows, theme),
  ]);
};

/** The valve: to heating below, to hot water over it. */
export const valveStrip = (
  place: number,
  shown: { heating: boolean; hotWater: boolean },
  { rows, states: { valve }, theme }: StateInput
): LineSeriesOption => {
  const heating = shown.heating
    ? withAlpha(theme.heating, theme.dark ? 0.6 : 0.45)
    : groundOf(theme);
  const charging = shown.hotWater ? onSpans(rows, valve) : [];
  return carrier(`strip.${place}`, place, [
    ...knownSpans(rows, valve).map((span) => area(span, heating)),
    ...charging.map((span) => area(span, atLevel(theme.hotWater, span))),
    ...gapAreas(rows, theme),
  ]);
};
