import { describe, expect, it } from "vitest";
import { layoutOf, yearsOf } from "../../src/history/map-parts.js";
import { look } from "../components/fixture.js";
import { day, model } from "./fixture.js";

describe("the parts of the calendar", () => {
  it("are the heating year around a month", () => {
    const years = yearsOf(model(["month", "2026-11"]), look);
    expect(years).toEqual([
      {
        name: "2026/27",
        days: { start: day("2026-07-01"), end: day("2027-07-01") },
      },
    ]);
    const { parts, tops, height, isAll } = layoutOf(years, 1000);
    expect(parts).toEqual(years);
    expect(isAll).toBe(false);
    expect(tops).toEqual([20]);
    expect(height).toBeGreaterThan(7 * 15);
  });

  it("are halves of it where it is narrow, and one row a year of all", () => {
    const year = yearsOf(model(["year", "2025"]), look);
    const narrow = layoutOf(year, 360);
    expect(narrow.parts.map(({ days }) => days.end)).toEqual([
      day("2026-01-01"),
      day("2026-07-01"),
    ]);
    const all = yearsOf(model(["all"], { first: day("2024-03-01") }), look);
    const rows = layoutOf(all, 1000);
    expect(rows.parts.map(({ name }) => name)).toEqual([
      "2023/24",
      "2024/25",
      "2025/26",
      "2026/27",
    ]);
    expect(rows.high).toBeLessThan(rows.pitch);
  });
});
