/**
 * Where everything of an insight's picture stands, at its true size: axes, layers of lines, dots and
 * bars in their own values become shapes in pixels. Pure.
 */
import type { Size } from "../charts/frame.js";
import { everyNth } from "../history/picture.js";

export interface Tick {
  at: number;
  label: string;
  strong?: boolean;
}

export interface Axis {
  low: number;
  high: number;
  ticks: readonly Tick[];
}

export interface Point {
  x: number;
  y: number;
}

/** Of a colour: the name of a custom property `--hp-…`. */
export type Color = string;

export type Layer =
  | {
      kind: "line";
      pieces: readonly (readonly Point[])[];
      color: Color;
      width?: number;
      dash?: string;
      /** Shaded from the line to this value. */
      fillTo?: number;
    }
  | {
      kind: "area";
      upper: readonly Point[];
      lower: readonly Point[];
      color: Color;
    }
  | { kind: "band"; low: number; high: number; color: Color }
  | { kind: "rule"; at: number; color: Color; dash?: string; label?: string }
  | { kind: "mark"; at: number; color: Color; label?: string }
  | { kind: "dots"; points: readonly Point[]; color: Color; radius?: number }
  | { kind: "ring"; at: Point; label: string }
  | { kind: "crosses"; points: readonly Point[]; color: Color }
  | { kind: "bars"; bars: readonly Bar[] }
  | { kind: "note"; at: Point; text: string; color: Color; anchor?: Anchor };

export interface Bar {
  from: number;
  to: number;
  low?: number;
  high: number;
  color: Color;
  look?: "ghost" | "hatched" | "faint" | "band";
  label?: string;
}

export interface LegendItem {
  name: string;
  color: Color;
  shape: "dot" | "line" | "dashed" | "square" | "ghost" | "cross";
  value?: string;
}

export interface Plot {
  kind: "plot";
  /** Of the y axis, with its unit; above it. */
  name: string;
  /** Of the x axis, below it where there is room. */
  below?: string;
  x: Axis;
  y: Axis;
  layers: readonly Layer[];
  legend?: readonly LegendItem[];
}

type Anchor = "start" | "middle" | "end";

export type Shape =
  | {
      kind: "path";
      d: string;
      color: Color;
      width: number;
      dash?: string;
      fill?: string;
    }
  | {
      kind: "rect";
      x: number;
      y: number;
      width: number;
      height: number;
      color: Color;
      look: "solid" | "ghost" | "hatched" | "faint" | "band";
    }
  | {
      kind: "circle";
      x: number;
      y: number;
      radius: number;
      color: Color;
      look: "solid" | "soft" | "hollow";
    }
  | {
      kind: "text";
      x: number;
      y: number;
      text: string;
      anchor: Anchor;
      color: Color;
      strong: boolean;
    };

const RIGHT = 10;
const TOP = 24;
const BOTTOM = 22;
const BELOW = 20;
const CHARACTER = 6.6;
const SECONDARY = "secondary-text";
const GRID = "grid-line";

export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: (value: number) => number;
  y: (value: number) => number;
}

const longest = (ticks: readonly Tick[]) =>
  Math.max(0, ...ticks.map(({ label }) => label.length)) * CHARACTER;

export const frameOf = ({ x, y, below }: Plot, size: Size): Frame => {
  const left = Math.max(24, Math.ceil(longest(y.ticks)) + 8);
  const right = Math.max(left + 1, size.width - RIGHT);
  const bottom = size.height - BOTTOM - (below ? BELOW : 0);
  const span = (low: number, high: number) => (high === low ? 1 : high - low);
  return {
    ...{ left, right, top: TOP, bottom },
    x: (value) =>
      left + ((value - x.low) / span(x.low, x.high)) * (right - left),
    y: (value) =>
      bottom - ((value - y.low) / span(y.low, y.high)) * (bottom - TOP),
  };
};

const round = (value: number) => Math.round(value * 10) / 10;

const pathOf = (points: readonly Point[], { x, y }: Frame): string =>
  points
    .map((at, i) => `${i ? "L" : "M"}${round(x(at.x))} ${round(y(at.y))}`)
    .join("");

const text = (
  x: number,
  y: number,
  label: string,
  anchor: Anchor = "middle",
  color: Color = SECONDARY,
  strong = false
): Shape => ({ kind: "text", x, y, text: label, anchor, color, strong });

const across = (
  y: number,
  { left, right }: Frame,
  color: Color,
  dash?: string
) =>
  ({
    kind: "path",
    d: `M${left} ${round(y)}H${right}`,
    color,
    width: dash ? 1.5 : 1,
    ...(dash && { dash }),
  }) as const satisfies Shape;

/** A label does not stand out at either side. */
const inside = (x: number, half: number, { left, right }: Frame): number =>
  Math.max(left - 4 + half, Math.min(x, right + RIGHT - half));

const axes = (plot: Plot, frame: Frame): Shape[] => {
  const { left, right, bottom } = frame;
  const nth = everyNth(
    plot.x.ticks.length,
    right - left,
    longest(plot.x.ticks) + 12
  );
  // What one looks for is among those that are named: nought, and the turn of the year.
  const first = plot.x.ticks.findIndex(({ at, strong }) => strong ?? at === 0);
  return [
    ...plot.y.ticks.flatMap(({ at, label }): Shape[] => [
      across(frame.y(at), frame, GRID),
      text(left - 8, frame.y(at) + 4, label, "end"),
    ]),
    across(bottom, frame, "divider"),
    ...plot.x.ticks
      .filter((_, i) => (i - Math.max(0, first)) % nth === 0)
      .map(({ at, label, strong = false }) =>
        text(
          inside(frame.x(at), (label.length * CHARACTER) / 2, frame),
          bottom + 16,
          label,
          "middle",
          strong ? "text" : SECONDARY,
          strong
        )
      ),
    text(left, 12, plot.name, "start"),
    ...(plot.below
      ? [text((left + right) / 2, bottom + 16 + BELOW, plot.below)]
      : []),
  ];
};

const bar = (each: Bar, frame: Frame): Shape[] => {
  const { from, to, low = 0, high, color, look = "solid", label } = each;
  const [x, right] = [frame.x(from), frame.x(to)];
  const [y, bottom] = [frame.y(high), frame.y(low)];
  const [width, height] = [Math.max(1, right - x), Math.max(0, bottom - y)];
  return [
    { kind: "rect", x, y, width, height, color, look },
    ...(label ? [text((x + right) / 2, y - 6, label, "middle", "text")] : []),
  ];
};

const shaded = (piece: readonly Point[], frame: Frame, to: number): string => {
  const [first, last] = [piece[0], piece.at(-1)];
  return first && last
    ? `${pathOf(piece, frame)}L${round(frame.x(last.x))} ${round(frame.y(to))}L${round(frame.x(first.x))} ${round(frame.y(to))}Z`
    : "";
};

const shapesOf = (layer: Layer, frame: Frame): Shape[] => {
  const { left, right, top, bottom } = frame;
  switch (layer.kind) {
    case "line": {
      const { pieces, color, width = 2.5, dash, fillTo } = layer;
      return pieces.flatMap((piece): Shape[] => [
        ...(fillTo === undefined
          ? []
          : [
              {
                kind: "path",
                d: shaded(piece, frame, fillTo),
                ...{ color, width: 0, fill: color },
              } as const,
            ]),
        {
          kind: "path",
          d: pathOf(piece, frame),
          ...{ color, width, ...(dash && { dash }) },
        },
      ]);
    }
    case "area": {
      const { upper, lower, color } = layer;
      const d = `${pathOf([...upper, ...[...lower].reverse()], frame)}Z`;
      return [{ kind: "path", d, color, width: 0, fill: color }];
    }
    case "band": {
      const y = Math.max(top, frame.y(layer.high));
      const height = Math.min(bottom, frame.y(layer.low)) - y;
      const { color } = layer;
      const width = right - left;
      return [{ kind: "rect", x: left, y, width, height, color, look: "band" }];
    }
    case "rule": {
      const y = frame.y(layer.at);
      return [
        across(y, frame, layer.color, layer.dash),
        ...(layer.label
          ? [text(left + 4, y - 4, layer.label, "start", layer.color)]
          : []),
      ];
    }
    case "mark": {
      const x = round(frame.x(layer.at));
      const isLate = x > (left + right) / 2;
      return [
        {
          kind: "path",
          d: `M${x} ${top}V${bottom}`,
          ...{ color: layer.color, width: 1, dash: "4 3" },
        },
        ...(layer.label
          ? [
              text(
                ...([x + (isLate ? -6 : 6), top + 12, layer.label] as const),
                ...([isLate ? "end" : "start", "text"] as const)
              ),
            ]
          : []),
      ];
    }
    case "dots":
      return layer.points.map(({ x, y }) => ({
        kind: "circle",
        ...{ x: frame.x(x), y: frame.y(y), color: layer.color },
        radius: layer.radius ?? 2.5,
        look: layer.radius ? "solid" : "soft",
      }));
    case "ring": {
      const [x, y] = [frame.x(layer.at.x), frame.y(layer.at.y)];
      return [
        { kind: "circle", x, y, radius: 5, color: "text", look: "hollow" },
        text(Math.max(x, left + 20), y - 12, layer.label, "middle", "text"),
      ];
    }
    case "crosses":
      return layer.points.map(({ x, y }) => {
        const [at, up] = [round(frame.x(x)), round(frame.y(y))];
        const d = `M${at - 4} ${up - 4}l8 8m0 -8l-8 8`;
        return { kind: "path", d, color: layer.color, width: 1.5 };
      });
    case "bars":
      return layer.bars.flatMap((each) => bar(each, frame));
    case "note":
      return [
        text(
          ...([frame.x(layer.at.x), frame.y(layer.at.y)] as const),
          ...([layer.text, layer.anchor ?? "start", layer.color] as const)
        ),
      ];
  }
};

/** All of a picture, what lies below first. */
export const drawingOf = (plot: Plot, size: Size): Shape[] => {
  const frame = frameOf(plot, size);
  return [
    ...axes(plot, frame),
    ...plot.layers.flatMap((layer) => shapesOf(layer, frame)),
  ];
};
