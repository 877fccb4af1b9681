/** The frame of every time chart: where its plots and strips stand, and its axes. Pure. */
import type { EChartsCoreOption } from "echarts/core";
import type {
  GridComponentOption,
  XAXisComponentOption,
  YAXisComponentOption,
} from "echarts";
import type { Span } from "../data/period.js";
import type { Format } from "../format/format.js";
import { HOUR } from "../format/milliseconds.js";
import { MONTH_HOURS } from "../format/zone.js";
import { withAlpha } from "../theme/color.js";
import type { ChartTheme } from "../theme/tokens.js";
import { calmRange, spacedRange } from "./value-range.js";
import type { Range } from "./value-range.js";

export const LEFT = 44;
export const RIGHT = 20;
const BOTTOM = 28;

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
  /** The same as long as the value axes are to stay as they are. */
  key: string;
  /** From top to bottom. */
  places: readonly Place[];
  theme: ChartTheme;
  format: Format;
}

export interface Size {
  width: number;
  height: number;
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

const HOURS = [
  ...[0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 96, 168, 336],
  ...[1, 2, 3, 6, 12].map((months) => months * MONTH_HOURS),
];
const MINUTES = [1, 5] as const;
const MOST_LABELS = 10;
/** Px from the beginning of a label to that of the next. */
const LEAST_PITCH = 52;
/** Px of a usual letter, and between labels. */
const LETTER = 6.6;
const BETWEEN = 12;
/** Longer spans have days of the same number, or nearly: there the month says which. */
const WITH_MONTH = 8 * 24 * HOUR;

const minuteEdges = ({ start, end }: Span, step: number): number[] => {
  const edges: number[] = [];
  for (let t = Math.ceil(start / step) * step; t <= end; t += step) {
    edges.push(t);
  }
  return edges;
};

export interface TimeLabels {
  /** Moments with a label. */
  edges: number[];
  /** From one to the next. */
  hours: number;
  /** What is written there; of days it is stronger. */
  label: (ms: number) => string;
  isDay: (ms: number) => boolean;
}

type Times = Pick<
  Format,
  "hourEdges" | "time" | "day" | "dayMonth" | "dayStart"
>;

const labelsOf = (
  span: Span,
  hours: number,
  { hourEdges, time, day, dayMonth, dayStart }: Times
): TimeLabels => {
  const { start, end } = span;
  const date = end - start > WITH_MONTH ? dayMonth : day;
  const isDay = (ms: number) => hours < 24 && dayStart(ms) === ms;
  return {
    edges:
      hours < 0.25
        ? minuteEdges(span, hours * HOUR)
        : hourEdges(start, end, hours),
    hours,
    label: (ms) => (hours >= 24 || isDay(ms) ? date(ms) : time(ms)),
    isDay,
  };
};

const widthOf = (label: string) => LETTER * label.length;

const areApart = ({ edges, label }: TimeLabels, pxPerMs: number): boolean =>
  edges.every((edge, i) => {
    const before = edges[i - 1];
    if (before === undefined) return true;
    const room = (edge - before) * pxPerMs;
    const taken = (widthOf(label(before)) + widthOf(label(edge))) / 2;
    return room >= Math.max(LEAST_PITCH - 1, taken + BETWEEN);
  });

/**
 * Labels at round times of Home Assistant's clock, regular, as many as stand apart in `width`, and
 * none that would reach beyond the picture.
 */
export const timeLabels = (
  span: Span,
  width: number,
  format: Times
): TimeLabels => {
  const { start, end } = span;
  const pxPerMs = width / (end - start);
  const most = Math.min(MOST_LABELS, width / LEAST_PITCH);
  const steps = [...MINUTES.map((minutes) => minutes / 60), ...HOURS];
  let labels: TimeLabels | undefined;
  for (const hours of steps) {
    if ((end - start) / (hours * HOUR) > most) continue;
    labels = labelsOf(span, hours, format);
    if (areApart(labels, pxPerMs)) break;
  }
  const all = labels ?? labelsOf(span, MONTH_HOURS, format);
  const isInside = (edge: number) => {
    const half = widthOf(all.label(edge)) / 2;
    const place = (edge - start) * pxPerMs;
    return place - half >= -LEFT && place + half <= width + RIGHT;
  };
  return { ...all, edges: all.edges.filter(isInside) };
};

const timeAxes = (
  { places, theme, format }: Frame,
  span: Span,
  width: number
): XAXisComponentOption[] => {
  const { edges, label, isDay } = timeLabels(span, width, format);
  const lowest = places.length - 1;
  return places.map((_, gridIndex) => ({
    type: "time",
    gridIndex,
    min: span.start,
    max: span.end,
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
      formatter: (ms: number) => (isDay(ms) ? `{day|${label(ms)}}` : label(ms)),
      color: theme.secondaryText,
      fontFamily: theme.fontFamily,
      fontSize: 12,
      lineHeight: 16,
      margin: 6,
      hideOverlap: false,
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

/** Grids and axes of a frame in a canvas of `size`, showing `span` of its period. */
export const arrange = (
  frame: Frame,
  size: Size,
  span: Span = frame
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
    xAxis: timeAxes(frame, span, width),
    yAxis: frame.places.map((place, i) =>
      valueAxis(place, i, places[i]?.height ?? 0, frame)
    ),
  };
};

const frames = new WeakMap<EChartsCoreOption, Frame>();

/** What a picture is arranged for until its canvas is known. */
const USUAL: Size = { width: 640, height: 296 };

/** Where (px) a moment is in a canvas that shows `span`. */
export const placeOf = (moment: number, span: Span, width: number): number =>
  LEFT +
  ((moment - span.start) / (span.end - span.start)) * (width - LEFT - RIGHT);

/** Where (px) a moment is in a canvas of `size` that shows `span`, in the middle of the first plot. */
export const pointAt = (
  { places }: Frame,
  size: Size,
  span: Span,
  moment: number
): { x: number; y: number } => {
  const [first] = boxes(places, size.height);
  return {
    x: placeOf(moment, span, size.width),
    y: first ? first.top + first.height / 2 : size.height / 2,
  };
};

/** An option with its grids and axes, which can be arranged anew for another size or span. */
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

/** `frame` with the value axes of the one `before`, as far as they hold what there is now. */
export const calmFrame = (
  before: Frame | null,
  frame: Frame,
  mayShrink: boolean
): Frame => {
  if (before?.key !== frame.key) return frame;
  const places = frame.places.map((place, i) => {
    const last = before.places[i];
    if (place.kind !== "plot" || last?.kind !== "plot") return place;
    return { ...place, range: calmRange(last.range, place.range, mayShrink) };
  });
  return { ...frame, places };
};

/** The frame of an option, null for pictures without a time axis. */
export const frameOf = (option: EChartsCoreOption): Frame | null =>
  frames.get(option) ?? null;
