import { describe, expect, it } from "vitest";
import { costCompared, growingCost } from "../../src/history/cost.js";
import { day, model } from "./fixture.js";

describe("the cost", () => {
  it("differs by weather, all else and price, which add up", () => {
    const year = model(["year", "2025"], {
      changed: { from: day("2025-07-01"), by: 0.1 },
    });
    const before = year.before && {
      ...year.before,
      cost: (year.before.electricity ?? 0) * 1.2,
    };
    const found = costCompared({ ...year, before });
    const sum = found?.rows.reduce((all, { value }) => all + value, 0);
    expect(sum).toBeCloseTo(found?.difference ?? NaN, 6);
    expect(found?.prices.map((price) => price.toFixed(2))).toEqual([
      "1.20",
      "1.50",
    ]);
    const of = (key: string) =>
      found?.rows.find((row) => row.key === key)?.value;
    expect(of("rest")).toBeGreaterThan(0);
    expect(of("price")).toBeCloseTo(0.3 * (year.weather?.after ?? 0), 6);
  });

  it("says what was not read on both sides", () => {
    const gaps = Array.from(
      { length: 20 },
      (_, i) => day("2025-12-01") + i * 86_400_000
    );
    const year = model(["year", "2025"], { gaps });
    const found = costCompared(year);
    const left = found?.rows.find(({ key }) => key === "left_out");
    expect(left?.value).toBeLessThan(-100);
    const sum = found?.rows.reduce((all, { value }) => all + value, 0);
    expect(sum).toBeCloseTo(found?.difference ?? NaN, 6);
  });

  it("says what has no price, and of no day that it was not read", () => {
    const year = model(["year", "2025"]);
    const all = costCompared(year);
    const { figures } = year;
    const cost = (figures?.cost ?? 0) * 0.96;
    const priced = (figures?.priced ?? 0) * 0.96;
    const found = costCompared({
      ...year,
      figures: figures && { ...figures, cost, priced },
    });
    const beside = found?.rows.slice(3);
    expect(beside?.map(({ key }) => key)).toEqual(["unpriced"]);
    expect(beside?.[0]?.value).toBeCloseTo(cost - (figures?.cost ?? 0), 6);
    expect(found?.rows.slice(0, 3)).toEqual(
      all?.rows.map(({ key, value }) => ({
        key,
        value: expect.closeTo(value, 6) as number,
      }))
    );
    // As it stands on the card: between the two costs that it shows.
    expect(found?.difference).toBeCloseTo(cost - (year.before?.cost ?? 0), 6);
  });

  it("is not compared without a price, or without anything to compare with", () => {
    expect(costCompared(model(["year", "2025"], { price: null }))).toBeNull();
    expect(costCompared(model(["year", "2025"], {}, "none"))).toBeNull();
  });

  it("grows day by day to that of the period, up to now", () => {
    const month = model(["month", "2026-11"]);
    const points = growingCost(month.days, month.rows);
    expect(points[0]).toEqual({ index: 0, value: 0 });
    expect(points).toHaveLength(29);
    expect(points.at(-1)?.value).toBeCloseTo(month.figures?.cost ?? NaN, 6);
  });

  it("grows from the first day that was read", () => {
    const month = model(["month", "2026-11"], { first: day("2026-11-11") });
    const points = growingCost(month.days, month.rows);
    expect(points[0]).toEqual({ index: 10, value: 0 });
    expect(points).toHaveLength(19);
  });

  it("grows from the first day whose cost is known", () => {
    const month = model(["month", "2026-11"]);
    const rows = new Map(month.rows);
    for (let i = 0; i < 5; i += 1) {
      const start = day("2026-11-01") + i * 86_400_000;
      const row = rows.get(start)!;
      rows.set(start, { ...row, totals: { ...row.totals!, cost: null } });
    }
    const points = growingCost(month.days, rows);
    expect(points[0]).toEqual({ index: 5, value: 0 });
    expect(points).toHaveLength(24);
  });
});
