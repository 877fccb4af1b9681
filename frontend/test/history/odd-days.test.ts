import { describe, expect, it } from "vitest";
import type { HeatPumpEvent } from "../../src/data/types.js";
import { DAY } from "../../src/format/calendar.js";
import type { CalendarTotals } from "../../src/history/figures.js";
import type { HistoryModel } from "../../src/history/model.js";
import { oddDaysOf, whyNotAll } from "../../src/history/odd-days.js";
import { day, model } from "./fixture.js";

type Change = (totals: CalendarTotals) => Partial<CalendarTotals>;

/** The year with some of its days changed. */
const changed = (
  changes: Record<string, Change>,
  options: Parameters<typeof model>[1] = {}
): HistoryModel => {
  const year = model(["year", "2025"], options);
  const rows = new Map(year.rows);
  for (const [date, change] of Object.entries(changes)) {
    const row = rows.get(day(date));
    if (!row?.totals) throw new Error(date);
    const totals = { ...row.totals, ...change(row.totals) };
    rows.set(row.day, { ...row, totals });
  }
  return { ...year, rows };
};

const more =
  (kwh: number, change: Partial<CalendarTotals> = {}): Change =>
  ({ electricity_kwh }) => ({
    electricity_kwh: (electricity_kwh ?? 0) + kwh,
    ...change,
  });

const alarm: HeatPumpEvent = {
  ...{ time: 0, kind: "alarm", value: 4, text: "High pressure" },
  change: "raised",
};

describe("odd days", () => {
  it("are none in a year in which every day used what its weather asks", () => {
    expect(oddDaysOf(model(["year", "2025"]), [])).toEqual([]);
  });

  it("come with the farthest first, neighbours as one, and what is known of them", () => {
    const year = changed({
      "2026-02-16": more(94),
      "2026-01-07": more(38, { auxiliary_kwh: 36 }),
      "2025-12-24": more(-12),
      "2025-12-25": more(-12),
      "2025-09-10": more(30),
    });
    const found = oddDaysOf(year, [{ day: day("2026-02-16"), event: alarm }]);
    expect(
      found.map(({ start, kind, number }) => [start, kind, number])
    ).toEqual([
      [day("2026-02-16"), "alarm", 1],
      [day("2026-01-07"), "auxiliary", 2],
      [day("2025-09-10"), "more", 3],
      [day("2025-12-24"), "less", 4],
    ]);
    const [first, , , last] = found;
    expect(first?.kwh).toBeGreaterThan(88);
    expect(first?.kwh).toBeLessThan(100);
    expect(first?.alarm).toBe(alarm);
    expect(last?.end).toBe(day("2025-12-26"));
  });

  it("ask whether nobody was at home where there was hardly any hot water", () => {
    const away: Change = ({ electricity_kwh }) => ({
      electricity_kwh: (electricity_kwh ?? 0) * 0.2,
      heat_hot_water_kwh: 0.5,
    });
    const [found] = oddDaysOf(
      changed({ "2026-01-10": away, "2026-01-11": away }),
      []
    );
    expect(found?.kind).toBe("no_hot_water");
    expect(found?.kwh).toBeLessThan(0);
  });

  it("are followed by gaps, at most seven rows of both", () => {
    const gaps = ["2025-08-12", "2025-08-13", "2025-08-14", "2025-10-22"].map(
      day
    );
    const dates = ["01-05", "01-12", "01-19", "01-26", "02-02", "02-09"];
    const year = changed(
      Object.fromEntries(dates.map((date) => [`2026-${date}`, more(60)])),
      { gaps }
    );
    const found = oddDaysOf(year, []);
    expect(found).toHaveLength(7);
    expect(found.slice(0, 5).every(({ number }) => number !== null)).toBe(true);
    expect(found.slice(5)).toMatchObject([
      { kind: "gap", start: gaps[0], end: day("2025-08-15"), number: null },
      { kind: "gap", start: gaps[3], end: (gaps[3] ?? 0) + DAY },
    ]);
  });

  it("are not what has not been read, or is still to come", () => {
    const month = model(["month", "2026-11"], {
      unreadBefore: day("2026-11-10"),
    });
    expect(oddDaysOf(month, [])).toEqual([]);
    expect(whyNotAll(month)).toBe("unread");
    expect(whyNotAll(model(["month", "2026-11"]))).toBeNull();
    const young = model(["month", "2026-11"], { first: day("2026-11-10") });
    expect(whyNotAll(young)).toBe("too_few");
  });

  it("cannot be said of a period of which no day is over", () => {
    const now = day("2026-11-01") + DAY / 2;
    expect(whyNotAll(model(["month", "2026-11"], { now }))).toBe("not_judged");
    const tomorrow = { now: now + DAY };
    expect(whyNotAll(model(["month", "2026-11"], tomorrow))).toBeNull();
  });
});
