import { describe, expect, it } from "vitest";
import {
  digitsOfStep,
  everyNth,
  pictureOf,
  roundStep,
  written,
} from "../../src/history/picture.js";
import type { PictureInput } from "../../src/history/picture.js";
import { model } from "./fixture.js";

const size = { width: 1000, height: 460 };

const picture = (parts: string[], change: Partial<PictureInput> = {}) => {
  const { columns, figures } = model(parts);
  return {
    columns,
    ...pictureOf({
      ...{ columns, size, byDays: parts[0] !== "year" },
      ...{
        cop: figures?.cop ?? null,
        copUncertainty: figures?.copUncertainty ?? null,
      },
      hidden: new Set(),
      ...change,
    }),
  };
};

describe("decimals", () => {
  it("tell the steps of an axis apart, and are no more than that", () => {
    expect([1, 2.5, 5, 10, 250].map(digitsOfStep)).toEqual([0, 1, 0, 0, 0]);
    expect([0.1, 0.25, 0.5, 0.025].map(digitsOfStep)).toEqual([1, 2, 1, 3]);
  });
});

describe("the main picture", () => {
  it("has the same kWh a pixel above and below, so that the COP is seen", () => {
    const { energy, columns } = picture(["year", "2025"]);
    const own = energy.bars.filter(({ ghost }) => !ghost);
    const height = (half: "up" | "down") =>
      own
        .filter(({ y }) => (half === "up" ? y < energy.zero : y >= energy.zero))
        .reduce((sum, bar) => sum + bar.height, 0);
    const sum = (key: "heat" | "electricity") =>
      columns.reduce((all, { figures }) => all + (figures?.[key] ?? 0), 0);
    expect(height("up") / height("down")).toBeCloseTo(
      sum("heat") / sum("electricity"),
      6
    );
    expect(energy.top).toBeLessThanOrEqual(Math.min(...own.map(({ y }) => y)));
    expect(energy.bottom).toBeGreaterThanOrEqual(
      Math.max(...own.map(({ y, height: h }) => y + h))
    );
  });

  it("has ghosts half as wide beside months, and lines over days", () => {
    const months = picture(["year", "2025"]).energy;
    const [ghost, own] = [true, false].map((each) =>
      months.bars.find((bar) => bar.ghost === each)
    );
    expect(ghost?.width).toBeLessThanOrEqual((own?.width ?? 0) / 1.5);
    expect(ghost && own && ghost.x + ghost.width <= own.x + 0.001).toBe(true);
    expect(months.ticks).toEqual([]);
    const days = picture(["month", "2025-11"]).energy;
    expect(days.bars.some((bar) => bar.ghost)).toBe(false);
    expect(days.ticks).toHaveLength(60);
  });

  it("leaves out what is hidden", () => {
    const hidden = new Set(["heating", "cop", "outdoor"]);
    const { energy, cop, outdoor } = picture(["year", "2025"], { hidden });
    expect(energy.bars.some(({ series }) => series === "heating")).toBe(false);
    expect([cop.points, cop.before, cop.line, cop.band]).toEqual([
      [],
      [],
      null,
      null,
    ]);
    expect([outdoor.line, outdoor.before]).toEqual([[], []]);
  });

  it("keeps its axes calm: COP from 2 to 4, widened in whole steps", () => {
    const { cop } = picture(["year", "2025"]);
    expect(cop.rules.map(({ value }) => value)).toEqual([2, 3, 4]);
  });

  it("breaks lines where nothing is known", () => {
    const columns = model(["year", "2025"]).columns.map((column, i) =>
      i === 5 ? { ...column, figures: null } : column
    );
    expect(picture(["year", "2025"], { columns }).outdoor.line).toHaveLength(2);
  });

  it("is there without anything to draw", () => {
    const columns = model(["year", "2025"]).columns.map((column) => ({
      ...column,
      figures: null,
      before: null,
    }));
    const { energy, cop } = picture(["year", "2025"], {
      columns,
      cop: null,
      copUncertainty: null,
    });
    expect([energy.bars, cop.points, cop.line]).toEqual([[], [], null]);
    expect(energy.rules.every(({ y }) => Number.isFinite(y))).toBe(true);
  });

  it("writes values that stand apart, however low it is", () => {
    for (const parts of [
      ["year", "2025"],
      ["month", "2025-11"],
    ]) {
      const { cop, energy, outdoor } = picture(parts, {
        size: { width: 300, height: 220 },
      });
      for (const { rules } of [cop, energy, outdoor]) {
        const heights = [...written(rules)].map(({ y }) => y);
        expect(heights.length).toBeGreaterThan(1);
        heights.slice(1).forEach((y, i) => {
          expect((heights[i] ?? 0) - y).toBeGreaterThanOrEqual(11);
        });
      }
      // Rules that are not written are few enough to be told apart, too.
      expect(written(energy.rules).size).toBe(energy.rules.length);
    }
  });

  it("writes labels that stand apart, on round steps", () => {
    expect(everyNth(31, 900, 44)).toBe(2);
    expect(everyNth(12, 900, 44)).toBe(1);
    expect([0.7, 1, 13, 26, 480].map(roundStep)).toEqual([1, 1, 20, 50, 500]);
  });
});
