import { describe, expect, it } from "vitest";
import type { HeatPumpEvent } from "../../src/data/types.js";
import { wintersOf } from "../../src/history/winters.js";
import { heatingYear } from "../../src/history/words.js";
import { day, model } from "./fixture.js";

const FIRST = day("2023-06-20");

describe("winters over one another", () => {
  it("show what each used beyond the first whole one at the same weather", () => {
    const from = day("2025-07-01");
    const all = model(["all"], { first: FIRST, changed: { from, by: 0.1 } });
    const winters = wintersOf(all, []);
    expect(winters.map(({ start }) => heatingYear(start))).toEqual([
      "2023/24",
      "2024/25",
      "2025/26",
      "2026/27",
    ]);
    expect(winters[0]).toMatchObject({ isMeasure: true, isRunning: false });
    expect(winters[3]).toMatchObject({ isMeasure: false, isRunning: true });
    const ends = winters.map(({ points }) => points.at(-1)?.kwh ?? NaN);
    const used = all.years.heating_year[2]?.totals?.electricity_kwh ?? NaN;
    expect(Math.abs(ends[0] ?? NaN)).toBeLessThan(0.02 * used);
    expect(Math.abs(ends[1] ?? NaN)).toBeLessThan(0.03 * used);
    expect(ends[2]).toBeGreaterThan(0.06 * used);
    expect(ends[2]).toBeLessThan(0.13 * used);
    expect(winters[2]?.points.at(-1)?.index).toBe(365);
  });

  it("leave out a year whose readings begin too late", () => {
    const all = model(["all"], { first: day("2024-03-01") });
    const names = wintersOf(all, []).map(({ start }) => heatingYear(start));
    expect(names).toEqual(["2024/25", "2025/26", "2026/27"]);
  });

  it("are none of one year alone", () => {
    expect(wintersOf(model(["all"], { first: day("2026-03-01") }), [])).toEqual(
      []
    );
  });

  it("mark changes of settings, one a day, and alarms before them", () => {
    const all = model(["all"], { first: FIRST });
    const setting = { time: 0, kind: "setting", setting: "heat_curve" };
    const told = (on: string, event: object = setting) => ({
      day: day(on),
      event: event as HeatPumpEvent,
    });
    const alarm = { time: 0, kind: "alarm", value: 1, text: "Stop" };
    const events = [
      told("2025-10-01"),
      told("2025-10-01"),
      told("2025-11-01"),
      told("2025-12-01"),
      told("2026-01-01", alarm),
    ];
    const marks = wintersOf(all, events).flatMap((winter) => winter.marks);
    expect(marks.map((mark) => [mark.told.day, mark.told.event.kind])).toEqual([
      [day("2025-10-01"), "setting"],
      [day("2025-11-01"), "setting"],
      [day("2026-01-01"), "alarm"],
    ]);
  });

  it("mark alarms where they were", () => {
    const all = model(["all"], { first: FIRST });
    const event = { time: 0, kind: "alarm", value: 1, text: "Stop" };
    const told = { day: day("2025-10-09"), event };
    const marks = wintersOf(all, [told]).map((winter) => winter.marks);
    expect(marks.map(({ length }) => length)).toEqual([0, 0, 1, 0]);
    expect(marks[2]?.[0]).toMatchObject({ index: 100, told });
  });
});
