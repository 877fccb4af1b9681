import { describe, expect, it } from "vitest";
import {
  comparedWith,
  daysOf,
  moments,
  periodOf,
  readPeriod,
  startAfter,
  writePeriod,
} from "../../src/history/period.js";
import { zone } from "../fixtures/calendar.js";

const day = (text: string) => Date.parse(`${text}T00:00Z`);
const TODAY = day("2026-11-28");

describe("a period of the history", () => {
  it.each([
    [["year", "2025"], "heating_year", "2025-07-01"],
    [["calendar-year", "2025"], "year", "2025-01-01"],
    [["month", "2025-11"], "month", "2025-11-01"],
    [["week", "2025-11-05"], "week", "2025-11-03"],
    [["day", "2025-11-05"], "day", "2025-11-05"],
    [["all"], "all", "1970-01-01"],
    [[], "heating_year", "2026-07-01"],
    [["month", "2025-13"], "month", "2026-11-01"],
    [["day", "2025-02-30"], "day", "2026-11-28"],
    [["decade", "2025"], "heating_year", "2025-07-01"],
  ])("is read from %j", (parts, unit, start) => {
    expect(readPeriod(parts, TODAY)).toEqual({ unit, start: day(start) });
  });

  it.each([
    ["year", "2025"],
    ["calendar-year", "2025"],
    ["month", "2025-11"],
    ["week", "2025-11-03"],
    ["day", "2025-11-05"],
    ["all"],
  ])("is written as it is read: %s", (...parts) => {
    expect(writePeriod(readPeriod(parts, TODAY))).toEqual(parts);
  });

  it("is compared with the same a year ago, or with the one before", () => {
    const november = periodOf("month", TODAY);
    expect(comparedWith(november, "year")?.start).toBe(day("2025-11-01"));
    expect(comparedWith(november, "before")?.start).toBe(day("2026-10-01"));
    expect(comparedWith(november, "none")).toBeNull();
    const week = periodOf("week", TODAY);
    // The same days of the week.
    expect(comparedWith(week, "year")?.start).toBe(day("2025-11-24"));
    const year = periodOf("heating_year", TODAY);
    expect(comparedWith(year, "year")?.start).toBe(day("2025-07-01"));
    expect(comparedWith({ unit: "all", start: 0 }, "year")).toBeNull();
  });

  it("lasts as long as the calendar says, also when the clock is changed", () => {
    const october = periodOf("month", day("2026-10-15"));
    const { start, end } = moments(daysOf(october, TODAY, 0), zone);
    expect((end - start) / 3_600_000).toBe(31 * 24 + 1);
    const leap = periodOf("heating_year", day("2024-02-29"));
    expect(startAfter("heating_year", leap.start, 1) - leap.start).toBe(
      366 * 86_400_000
    );
  });
});
