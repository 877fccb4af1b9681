import { describe, expect, it } from "vitest";
import {
  calmRange,
  fittedRange,
  spacedRange,
} from "../../src/charts/value-range.js";
import type { Scale } from "../../src/charts/value-range.js";

const DEGREES: Scale = { least: [0, 20], steps: [5, 10, 20], most: 8 };

describe("fittedRange", () => {
  it.each([
    [[], 0, 20, 5],
    [[NaN, 3, 12], 0, 20, 5],
    [[1, 38], 0, 40, 5],
    [[1, 41], 0, 50, 10],
    [[-0.1, 61], -10, 70, 10],
    [[-20, 60], -20, 60, 10],
    [[-21, 61], -40, 80, 20],
    [[-300, 300], -300, 300, 20],
  ])("holds %j in whole steps", (values, min, max, interval) => {
    expect(fittedRange(DEGREES, values)).toEqual({ min, max, interval });
  });

  it("does not follow a freak value for ever", () => {
    const cop: Scale = { least: [0, 4], steps: [1, 2], limit: 12 };
    expect(fittedRange(cop, [3, 99])).toEqual({ min: 0, max: 12, interval: 2 });
  });

  it("is not widened by what a sum of floats is above an edge", () => {
    const power: Scale = { least: [0, 2], steps: [1] };
    expect(fittedRange(power, [0.1 * 30]).max).toBe(3);
  });
});

describe("calmRange", () => {
  const range = (min: number, max: number, interval = 10) => ({
    min,
    max,
    interval,
  });

  it("grows where data need it, and keeps what it had", () => {
    expect(calmRange(range(0, 50), range(-10, 40), true)).toEqual(
      range(-10, 50)
    );
    expect(calmRange(range(-10, 60), range(-20, 80, 20), true)).toEqual(
      range(-20, 80, 20)
    );
  });

  it("stays where they need less, unless half would do", () => {
    const before = range(0, 80);
    expect(calmRange(before, range(0, 50), true)).toBe(before);
    expect(calmRange(before, range(0, 40), true)).toEqual(range(0, 40));
    expect(calmRange(before, range(0, 40), false)).toBe(before);
  });

  it("does not swing between two updates", () => {
    let now = range(0, 40);
    const drawn = [39, 41, 39, 41, 38].map((value) => {
      now = calmRange(now, fittedRange(DEGREES, [value]), true);
      return now.max;
    });
    expect(drawn).toEqual([40, 50, 50, 50, 50]);
  });
});

it("leaves lines out where they would be too dense", () => {
  const cop = { min: 0, max: 6, interval: 1 };
  const interval = (height: number) => spacedRange(cop, height).interval;
  expect([interval(300), interval(100), interval(40)]).toEqual([1, 2, 6]);
});
