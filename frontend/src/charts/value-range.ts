/** What a value axis shows: all there is, in whole steps, and calm while data come and go. Pure. */

export interface Range {
  min: number;
  max: number;
  /** From line to line. */
  interval: number;
}

/** How an axis may be. */
export interface Scale {
  /** Seen in any case, so that little that changes does not look like much. */
  least: readonly [min: number, max: number];
  /** Whole steps it may have; the first that needs no more than `most` of them is taken. */
  steps: readonly number[];
  most?: number;
  /** Values beyond, up or down, are left to run out of the picture. */
  limit?: number;
}

/** A sum of floats that is this little (in steps) above an edge is on it. */
const ROUNDING = 1e-6;
const MOST_STEPS = 6;
/** Px from line to line. */
const LEAST_SPACING = 26;

const length = ({ min, max }: Range) => max - min;

const inSteps = (min: number, max: number, interval: number): Range => ({
  min: Math.floor(min / interval + ROUNDING) * interval,
  max: Math.ceil(max / interval - ROUNDING) * interval,
  interval,
});

/** The closest range in whole steps that holds `values`; NaN = none. */
export const fittedRange = (
  { least, steps, most = MOST_STEPS, limit = Infinity }: Scale,
  values: Iterable<number>
): Range => {
  let [min, max] = least;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const [low, high] = [Math.max(-limit, min), Math.min(limit, max)];
  const ranges = steps.map((step) => inSteps(low, high, step));
  const fits = (range: Range) => length(range) / range.interval <= most;
  return ranges.find(fits) ?? ranges.at(-1) ?? inSteps(low, high, 1);
};

/**
 * The range after data have changed: it grows where they need it, and stays where they need less,
 * unless half of it would do and it `mayShrink`.
 */
export const calmRange = (
  before: Range,
  wanted: Range,
  mayShrink: boolean
): Range => {
  const holds = wanted.min >= before.min && wanted.max <= before.max;
  if (holds) {
    const isMuchLess = length(wanted) <= length(before) / 2;
    return isMuchLess && mayShrink ? wanted : before;
  }
  return inSteps(
    Math.min(before.min, wanted.min),
    Math.max(before.max, wanted.max),
    Math.max(before.interval, wanted.interval)
  );
};

/** Every second, third, fifth or tenth line only where all would be too dense in `height` px. */
export const spacedRange = (range: Range, height: number): Range => {
  const count = Math.round(length(range) / range.interval);
  const factor = [1, 2, 3, 5, 10].find(
    (each) => count % each === 0 && height / (count / each) >= LEAST_SPACING
  );
  return { ...range, interval: range.interval * (factor ?? count) };
};
