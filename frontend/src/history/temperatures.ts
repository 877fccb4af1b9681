/** The temperatures of days, from the lowest to the highest of each, and where they stand. Pure. */
import type { Size } from "../charts/frame.js";
import type { Table } from "../data/types.js";
import type { Span } from "../data/period.js";
import { dayOf } from "../format/calendar.js";
import type { Zone } from "../format/zone.js";
import { dayAxis } from "./day-axis.js";
import type { DayAxis } from "./day-axis.js";
import { roundStep, rules } from "./picture.js";
import type { Mark, Plot } from "./picture.js";

export const CURVES = ["outdoor", "indoor", "hot_water"] as const;

export type Curve = (typeof CURVES)[number];

/** °C or °F; null = not known. */
export interface Reach {
  low: number | null;
  mean: number | null;
  high: number | null;
}

/** Of a local day, ms as if UTC. */
export type DayTemperatures = { day: number } & Record<Curve, Reach>;

/** From rows of days as they are sent. */
export const dayTemperatures = (
  readings: Table,
  zone: Zone
): DayTemperatures[] => {
  const reach = (curve: Curve, i: number): Reach => {
    const of = (name: string) => readings[`${curve}_temp${name}`]?.[i] ?? null;
    return { low: of("_min"), mean: of(""), high: of("_max") };
  };
  return readings.time.map((time, i) => ({
    day: dayOf(zone.local(time)),
    outdoor: reach("outdoor", i),
    indoor: reach("indoor", i),
    hot_water: reach("hot_water", i),
  }));
};

export interface CurvePlot extends Plot {
  curve: Curve;
  /** Outlines of the band, broken where nothing is known. */
  bands: Mark[][];
  lines: Mark[][];
  /** Of hot water, where legionella die. */
  limit: number | null;
}

interface Part {
  x: number;
  width: number;
}

export interface TemperaturePicture extends DayAxis {
  plots: CurvePlot[];
  /** Left edge and width of days without readings. */
  gaps: Part[];
  /** Likewise, of what is still to be read; null where that is nothing. */
  unread: Part | null;
}

const LEFT = 44;
const RIGHT = 20;
const TOP = 20;
const BOTTOM = 26;
const BETWEEN = 24;
/** Of the height: outdoor, indoor, hot water. */
const SHARES: Record<Curve, number> = { outdoor: 4, indoor: 2, hot_water: 3 };
/** °C that kills legionella; the least that a plot reaches, and how many steps it has. */
const HOT = 60;
const STEPS: Record<Curve, number> = { outdoor: 5, indoor: 2, hot_water: 2 };
const LEAST: Record<Curve, number> = { outdoor: 20, indoor: 4, hot_water: 20 };

const knownOf = (days: readonly DayTemperatures[], curve: Curve): number[] =>
  days.flatMap((day) => {
    const { low, mean, high } = day[curve];
    return [low, mean, high].filter((value) => value !== null);
  });

/** Whole steps around the values, a little more than they are apart at least. */
const scaleOf = (values: readonly number[], curve: Curve) => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const missing = Math.max(0, LEAST[curve] - (high - low)) / 2;
  const step = roundStep((high - low + 2 * missing) / STEPS[curve]);
  const from = Math.floor((low - missing) / step) * step;
  const to = Math.ceil((high + missing) / step) * step;
  return { from, to, step };
};

/** Pieces of neighbours of which something is known. */
const piecesOf = (
  days: readonly DayTemperatures[],
  isKnown: (day: DayTemperatures) => boolean
): DayTemperatures[][] => {
  const pieces: DayTemperatures[][] = [[]];
  for (const day of days) {
    if (isKnown(day)) pieces.at(-1)?.push(day);
    else pieces.push([]);
  }
  return pieces.filter((piece) => piece.length);
};

/** Along the highest and back along the lowest; a day alone is as wide as a day. */
const outline = (
  piece: readonly DayTemperatures[],
  curve: Curve,
  x: (day: number) => number,
  y: (value: number) => number,
  width: number
): Mark[] => {
  const edge = (of: "low" | "high") =>
    piece.flatMap((day) => {
      const place = { x: x(day.day) + width / 2, y: y(day[curve][of] ?? 0) };
      if (piece.length > 1) return [place];
      return [
        { ...place, x: place.x - width / 2 },
        { ...place, x: place.x + width / 2 },
      ];
    });
  return [...edge("high"), ...edge("low").toReversed()];
};

export interface TemperatureInput {
  days: Span;
  /** Of `days`, ascending. */
  found: readonly DayTemperatures[];
  size: Size;
  /** The local days from the first reading to the present. */
  known: Span;
  /** The local day back to which the past has been read. */
  readSince: number;
  fahrenheit: boolean;
}

const isEmpty = (day: DayTemperatures): boolean =>
  CURVES.every((curve) => day[curve].mean === null);

export const temperaturePicture = ({
  days,
  found,
  size,
  known,
  readSince,
  fahrenheit,
}: TemperatureInput): TemperaturePicture => {
  const bottom = size.height - BOTTOM;
  const axis = dayAxis(days, {
    ...{ left: LEFT, right: size.width - RIGHT, bottom },
  });
  const { x, dayWidth } = axis;
  const shown = found.filter(({ day }) => day >= days.start && day < days.end);
  const hot = fahrenheit ? HOT * 1.8 + 32 : HOT;
  const curves = CURVES.filter((curve) => knownOf(shown, curve).length);
  const shares = curves.reduce((sum, curve) => sum + SHARES[curve], 0);
  const room = bottom - TOP - BETWEEN * Math.max(0, curves.length - 1);
  let top = TOP;
  const plots = curves.map((curve): CurvePlot => {
    const height = (room * SHARES[curve]) / shares;
    const end = top + height;
    const values = knownOf(shown, curve);
    const withLimit = curve === "hot_water" ? [...values, hot] : values;
    const { from, to, step } = scaleOf(withLimit, curve);
    const y = (value: number) => end - ((value - from) / (to - from)) * height;
    const middle = (day: DayTemperatures): Mark => ({
      x: x(day.day) + dayWidth / 2,
      y: y(day[curve].mean ?? 0),
    });
    const plot = {
      ...{ curve, top, bottom: end, rules: rules(from, to, step, y) },
      bands: piecesOf(
        shown,
        (day) => day[curve].low !== null && day[curve].high !== null
      ).map((piece) => outline(piece, curve, x, y, dayWidth)),
      lines: piecesOf(shown, (day) => day[curve].mean !== null).map((piece) =>
        piece.map(middle)
      ),
      limit: curve === "hot_water" ? y(hot) : null,
    };
    top = end + BETWEEN;
    return plot;
  });
  const gaps = shown
    .filter(
      (day) => isEmpty(day) && day.day >= readSince && day.day < known.end
    )
    .map(({ day }) => ({ x: x(day), width: dayWidth }));
  const start = Math.max(known.start, days.start);
  const width = x(Math.min(readSince, days.end)) - x(start);
  const unread = width > 0 ? { x: x(start), width } : null;
  return { ...axis, plots, gaps, unread };
};
