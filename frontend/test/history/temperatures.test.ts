import { describe, expect, it } from "vitest";
import { DAY } from "../../src/format/calendar.js";
import { dayAxis } from "../../src/history/day-axis.js";
import {
  dayTemperatures,
  temperaturePicture,
} from "../../src/history/temperatures.js";
import { zone } from "../fixtures/calendar.js";
import { day } from "./fixture.js";

const START = day("2026-11-01");
const days = { start: START, end: day("2026-12-01") };
const known = { start: START, end: day("2026-11-29") };
const size = { width: 664, height: 400 };

const readings = (count: number, gap = -1) => {
  const column = (value: (i: number) => number) =>
    Array.from({ length: count }, (_, i) => (i === gap ? null : value(i)));
  return {
    time: Array.from({ length: count }, (_, i) => zone.utc(START + i * DAY)),
    outdoor_temp: column((i) => i - 5),
    outdoor_temp_min: column((i) => i - 9),
    outdoor_temp_max: column((i) => i - 1),
    hot_water_temp: column(() => 48),
    hot_water_temp_min: column(() => 41),
    hot_water_temp_max: column(() => 55),
  };
};

const picture = (gap = -1, readSince = START) =>
  temperaturePicture({
    ...{ days, known, size, readSince, fahrenheit: false },
    found: dayTemperatures(readings(28, gap), zone),
  });

describe("temperatures of days", () => {
  it("are those of local days", () => {
    const [first] = dayTemperatures(readings(2), zone);
    expect(first).toEqual({
      day: START,
      outdoor: { low: -9, mean: -5, high: -1 },
      indoor: { low: null, mean: null, high: null },
      hot_water: { low: 41, mean: 48, high: 55 },
    });
  });

  it("stand one above the other, only those that are known", () => {
    const { plots, gaps } = picture();
    expect(plots.map(({ curve }) => curve)).toEqual(["outdoor", "hot_water"]);
    const [outdoor, hotWater] = plots;
    expect(outdoor?.bottom).toBeLessThan(hotWater?.top ?? NaN);
    expect(gaps).toEqual([]);
    expect(outdoor?.limit).toBeNull();
    const rules = hotWater?.rules.map(({ value }) => value) ?? [];
    expect(rules).toContain(60);
    expect(hotWater?.limit).toBe(hotWater?.rules[rules.indexOf(60)]?.y);
  });

  it("are broken and hatched where nothing was read", () => {
    const { plots, gaps, x, dayWidth } = picture(10);
    expect(plots[0]?.lines.map(({ length }) => length)).toEqual([10, 17]);
    expect(plots[0]?.bands).toHaveLength(2);
    expect(gaps).toEqual([{ x: x(START + 10 * DAY), width: dayWidth }]);
  });

  it("are no gaps where the past is still to be read", () => {
    const since = START + 12 * DAY;
    const { gaps, unread, x } = picture(10, since);
    expect(gaps).toEqual([]);
    expect(unread).toEqual({ x: x(START), width: x(since) - x(START) });
    expect(picture(20, since).gaps).toHaveLength(1);
    expect(picture().unread).toBeNull();
  });

  it("have a band around the mean", () => {
    const [outdoor] = picture().plots;
    const band = outdoor?.bands[0] ?? [];
    const line = outdoor?.lines[0] ?? [];
    expect(band).toHaveLength(2 * line.length);
    expect(band[0]?.y).toBeLessThan(line[0]?.y ?? NaN);
    expect(band.at(-1)?.y).toBeGreaterThan(line[0]?.y ?? NaN);
  });
});

describe("the axis of days", () => {
  const edges = { left: 40, right: 640, bottom: 300 };

  it("names days of a month as there is room", () => {
    const { ticks, dayWidth } = dayAxis(days, edges);
    expect(dayWidth).toBe(20);
    expect(ticks.map(({ day: at }) => new Date(at).getUTCDate())).toEqual([
      1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29,
    ]);
  });

  it("names the months of a year", () => {
    const year = { start: day("2025-07-01"), end: day("2026-07-01") };
    const { ticks } = dayAxis(year, edges);
    expect(ticks.map(({ day: at }) => new Date(at).getUTCMonth())).toEqual([
      6, 8, 10, 0, 2, 4,
    ]);
    expect(ticks.every(({ isMonth }) => isMonth)).toBe(true);
    expect(ticks[0]?.x).toBe(40);
    expect(dayAxis(year, { ...edges, right: 840 }).ticks).toHaveLength(12);
  });
});
