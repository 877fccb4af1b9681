/** Pictures of the house: what it needs, what its heat curve gives, and its hot water. Pure. */
import type { Asked, Draw } from "../chart.js";
import { numberAxis, timeAxis } from "../axes.js";
import type { Layer, LegendItem, Plot, Point } from "../plot.js";
import {
  celsius,
  degrees,
  difference,
  kelvin,
  withUnit,
} from "../quantities.js";
import { lineThrough, medians, pairs } from "../series.js";
import { cell, numberOf } from "../types.js";
import { DAY } from "../../format/calendar.js";

const SEASONS = ["autumn", "winter", "spring"] as const;
type Season = (typeof SEASONS)[number];

export const seasonOf = (localDay: number): Season => {
  const month = new Date(localDay).getUTCMonth();
  if (month === 11 || month < 2) return "winter";
  return month >= 8 ? "autumn" : "spring";
};

/** Of temperatures outdoors, which are written where there is room. */
const X_STEPS = 10;

/** Nearly all day, or hardly at all: what it gives an hour of running is not seen. */
const SEEN = [0.2, 0.95] as const;

/** What the heat pump can give of heat for the house, through where it runs all day. */
const capacity = (
  { insight: { evidence } }: Asked,
  crossing: Point | null
): ((x: number) => number) | null => {
  if (!crossing) return null;
  const points = (evidence.days ?? []).flatMap((row) => {
    const [x, kw, running] = ["outdoor_temp", "space_kw", "running"].map(
      (key) => cell(row, key)
    );
    const isSeen = running != null && running > SEEN[0] && running < SEEN[1];
    return x == null || kw == null || !isSeen ? [] : [{ x, y: kw / running }];
  });
  return lineThrough(points, crossing)?.at ?? null;
};

/** How much of the day it runs, to where it is all of it. */
const runningChart = ({ insight, look }: Asked): Plot | null => {
  const { text, format } = look;
  const reserve = numberOf(insight.params, "reserve");
  const days = pairs(insight.evidence.days ?? [], "outdoor_temp", "running");
  if (days.length < 2 || reserve === null) return null;
  const full = { x: reserve, y: 1 };
  const line = lineThrough(days, full);
  const at = ({ x, y }: Point) => ({ x: degrees(x, format), y: 100 * y });
  const ends = [reserve, Math.max(...days.map(({ x }) => x))];
  return {
    kind: "plot",
    name: text("insights.house.running"),
    below: text("insights.house.below", { unit: format.units.temperature }),
    x: numberAxis(
      ends.map((x) => degrees(x, format)),
      look,
      X_STEPS
    ),
    y: numberAxis([0, 100], look),
    layers: [
      { kind: "dots", points: days.map(at), color: "compressor" },
      {
        kind: "line",
        pieces: line
          ? [ends.map((x) => at({ x, y: Math.max(0, line.at(x)) }))]
          : [],
        color: "text",
        width: 2,
      },
      { kind: "ring", at: at(full), label: celsius(reserve, 0, look) },
    ],
  };
};

export const houseChart: Draw = (asked) => {
  const { insight, look, large } = asked;
  if (insight.code === "reserve") return runningChart(asked);
  const { text, format } = look;
  const rows = insight.evidence.days ?? [];
  const days = pairs(rows, "outdoor_temp", "space_kw");
  // Holidays, or a stove: they are shown, and no part of the line.
  const out = new Set(
    rows.filter((row) => cell(row, "left_out") === 1).map(({ time }) => time)
  );
  const base = numberOf(insight.params, "base");
  const slope = insight.value;
  if (days.length < 2 || base === null || slope === null) return null;
  const need = (x: number) => slope * Math.max(0, base - x);
  const reserve = numberOf(insight.params, "reserve");
  const crossing =
    reserve === null || reserve < -45 ? null : { x: reserve, y: need(reserve) };
  const gives = capacity(asked, crossing);
  const outdoor = days.map(({ x }) => x);
  const design = numberOf(insight.params, "design_temp");
  const low = Math.min(
    ...outdoor,
    ...[crossing ? crossing.x - 5 : 0, design === null ? 0 : design - 2, -10]
  );
  const high = Math.max(...outdoor, base + 3);
  const at = ({ x, y }: Point) => ({ x: degrees(x, format), y });
  const most = Math.max(
    need(low),
    ...days.map(({ y }) => y),
    gives?.(low) ?? 0
  );
  const line = (points: Point[], color: string): Layer => ({
    kind: "line",
    pieces: [points.map(at)],
    color,
    width: 2,
  });
  const seasons = SEASONS.map((season): Layer => ({
    kind: "dots",
    color: season,
    points: days
      .filter(
        ({ time }) =>
          !out.has(time) && seasonOf(format.zone.local(time)) === season
      )
      .map(at),
  }));
  const left: Layer = {
    kind: "crosses",
    points: days.filter(({ time }) => out.has(time)).map(at),
    color: "secondary-text",
  };
  const unit = format.units.temperature;
  const axis = numberAxis(
    [degrees(low, format), degrees(high, format)],
    look,
    X_STEPS
  );
  const [least, last] = [axis.low, axis.high].map(
    (each) => (each - degrees(0, format)) / difference(1, format)
  ) as [number, number];
  return {
    kind: "plot",
    name: text("insights.house.axis"),
    below: text("insights.house.below", { unit }),
    x: axis,
    y: numberAxis([0, Math.max(most, need(least))], look),
    layers: [
      ...around([least, base].map((x) => ({ x, y: need(x) })).map(at), insight),
      ...seasons,
      ...(out.size ? [left] : []),
      line(
        [least, base, last].map((x) => ({ x, y: need(x) })),
        "text"
      ),
      ...(design === null
        ? []
        : [
            {
              ...({ kind: "mark", color: "text" } as const),
              at: degrees(design, format),
              label: text("insights.house.design", {
                temperature: celsius(design, 0, look),
                kw: withUnit(need(design), 1, "kW", look),
              }),
            } as const,
          ]),
      ...(gives
        ? [
            line(
              [least, last].map((x) => ({ x, y: gives(x) })),
              "compressor"
            ),
          ]
        : []),
      ...(crossing
        ? [
            {
              kind: "ring",
              at: at(crossing),
              label: celsius(crossing.x, 0, look),
            } as const,
          ]
        : []),
    ],
    legend: [
      ...linesLegend(asked, gives !== null),
      ...(large ? daysLegend(asked, out.size > 0) : []),
    ],
  };
};

/** Nineteen days of twenty lie within it. */
const around = (
  line: readonly Point[],
  { params }: Asked["insight"]
): Layer[] => {
  const spread = numberOf(params, "spread");
  if (!spread) return [];
  const moved = (by: number) =>
    line.map(({ x, y }) => ({ x, y: Math.max(0, y + by) }));
  const [upper, lower] = [moved(2 * spread), moved(-2 * spread)];
  return [{ kind: "area", upper, lower, color: "text" }];
};

const linesLegend = (
  { look: { text } }: Asked,
  hasPump: boolean
): LegendItem[] => [
  { name: text("insights.house.house"), color: "text", shape: "line" },
  ...(hasPump
    ? [
        {
          name: text("insights.house.pump"),
          color: "compressor",
          shape: "line",
        } as const,
      ]
    : []),
];

const daysLegend = (
  { look: { text } }: Asked,
  hasOut: boolean
): LegendItem[] => [
  ...SEASONS.map((season): LegendItem => ({
    name: text(`insights.season.${season}`),
    color: season,
    shape: "dot",
  })),
  ...(hasOut
    ? [
        {
          name: text("insights.house.left_out"),
          color: "secondary-text",
          shape: "cross",
        } as const,
      ]
    : []),
];

/** Days as warm as one another outdoors, K. */
const BIN = 2;

export const curveChart: Draw = ({ insight, look, shift }): Plot | null => {
  const { text, format } = look;
  const rows = insight.evidence.days ?? [];
  const at = ({ x, y }: Point) => ({
    x: degrees(x, format),
    y: degrees(y, format),
  });
  const given = pairs(rows, "outdoor_temp", "supply");
  const days = given.map(at);
  const line = lineThrough(days);
  if (!line) return null;
  const xs = days.map(({ x }) => x);
  const ends = [Math.min(...xs), Math.max(...xs)];
  // What the heat pump's own curve asks for, where that is read; else what it gives.
  const asked = medians(
    pairs(rows, "outdoor_temp", "supply_setpoint"),
    BIN
  ).map(at);
  const isAsked = asked.length > 1;
  const middles = isAsked ? medians(given, BIN).map(at) : [];
  const now = isAsked ? asked : ends.map((x) => ({ x, y: line.at(x) }));
  const by = insight.code === "lower" ? shift : 0;
  const proposed = now.map(({ x, y }) => ({
    x,
    y: y + difference(by, format),
  }));
  const supply = [...days, ...now, ...proposed].map(({ y }) => y);
  const proposal: Layer = {
    kind: "line",
    ...{ pieces: [proposed], color: "compressor", width: 2, dash: "6 3" },
  };
  return {
    kind: "plot",
    name: text("insights.curve.axis", { unit: format.units.temperature }),
    below: text("insights.house.below", { unit: format.units.temperature }),
    x: numberAxis(ends, look, X_STEPS),
    y: numberAxis(supply, look, 3),
    layers: [
      { kind: "dots", points: days, color: "supply" },
      { kind: "dots", points: middles, color: "supply", radius: 4 },
      { kind: "line", pieces: [now], color: "text", width: 2 },
      ...(by ? [proposal] : []),
    ],
    legend: [
      {
        name: text(`insights.curve.${isAsked ? "given" : "days"}`),
        ...({ color: "supply", shape: "dot" } as const),
      },
      {
        name: text(`insights.curve.${isAsked ? "asked" : "now"}`),
        ...({ color: "text", shape: "line" } as const),
      },
      ...(by
        ? [
            {
              name: text(`insights.curve.${by < 0 ? "lower" : "higher"}`, {
                kelvin: kelvin(Math.abs(by), 0, look),
              }),
              color: "compressor",
              shape: "dashed",
            } as const,
          ]
        : []),
    ],
  };
};

export const hotWaterChart: Draw = ({ insight, look }) => {
  const { text, format } = look;
  const rows = insight.evidence.days ?? [];
  const safe = numberOf(insight.params, "safe");
  const bars = rows.flatMap((row) => {
    const kwh = cell(row, "heat_hot_water_kwh");
    const day = format.zone.local(row.time);
    return kwh === null
      ? []
      : [{ day, kwh, most: cell(row, "hot_water_most") }];
  });
  const [first] = bars;
  if (!first) return null;
  const top = Math.max(...bars.map(({ kwh }) => kwh)) * 1.2;
  const last = bars.at(-1)?.day ?? first.day;
  const y = numberAxis([0, top], look, 3);
  const hot = bars.filter(
    ({ most }) => safe !== null && most !== null && most >= safe
  );
  const label =
    safe === null ? "" : `${format.number(degrees(safe, format), 0)}°`;
  return {
    kind: "plot",
    name: text("insights.hot_water.axis"),
    x: timeAxis(first.day, last + DAY, look),
    y,
    layers: [
      {
        kind: "bars",
        bars: bars.map(({ day, kwh }) => ({
          from: day + 0.15 * DAY,
          to: day + 0.85 * DAY,
          ...{ high: kwh, color: "hot-water" },
        })),
      },
      ...hot
        .filter(({ day }, i) => day - (hot[i - 1]?.day ?? -Infinity) > 2 * DAY)
        .map(({ day }): Layer => ({
          kind: "note",
          at: { x: day + DAY / 2, y: y.high * 0.94 },
          ...{ text: label, color: "text", anchor: "middle" },
        })),
    ],
  };
};
