/** Where methods that measure the same thing stand, each with its ±, one below the other. Pure. */
import type { Size } from "../charts/frame.js";
import type { Whiskers } from "./chart.js";
import type { Shape } from "./plot.js";

const RIGHT = 16;
const TOP = 24;
const BOTTOM = 28;
const THICK = 8;
const CHARACTER = 7.2;

/** From lowest to highest; of what several say together as a bar. */
const spanOf = (
  from: number,
  to: number,
  y: number,
  together: boolean
): Shape =>
  together
    ? {
        ...({ kind: "rect", look: "faint", color: "compressor" } as const),
        ...{ x: from, y: y - THICK / 2, width: to - from, height: THICK },
      }
    : {
        ...({ kind: "path", d: `M${from} ${y}H${to}` } as const),
        ...{ color: "ghost", width: 2.5 },
      };

/** A dashed line with its name above, on the side where there is room. */
const inUse = (
  x: number,
  label: string,
  bottom: number,
  right: number
): Shape[] => {
  const half = (label.length * CHARACTER) / 2;
  return [
    {
      ...({ kind: "path", d: `M${x} ${TOP - 6}V${bottom}` } as const),
      ...{ color: "text", width: 1.5, dash: "2 3" },
    },
    {
      ...({ kind: "text", x: Math.min(x, right + RIGHT - half) } as const),
      ...({ y: TOP - 12, text: label, anchor: "middle" } as const),
      ...{ color: "text", strong: false },
    },
  ];
};

export const whiskersOf = (chart: Whiskers, size: Size): Shape[] => {
  const { methods, used, axis } = chart;
  const names = Math.max(...methods.map(({ name }) => name.length)) * CHARACTER;
  const [left, right] = [
    Math.min(names + 12, size.width / 2),
    size.width - RIGHT,
  ];
  const { low, high, ticks } = axis;
  const x = (value: number) =>
    left + ((value - low) / (high - low)) * (right - left);
  const bottom = size.height - BOTTOM;
  const row = (bottom - TOP) / methods.length;
  const guide = methods.find(({ together }) => together)?.value;
  return [
    {
      ...({ kind: "path", d: `M${left} ${bottom}H${right}` } as const),
      ...{ color: "divider", width: 1 },
    },
    ...ticks.map(({ at, label }): Shape => ({
      ...({ kind: "text", x: x(at), y: bottom + 16, text: label } as const),
      ...({
        anchor: "middle",
        color: "secondary-text",
        strong: false,
      } as const),
    })),
    ...(used === null ? [] : inUse(x(used.at), used.label, bottom, right)),
    ...(guide === undefined
      ? []
      : [
          {
            ...({ kind: "path", d: `M${x(guide)} ${TOP}V${bottom}` } as const),
            ...{ color: "compressor", width: 1, dash: "4 3" },
          },
        ]),
    ...methods.flatMap(({ name, value, margin, together }, i): Shape[] => {
      const y = TOP + (i + 0.5) * row;
      return [
        {
          ...({
            kind: "text",
            x: 0,
            y: y + 4,
            text: name,
            anchor: "start",
          } as const),
          ...{ color: "text", strong: together },
        },
        spanOf(x(value - margin), x(value + margin), y, together),
        {
          ...({
            kind: "circle",
            x: x(value),
            y,
            radius: 4.5,
            look: "solid",
          } as const),
          color: together ? "compressor" : "secondary-text",
        },
      ];
    }),
  ];
};
