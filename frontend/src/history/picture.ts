/**
 * Where everything of the main picture stands: COP, heat up, electricity down, outdoor temperature,
 * one above the other on one axis of time. Heat and electricity have the same kWh a pixel, so that
 * the COP is seen as the ratio of the two halves. Pure.
 */
import type { Size } from "../charts/frame.js";
import type { Figures } from "./figures.js";
import type { Column } from "./columns.js";

export type Series = "heating" | "hot_water" | "compressor" | "auxiliary";

export interface Bar {
  series: Series;
  x: number;
  y: number;
  width: number;
  height: number;
  ghost: boolean;
}

export interface Tick {
  x: number;
  width: number;
  y: number;
}

export interface Mark {
  x: number;
  y: number;
}

export interface Rule {
  y: number;
  /** Value of the axis. */
  value: number;
  strong?: boolean;
}

export interface Plot {
  top: number;
  bottom: number;
  rules: Rule[];
}

export interface Picture {
  left: number;
  right: number;
  bottom: number;
  /** Left edge and width of each column. */
  places: { x: number; width: number }[];
  cop: Plot & {
    points: Mark[];
    before: Mark[];
    line: number | null;
    band: [number, number] | null;
  };
  energy: Plot & { zero: number; bars: Bar[]; ticks: Tick[]; perKwh: number };
  outdoor: Plot & { line: Mark[][]; before: Mark[][] };
}

const LEFT = 44;
const RIGHT = 20;
const BOTTOM = 28;
const NAME = 24;
const GAP = 30;
/** px from one rule of the energies to the next, at least; and how many steps there are at most. */
const STEP_HEIGHT = 20;
const MOST_STEPS = 6;
/** Shares of the height of the three plots. */
const SHARES = [0.17, 0.61, 0.22] as const;

const STEPS = [1, 2, 2.5, 5, 10] as const;

/** A round number that is at least `least`. */
export const roundStep = (least: number): number => {
  const size = 10 ** Math.floor(Math.log10(least));
  return (STEPS.find((step) => step * size >= least) ?? 10) * size;
};

/** Decimals with which multiples of a step are told apart. */
export const digitsOfStep = (step: number): number =>
  [0, 1, 2].find((digits) => {
    const shifted = step * 10 ** digits;
    return Math.abs(shifted - Math.round(shifted)) < 1e-9;
  }) ?? 3;

const STACKS = {
  up: ["heating", "hot_water"],
  down: ["compressor", "auxiliary"],
} as const satisfies Record<string, readonly Series[]>;

const KEYS: Record<Series, keyof Figures> = {
  heating: "heating",
  hot_water: "hotWater",
  compressor: "compressor",
  auxiliary: "auxiliary",
};

export const valueOf = (figures: Figures | null, series: Series): number =>
  Math.max(0, (figures?.[KEYS[series]] as number | null | undefined) ?? 0);

const total = (
  figures: Figures | null,
  hidden: ReadonlySet<string>,
  half: "up" | "down"
) =>
  STACKS[half].reduce(
    (sum, series) => sum + (hidden.has(series) ? 0 : valueOf(figures, series)),
    0
  );

export const rules = (
  low: number,
  high: number,
  step: number,
  y: (value: number) => number
): Rule[] => {
  const count = Math.round((high - low) / step);
  return Array.from({ length: count + 1 }, (_, i) => {
    const value = low + i * step;
    return { value, y: y(value), ...(value === 0 && { strong: true }) };
  });
};

/** Lines of what is known, broken where it is not. */
const lines = (
  columns: readonly Column[],
  middle: (index: number) => number,
  valueAt: (column: Column) => number | null | undefined,
  y: (value: number) => number
): Mark[][] => {
  const pieces: Mark[][] = [[]];
  columns.forEach((column, index) => {
    const value = valueAt(column);
    if (value == null) pieces.push([]);
    else pieces.at(-1)?.push({ x: middle(index), y: y(value) });
  });
  return pieces.filter((piece) => piece.length);
};

export interface PictureInput {
  columns: readonly Column[];
  size: Size;
  /** Of days: a line at the total of the comparison instead of a bar beside it. */
  byDays: boolean;
  /** Of the period. */
  cop: number | null;
  copUncertainty: number | null;
  hidden: ReadonlySet<string>;
  /** False where a heat pump never tells: there is no place for it. */
  hasElectricity?: boolean;
  hasCop?: boolean;
}

/** Widened in whole steps to hold the values. */
const widened = (
  values: readonly number[],
  low: number,
  high: number,
  step: number
): [number, number] => [
  Math.min(low, ...values.map((value) => Math.floor(value / step) * step)),
  Math.max(high, ...values.map((value) => Math.ceil(value / step) * step)),
];

const values = (columns: readonly Column[], key: "cop" | "outdoor"): number[] =>
  columns.flatMap(({ figures, before }) =>
    [figures?.[key], before?.[key]].filter((value) => value != null)
  );

/** More is no COP of a period, and would make all others one line. */
const HIGHEST_COP = 6;

const bars = (
  { columns, byDays, hidden }: PictureInput,
  places: Picture["places"],
  zero: number,
  perKwh: number
): Bar[] => {
  const stack = (
    figures: Figures | null,
    x: number,
    width: number,
    ghost: boolean
  ) =>
    (["up", "down"] as const).flatMap((half) => {
      let reached = zero;
      return STACKS[half].flatMap((series) => {
        const height = hidden.has(series)
          ? 0
          : valueOf(figures, series) * perKwh;
        if (height <= 0) return [];
        const y = half === "up" ? reached - height : reached;
        reached += half === "up" ? -height : height;
        return [{ series, x, y, width, height, ghost }];
      });
    });
  const hasGhosts = !byDays && columns.some(({ before }) => before);
  return columns.flatMap(({ figures, before }, i) => {
    const { x = 0, width = 0 } = places[i] ?? {};
    // The ghost is half as wide and on the left.
    const [gap, ghost] = hasGhosts
      ? [width * 0.16, width * 0.24]
      : [width * 0.18, 0];
    const own = Math.min(width - 2 * gap - ghost, 56);
    const from = x + (width - own - Math.min(ghost, 28)) / 2;
    return [
      ...(ghost ? stack(before, from, Math.min(ghost, 28), true) : []),
      ...stack(figures, from + Math.min(ghost, 28), own, false),
    ];
  });
};

const ticks = (
  { columns, byDays, hidden }: PictureInput,
  places: Picture["places"],
  zero: number,
  perKwh: number
): Tick[] =>
  byDays
    ? columns.flatMap(({ before }, i) => {
        const { x = 0, width = 0 } = places[i] ?? {};
        return (["up", "down"] as const).flatMap((half) => {
          const sum = total(before, hidden, half);
          const y = zero + (half === "up" ? -sum : sum) * perKwh;
          return sum > 0
            ? [{ x: x + width * 0.08, width: width * 0.84, y }]
            : [];
        });
      })
    : [];

export const pictureOf = (input: PictureInput): Picture => {
  const { columns, size, hidden, hasElectricity = true, hasCop = true } = input;
  const [left, right] = [LEFT, size.width - RIGHT];
  const bottom = size.height - BOTTOM;
  const width = Math.max(0, right - left) / Math.max(1, columns.length);
  const places = columns.map((_, i) => ({ x: left + i * width, width }));
  const middle = (index: number) => left + (index + 0.5) * width;
  const room = bottom - NAME - 2 * GAP;
  const copHeight = hasCop ? room * SHARES[0] : 0;

  const copTop = NAME;
  const copBottom = copTop + copHeight;
  const [lowCop, highCop] = widened(
    values(columns, "cop").filter((value) => value <= HIGHEST_COP),
    2,
    4,
    1
  );
  const copY = (value: number) =>
    copBottom -
    ((Math.min(value, highCop) - lowCop) / (highCop - lowCop)) * copHeight;
  const isShown = !hidden.has("cop");
  const copMarks = (of: "figures" | "before") =>
    columns.flatMap((column, i) => {
      const cop = column[of]?.cop;
      return isShown && cop != null ? [{ x: middle(i), y: copY(cop) }] : [];
    });

  const energyTop = hasCop ? copBottom + GAP : NAME;
  const energyBottom = bottom - room * SHARES[2] - GAP;
  const energyHeight = energyBottom - energyTop;
  const halves = (half: "up" | "down") =>
    Math.max(
      0,
      ...columns.flatMap(({ figures, before }) =>
        [figures, before].map((each) => total(each, hidden, half))
      )
    );
  const [up, down] = [halves("up"), halves("down")];
  const steps = Math.floor(energyHeight / STEP_HEIGHT);
  const step = roundStep(
    Math.max(up + down, 1) / Math.min(MOST_STEPS, Math.max(1, steps))
  );
  const whole = (value: number, least = 1) =>
    Math.max(least, Math.ceil(value / step)) * step;
  const above = whole(up);
  const below = whole(down, hasElectricity ? 1 : 0);
  const perKwh = energyHeight / (above + below);
  const zero = energyTop + above * perKwh;

  const outdoorTop = energyBottom + GAP;
  const [low, high] = widened(values(columns, "outdoor"), 0, 10, 10);
  const outdoorY = (value: number) =>
    bottom - ((value - low) / (high - low)) * (bottom - outdoorTop);
  const line = (of: "figures" | "before") =>
    hidden.has("outdoor")
      ? []
      : lines(columns, middle, (column) => column[of]?.outdoor, outdoorY);

  const { cop, copUncertainty } = input;
  return {
    ...{ left, right, bottom, places },
    cop: {
      ...{ top: copTop, bottom: copBottom },
      rules: rules(lowCop, highCop, 1, copY),
      points: copMarks("figures"),
      before: copMarks("before"),
      line: isShown && cop !== null ? copY(cop) : null,
      band:
        isShown && cop !== null && copUncertainty !== null
          ? [
              copY(cop + copUncertainty),
              copY(Math.max(lowCop, cop - copUncertainty)),
            ]
          : null,
    },
    energy: {
      ...{ top: energyTop, bottom: energyBottom, zero, perKwh },
      rules: rules(-below, above, step, (value) => zero - value * perKwh),
      bars: bars(input, places, zero, perKwh),
      ticks: ticks(input, places, zero, perKwh),
    },
    outdoor: {
      ...{ top: outdoorTop, bottom },
      rules: rules(low, high, high - low > 30 ? 20 : 10, outdoorY),
      line: line("figures"),
      before: line("before"),
    },
  };
};

/** px between base lines of values that are read apart. */
const VALUE_HEIGHT = 11;

/** The rules whose values are written, from the lowest on, so that they stand apart. */
export const written = (rules: readonly Rule[]): ReadonlySet<Rule> => {
  let last = Infinity;
  return new Set(
    rules.filter(({ y }) => {
      const isApart = last - y >= VALUE_HEIGHT;
      if (isApart) last = y;
      return isApart;
    })
  );
};

/** Which labels are written: every so many, so that they stand apart. */
export const everyNth = (count: number, width: number, label: number): number =>
  Math.max(1, Math.ceil((count * label) / Math.max(1, width)));
