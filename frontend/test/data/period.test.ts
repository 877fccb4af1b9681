import { describe, expect, it } from "vitest";
import {
  FARTHEST_MS,
  isPeriod,
  adjacentPeriod,
  periodKey,
  presetSpan,
  spanProblem,
} from "../../src/data/period.js";
import { createZone } from "../../src/format/zone.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 0, 22, 19, 42, 30);
const MINUTE_OF_NOW = Date.UTC(2026, 0, 22, 19, 42);

const zone = createZone("Europe/Stockholm");

const span = (start: number, end: number) => ({ start, end });

describe("a period", () => {
  it("is a range or a span, and nothing else", () => {
    expect(["24h", span(1, 2)].every(isPeriod)).toBe(true);
    expect(["24", null, {}, { start: 1 }].some(isPeriod)).toBe(false);
  });

  it("has a key of its own", () => {
    expect(periodKey("24h")).toBe("24h");
    expect(periodKey(span(1, 2))).toBe(periodKey(span(1, 2)));
    expect(periodKey(span(1, 2))).not.toBe(periodKey(span(1, 3)));
  });
});

describe("adjacentPeriod", () => {
  it("goes back from a range by its length", () => {
    expect(adjacentPeriod("24h", -1, NOW, null, zone)).toEqual(
      span(MINUTE_OF_NOW - 2 * DAY, MINUTE_OF_NOW - DAY)
    );
  });

  it("comes forward again, and ends in the range", () => {
    const first = adjacentPeriod("24h", -1, NOW, null, zone)!;
    const second = adjacentPeriod(first, -1, NOW, null, zone)!;
    expect(adjacentPeriod(second, 1, NOW, null, zone)).toEqual(first);
    expect(adjacentPeriod(first, 1, NOW + 60_000, null, zone)).toBe("24h");
  });

  it("ends at now where there is no range of that length", () => {
    const five = span(NOW - 7 * HOUR, NOW - 2 * HOUR);
    expect(adjacentPeriod(five, 1, NOW, null, zone)).toEqual(
      span(MINUTE_OF_NOW - 5 * HOUR, MINUTE_OF_NOW)
    );
  });

  it("does not go into the future", () => {
    expect(adjacentPeriod("1h", 1, NOW, null, zone)).toBeNull();
    expect(
      adjacentPeriod(span(NOW - HOUR, NOW + HOUR), 1, NOW, null, zone)
    ).toBeNull();
  });

  it("goes no farther back than one can look", () => {
    const far = adjacentPeriod("30d", -1, NOW, null, zone)!;
    expect(far).toEqual(
      span(MINUTE_OF_NOW + 60_000 - FARTHEST_MS, MINUTE_OF_NOW + 60_000 - DAY)
    );
    expect(adjacentPeriod(far, -1, NOW, null, zone)).toBeNull();
  });
});

describe("where clocks are changed", () => {
  const midnight = (month: number, day: number) =>
    zone.utc(Date.UTC(2026, month - 1, day));
  const days = (month: number, from: number, to: number) =>
    span(midnight(month, from), midnight(month, to));
  const later = Date.UTC(2026, 10, 20);
  const first = Date.UTC(2025, 0, 1);
  const step = (period: ReturnType<typeof span>, by: -1 | 1) =>
    adjacentPeriod(period, by, later, first, zone);

  it.each([
    [3, 29],
    [10, 25],
  ])("goes by whole days around %d/%d", (month, day) => {
    const changed = days(month, day, day + 1);
    expect(step(days(month, day + 1, day + 2), -1)).toEqual(changed);
    expect(step(changed, -1)).toEqual(days(month, day - 1, day));
    expect(step(changed, 1)).toEqual(days(month, day + 1, day + 2));
    expect(step(days(month, day - 1, day), 1)).toEqual(changed);
  });

  it("stays at whole days where clocks jump at midnight", () => {
    const santiago = createZone("America/Santiago");
    const day = (number: number) => santiago.utc(Date.UTC(2026, 8, number));
    const sunday = span(day(6), day(7));
    expect(day(7) - day(6)).toBe(23 * HOUR);
    const move = (period: ReturnType<typeof span>, by: -1 | 1) =>
      adjacentPeriod(period, by, later, first, santiago);
    expect(move(sunday, -1)).toEqual(span(day(5), day(6)));
    expect(move(span(day(5), day(6)), 1)).toEqual(sunday);
    expect(move(span(day(5), day(6)), -1)).toEqual(span(day(4), day(5)));
    expect(move(sunday, 1)).toEqual(span(day(7), day(8)));
  });

  it("goes by whole weeks", () => {
    const [week, next] = [days(10, 12, 19), days(10, 19, 26)];
    expect(step(week, 1)).toEqual(next);
    expect(step(next, -1)).toEqual(week);
  });

  it("comes from a day of 25 hours to the last 24 hours", () => {
    const now = midnight(10, 26) + 2 * HOUR;
    const day = days(10, 25, 26);
    expect(adjacentPeriod(day, 1, now, null, zone)).toBe("24h");
  });
});

describe("where the first reading is known", () => {
  const first = MINUTE_OF_NOW - 400 * DAY;

  it("goes back to it, and no farther", () => {
    const year = adjacentPeriod("1y", -1, NOW, first, zone)!;
    expect(year).toEqual(span(first, first + 365 * DAY));
    expect(adjacentPeriod(year, -1, NOW, first, zone)).toBeNull();
  });

  it("can be looked at all of it", () => {
    const old = span(first, first + DAY);
    expect(spanProblem(old, NOW, first)).toBeNull();
    expect(spanProblem(old, NOW, first + HOUR)).toBe("too_early");
  });

  it("reaches back a month though it began today", () => {
    const month = span(NOW - 30 * DAY, NOW);
    expect(spanProblem(month, NOW, NOW - HOUR)).toBeNull();
  });
});

describe("spanProblem", () => {
  it.each([
    [NaN, NOW, "incomplete"],
    [NOW - HOUR, NaN, "incomplete"],
    [NOW - HOUR, NOW - HOUR, "order"],
    [NOW + HOUR, NOW + 2 * HOUR, "future"],
    [NOW - 32 * DAY, NOW, "too_early"],
    [NOW - 30 * DAY, NOW + DAY, null],
  ])("says of %j to %j: %j", (start, end, problem) => {
    expect(spanProblem(span(start, end), NOW, null)).toBe(problem);
  });
});

describe("presetSpan", () => {
  const zone = createZone("Europe/Stockholm");
  const into = (first: number) => (ms: number) =>
    (new Date(zone.local(ms)).getUTCDay() - first + 7) % 7;
  const at = (local: string) => zone.utc(Date.parse(`${local}Z`));
  const preset = (
    name: Parameters<typeof presetSpan>[0],
    now: number,
    first = 1
  ) => presetSpan(name, now, zone.dayStart, into(first));

  it("knows the days and the weeks from Monday on", () => {
    const thursday = at("2026-01-22T20:42");
    expect(preset("today", thursday)).toEqual(
      span(at("2026-01-22T00:00"), at("2026-01-23T00:00"))
    );
    expect(preset("yesterday", thursday)).toEqual(
      span(at("2026-01-21T00:00"), at("2026-01-22T00:00"))
    );
    expect(preset("this_week", thursday)).toEqual(
      span(at("2026-01-19T00:00"), at("2026-01-26T00:00"))
    );
    expect(preset("last_week", thursday)).toEqual(
      span(at("2026-01-12T00:00"), at("2026-01-19T00:00"))
    );
  });

  it("begins the week on Monday when it is Sunday", () => {
    expect(preset("this_week", at("2026-01-25T12:00")).start).toBe(
      at("2026-01-19T00:00")
    );
  });

  it("begins it on Sunday for those whose weeks do", () => {
    expect(preset("this_week", at("2026-01-25T12:00"), 0).start).toBe(
      at("2026-01-25T00:00")
    );
    expect(preset("last_week", at("2026-01-24T12:00"), 0)).toEqual(
      span(at("2026-01-11T00:00"), at("2026-01-18T00:00"))
    );
  });

  it("has a day of 23 hours and one of 25", () => {
    const spring = preset("yesterday", at("2026-03-30T08:00"));
    expect(spring.end - spring.start).toBe(23 * HOUR);
    const autumn = preset("yesterday", at("2026-10-26T08:00"));
    expect(autumn.end - autumn.start).toBe(25 * HOUR);
    const week = preset("last_week", at("2026-10-28T08:00"));
    expect(week.end - week.start).toBe(7 * DAY + HOUR);
  });
});
