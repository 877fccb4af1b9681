/** The frame of every time chart: where its plots and strips stand, and its axes. Pure. */
import type { EChartsCoreOption } from "echarts/core";
import type {
  GridComponentOption,
  XAXisComponentOption,
  YAXisComponentOption,
} from "echarts";
import type { Format } from "../format/format.js";
import { withAlpha } from "../theme/color.js";
import type { ChartTheme } from "../theme/tokens.js";

export const LEFT = 44;
export const RIGHT = 20;
const BOTTOM = 28;
const HOUR = 3_600_000;
const MINUTE = 60_000;

/** A fixed range in whole steps; see `steppedRange`. */
export interface Range {
  min: number;
  max: number;
  interval: number;
}

export interface PlotPlace {
  kind: "plot";
  name?: string | undefined;
  /** Share of the height among the plots. */
  weight: number;
  range: Range;
}

export interface StripPlace {
  kind: "strip";
  name?: string | undefined;
}

export type Place = PlotPlace | StripPlace;

export interface Frame {
  /** ms; the whole period. */
  start: number;
  end: number;
  /** From top to bottom. */
  places: readonly Place[];
  theme: ChartTheme;
  format: Format;
}

export interface Size {
  width: number;
  height: number;
}

export interface TimeWindow {
  start: number;
  end: number;
}

interface Box {
  top: number;
  height: number;
}

/** Room above a place for its name, or for the gap to what stands above it. */
const roomAbove = (place: Place, before: Place | undefined): number => {
  if (place.kind === "plot") {
    if (!before) return place.name ? 24 : 12;
    return place.name ? 30 : 12;
  }
  if (!place.name) return 8;
  return before?.kind === "strip" ? 26 : 28;
};

const stripHeight = ({ name }: StripPlace) => (name ? 10 : 8);

const SMALLEST_PLOT = 24;

/** Tops and heights (px) of the places in a canvas of `height`. */
export const boxes = (places: readonly Place[], height: number): Box[] => {
  const above = places.map((place, i) => roomAbove(place, places[i - 1]));
  const fixed = places.reduce(
    (sum, place, i) =>
      sum + (above[i] ?? 0) + (place.kind === "strip" ? stripHeight(place) : 0),
    BOTTOM
  );
  const weights = places.reduce(
    (sum, place) => sum + (place.kind === "plot" ? place.weight : 0),
    0
  );
  let top = 0;
  return places.map((place, i) => {
    top += above[i] ?? 0;
    const own =
      place.kind === "strip"
        ? stripHeight(place)
        : Math.max(
            SMALLEST_PLOT,
            Math.round(((height - fixed) * place.weight) / weights)
          );
    const box = { top, height: own };
    top += own;
    return box;
  });
};

/** A sum of floats that is this little (in steps) above an edge is on it. */
const ROUNDING = 1e-6;

/** `usual`, widened in whole steps until it holds all `values`. */
export const steppedRange = (
  usual: Range,
  values: Iterable<number>,
  most = Infinity
): Range => {
  let { min, max } = usual;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const { interval } = usual;
  return {
    min: Math.max(-most, Math.floor(min / interval + ROUNDING) * interval),
    max: Math.min(most, Math.ceil(max / interval - ROUNDING) * interval),
    interval,
  };
};

const HOURS = [0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720] as const;
const MINUTES = [1, 5] as const;
const LABEL_PITCH = 52;
const MOST_LABELS = 10;

const minuteEdges = ({ start, end }: TimeWindow, step: number): number[] => {
  const edges: number[] = [];
  for (let t = Math.ceil(start / step) * step; t <= end; t += step) {
    edges.push(t);
  }
  return edges;
};

/** Moments with a label, at round times of Home Assistant's clock, as many as `width` allows. */
export const timeLabels = (
  window: TimeWindow,
  width: number,
  { hourEdges }: Pick<Format, "hourEdges">
): { edges: number[]; hours: number } => {
  const { start, end } = window;
  const most = Math.min(MOST_LABELS, width / LABEL_PITCH);
  const fits = (ms: number) => (end - start) / ms <= most;
  const minutes = MINUTES.find((step) => fits(step * MINUTE));
  if (minutes) {
    const edges = minuteEdges(window, minutes * MINUTE);
    return { edges, hours: minutes / 60 };
  }
  const hours = HOURS.find((step) => fits(step * HOUR)) ?? 720;
  return { edges: hourEdges(start, end, hours), hours };
};

const timeAxes = (
  { places, theme, format }: Frame,
  window: TimeWindow,
  width: number
): XAXisComponentOption[] => {
  const { edges, hours } = timeLabels(window, width, format);
  const label = (ms: number) => {
    if (hours >= 24) return format.day(ms);
    return format.dayStart(ms) === ms
      ? `{day|${format.day(ms)}}`
      : format.time(ms);
  };
  const lowest = places.length - 1;
  return places.map((_, gridIndex) => ({
    type: "time",
    gridIndex,
    min: window.start,
    max: window.end,
    axisTick: { show: false },
    splitLine: { show: false },
    axisPointer: { snap: false },
    axisLine: {
      show: gridIndex === lowest,
      onZero: false,
      lineStyle: { color: withAlpha(theme.text, 0.2), width: 1 },
    },
    axisLabel: {
      show: gridIndex === lowest,
      customValues: edges,
      formatter: label,
      color: theme.secondaryText,
      fontFamily: theme.fontFamily,
      fontSize: 12,
      lineHeight: 16,
      margin: 6,
      hideOverlap: true,
      rich: {
        day: {
          color: theme.text,
          fontFamily: theme.fontFamily,
          fontSize: 12,
          fontWeight: 500,
          lineHeight: 16,
        },
      },
    },
  }));
};

/** Every second, fifth or tenth line only where all would be too dense. */
const spacedRange = (range: Range, height: number): Range => {
  const { min, max, interval } = range;
  const count = (max - min) / interval;
  const factor = [1, 2, 3, 5, 10].find(
    (each) => count % each === 0 && height / (count / each) >= 26
  );
  return { ...range, interval: interval * (factor ?? count) };
};

const valueAxis = (
  place: Place,
  gridIndex: number,
  height: number,
  { theme, format }: Frame
): YAXisComponentOption => {
  const plot = place.kind === "plot";
  const range = plot
    ? spacedRange(place.range, height)
    : { min: 0, max: 1, interval: 1 };
  return {
    type: "value",
    gridIndex,
    ...range,
    name: place.name ?? "",
    nameLocation: "end",
    nameGap: plot ? 10 : 9,
    nameMoveOverlap: false,
    nameTextStyle: {
      align: "left",
      verticalAlign: "middle",
      color: theme.secondaryText,
      fontFamily: theme.fontFamily,
      fontSize: 12,
    },
    axisLine: { show: false },
    axisTick: { show: false },
    axisPointer: { show: false },
    splitLine: { show: plot, lineStyle: { color: theme.gridLine } },
    axisLabel: {
      show: plot,
      margin: 10,
      color: theme.secondaryText,
      fontFamily: theme.fontFamily,
      fontSize: 12,
      formatter: (value: number) =>
        format.number(value, Number.isInteger(value) ? 0 : 1),
    },
  };
};

export interface Arranged extends EChartsCoreOption {
  grid: GridComponentOption[];
  xAxis: XAXisComponentOption[];
  yAxis: YAXisComponentOption[];
}

/** Grids and axes of a frame in a canvas of `size`, showing `window` of its period. */
export const arrange = (
  frame: Frame,
  size: Size,
  window: TimeWindow = frame
): Arranged => {
  const places = boxes(frame.places, size.height);
  const width = Math.max(1, size.width - LEFT - RIGHT);
  return {
    grid: places.map((box) => ({
      ...box,
      left: LEFT,
      right: RIGHT,
      outerBoundsMode: "none",
    })),
    xAxis: timeAxes(frame, window, width),
    yAxis: frame.places.map((place, i) =>
      valueAxis(place, i, places[i]?.height ?? 0, frame)
    ),
  };
};

const frames = new WeakMap<EChartsCoreOption, Frame>();

/** What a picture is arranged for until its canvas is known. */
const USUAL: Size = { width: 640, height: 296 };

/** An option with its grids and axes, which can be arranged anew for another size or window. */
export const framed = (
  frame: Frame,
  option: EChartsCoreOption
): EChartsCoreOption => {
  const whole = {
    animation: false,
    axisPointer: { link: [{ xAxisIndex: "all" as const }] },
    ...arrange(frame, USUAL),
    ...option,
  };
  frames.set(whole, frame);
  return whole;
};

/** The frame of an option, null for pictures without a time axis. */
export const frameOf = (option: EChartsCoreOption): Frame | null =>
  frames.get(option) ?? null;
