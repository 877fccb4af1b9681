import { describe, expect, it } from "vitest";
import { rangeReaching } from "../../src/data/range.js";
import { asOf, historyProgress, isStale } from "../../src/data/stale.js";
import { FakeServer } from "../fixtures/heat-pump.js";

const MINUTE = 60_000;
const DAY = 86_400_000;
const END = Date.UTC(2026, 0, 22, 19, 42);
const snapshot = new FakeServer(END, 2).snapshot("24h", END);

describe("isStale", () => {
  it.each([10, 45])("begins %i minutes after the last reading", (minutes) => {
    const last = { time: END, stale_after_s: 60 * minutes };
    expect(isStale(last, END + minutes * MINUTE)).toBe(false);
    expect(isStale(last, END + minutes * MINUTE + 1)).toBe(true);
    expect(isStale({ ...last, time: null }, END)).toBe(false);
  });
});

describe("asOf", () => {
  it("leaves fresh readings alone", () => {
    expect(asOf(snapshot, END + MINUTE)).toBe(snapshot);
  });

  it("does not go on beyond the end of a span", () => {
    const end = END - 3_600_000;
    expect(asOf({ ...snapshot, end }, END + 60 * MINUTE, end).end).toBe(end);
  });

  it("goes on to now without present values once they are old", () => {
    const old = asOf(snapshot, END + 60 * MINUTE);
    expect(old.end).toBe(END + 60 * MINUTE);
    expect(old.status).toMatchObject({ mode: null, metrics: {}, cop: null });
    expect(old.readings.time).toEqual([...snapshot.readings.time, END + 1]);
    expect(old.readings.supply_temp?.at(-1)).toBeNull();
    expect(old.totals).toBe(snapshot.totals);
  });
});

describe("historyProgress", () => {
  const reading = (from: number | null, complete: boolean) => ({
    ...snapshot,
    start: END - 30 * DAY,
    status: { ...snapshot.status, history: { from, complete } },
  });

  it("counts the days read so far", () => {
    const now = END;
    expect(historyProgress(reading(now - 11.4 * DAY, false), now)).toEqual({
      day: 12,
      days: 31,
      from: now - 11.4 * DAY,
    });
  });

  it("counts the days of a year where one looks at a year", () => {
    const year = {
      ...reading(END - 40 * DAY, false),
      start: END - 364.5 * DAY,
    };
    expect(historyProgress(year, END)).toMatchObject({ day: 40, days: 365 });
  });

  it("says nothing once all is read, or where the range is", () => {
    expect(historyProgress(reading(END - 11 * DAY, true), END)).toBeNull();
    expect(historyProgress(reading(END - 31 * DAY, false), END)).toBeNull();
    expect(historyProgress(reading(null, false), END)).toBeNull();
  });
});

describe("rangeReaching", () => {
  it("is the shortest range that shows the moment", () => {
    expect(rangeReaching(END - 30 * MINUTE, END)).toBe("1h");
    expect(rangeReaching(END - 2 * DAY, END)).toBe("7d");
    expect(rangeReaching(END - 40 * DAY, END)).toBe("90d");
    expect(rangeReaching(END - 400 * DAY, END)).toBeNull();
  });
});
