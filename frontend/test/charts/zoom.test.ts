import { describe, expect, it } from "vitest";
import {
  withContext,
  partAfterUpdate,
  pinched,
  scaled,
  within,
} from "../../src/charts/zoom.js";

const H = 3_600_000;
const whole = { start: 0, end: 24 * H };

describe("zoom", () => {
  it("comes closer withContext the pointer", () => {
    expect(scaled(whole, whole, 0.5, 2)).toEqual({ start: 6 * H, end: 18 * H });
    expect(scaled(whole, whole, 0, 2)).toEqual({ start: 0, end: 12 * H });
  });

  it("shows everything again when it is far enough away", () => {
    expect(scaled({ start: 6 * H, end: 18 * H }, whole, 0.5, 0.4)).toBeNull();
  });

  it("stays inside the period and does not come closer than ten minutes", () => {
    expect(within({ start: 20 * H, end: 30 * H }, whole)).toEqual({
      start: 14 * H,
      end: 24 * H,
    });
    expect(scaled({ start: 0, end: H }, whole, 0, 1000)).toEqual({
      start: 0,
      end: 600_000,
    });
  });

  const later = { start: 30_000, end: 24 * H + 30_000 };

  it("stays where it is while the period goes on", () => {
    const part = { start: 3 * H, end: 4 * H };
    expect(partAfterUpdate(part, whole, later)).toEqual(part);
    expect(partAfterUpdate(null, whole, later)).toBeNull();
  });

  it("keeps up with the present where it shows it", () => {
    expect(
      partAfterUpdate({ start: 22 * H, end: 24 * H }, whole, later)
    ).toEqual({
      start: 22 * H + 30_000,
      end: 24 * H + 30_000,
    });
  });

  it("ends with another period", () => {
    const week = { start: 0, end: 168 * H };
    expect(
      partAfterUpdate({ start: 3 * H, end: 4 * H }, whole, week)
    ).toBeNull();
  });
});

describe("pinched", () => {
  const whole = { start: 0, end: 86_400_000 };

  it("keeps each moment under its finger", () => {
    const apart = pinched([20_000_000, 0.25], [40_000_000, 0.75], whole)!;
    expect(apart).toEqual({ start: 10_000_000, end: 50_000_000 });
    const moved = pinched([20_000_000, 0.35], [40_000_000, 0.85], whole)!;
    expect(moved.end - moved.start).toBeCloseTo(40_000_000);
    expect(moved.start).toBeCloseTo(6_000_000);
  });

  it("shows everything when the fingers come together", () => {
    expect(pinched([20_000_000, 0.5], [60_000_000, 0.6], whole)).toBeNull();
  });

  it("says nothing of two fingers at one place", () => {
    expect(pinched([20_000_000, 0.5], [60_000_000, 0.51], whole)).toBe(
      undefined
    );
  });
});

describe("withContext", () => {
  const whole = { start: 0, end: 86_400_000 };

  it("has a run in the middle, and some time beside it", () => {
    expect(withContext({ start: 40_000_000, end: 44_000_000 }, whole)).toEqual({
      start: 37_000_000,
      end: 47_000_000,
    });
  });

  it("is never closer than an hour, nor outside the period", () => {
    expect(
      withContext({ start: 0, end: 0 }, { start: 0, end: 7_200_000 })
    ).toEqual({
      start: 0,
      end: 3_600_000,
    });
  });
});
