import { describe, expect, it } from "vitest";
import { inDays, isByDays } from "../../src/charts/day-form.js";
import { format, HOUR, snapshot } from "./fixture.js";

/** Local midnight of 20 January in Stockholm. */
const MIDNIGHT = Date.UTC(2026, 0, 19, 23);
const STEP = 10_800;

const rows = (count: number, from: number) =>
  Array.from({ length: count }, (_, i) => from + i * 3 * HOUR);

describe("a long period", () => {
  // From noon on: half a day, a whole one, and three hours.
  const time = rows(13, MIDNIGHT + 12 * HOUR);
  const long = snapshot({
    ...{ start: time[0] ?? 0, end: (time[12] ?? 0) + 3 * HOUR, step: STEP },
    ledgerStep: STEP,
    readings: {
      time,
      outdoor_temp: time.map((_, i) => (i === 5 ? null : i)),
      outdoor_temp_min: time.map((_, i) => (i === 5 ? null : i - 1)),
      outdoor_temp_max: time.map((_, i) => (i === 5 ? null : i + 2)),
      compressor: time.map(() => 0.5),
    },
    ledger: {
      time,
      electricity_kwh: time.map(() => 2),
      cost: time.map((_, i) => (i < 4 ? null : 3)),
    },
  });

  it("is shown by its local days", () => {
    const days = inDays(long, format);
    expect(isByDays(long)).toBe(false);
    expect(isByDays(days)).toBe(true);
    const midnights = [0, 24, 48].map((hours) => MIDNIGHT + hours * HOUR);
    expect(days.readings.time).toEqual(midnights);
    expect(days.ledger.time).toEqual(midnights);
    expect([days.step, days.ledger.step]).toEqual([86_400, 86_400]);
    expect(days.readings.outdoor_temp).toEqual([
      1.5,
      (4 + 6 + 7 + 8 + 9 + 10 + 11) / 7,
      12,
    ]);
    expect(days.readings.outdoor_temp_min).toEqual([-1, 3, 11]);
    expect(days.readings.outdoor_temp_max).toEqual([5, 13, 14]);
    expect(days.readings.compressor).toEqual([0.5, 0.5, 0.5]);
    expect(days.readings).not.toHaveProperty("compressor_min");
    expect(days.ledger.electricity_kwh).toEqual([8, 16, 2]);
    expect(days.ledger.cost).toEqual([null, 24, 3]);
    expect([days.start, days.end]).toEqual([long.start, long.end]);
  });

  it("counts a row that is cut at midnight for as long as it is", () => {
    // In spring the last one of the day has two hours.
    const spring = Date.UTC(2026, 2, 28, 23);
    const times = [0, 3, 6, 9, 12, 15, 18, 21, 23].map(
      (h) => spring + h * HOUR
    );
    const short = snapshot({
      ...{ start: spring, end: spring + 26 * HOUR, step: STEP },
      ledgerStep: STEP,
      readings: {
        time: times,
        outdoor_temp: times.map((_, i) => (i === 7 ? 23 : 0)),
      },
      ledger: { time: times, electricity_kwh: times.map(() => 1) },
    });
    const days = inDays(short, format);
    expect(days.readings.time).toEqual([spring, spring + 23 * HOUR]);
    expect(days.readings.outdoor_temp).toEqual([2, 0]);
    expect(days.ledger.electricity_kwh).toEqual([8, 1]);
  });

  it("is made once", () => {
    expect(inDays(long, format)).toBe(inDays(long, format));
  });

  it("is left as it is where its rows are shorter, or days already", () => {
    for (const step of [0, 3600, 86_400]) {
      const other = snapshot({ step });
      expect(inDays(other, format)).toBe(other);
    }
  });

  it("counts a row where most of it lies, in another time zone", () => {
    // Rows of a home two hours east of the browser.
    const times = rows(17, MIDNIGHT - 2 * HOUR);
    const shifted = snapshot({
      ...{ start: times[0]!, end: times[16]! + 3 * HOUR, step: STEP },
      ledgerStep: STEP,
      readings: { time: times },
      ledger: { time: times, electricity_kwh: times.map((_, i) => i) },
    });
    const { time: days, electricity_kwh: sums } = inDays(
      shifted,
      format
    ).ledger;
    expect(days).toEqual([-24, 0, 24].map((hours) => MIDNIGHT + hours * HOUR));
    expect(sums).toEqual([0, 36, 100]);
  });
});
