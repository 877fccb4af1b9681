import { describe, expect, it } from "vitest";
import {
  clockText,
  DAY,
  dayNames,
  daysIntoWeek,
  halves,
  monthGrid,
  monthsAfter,
  parseClock,
} from "../../src/format/calendar.js";
import { firstWeekday } from "../../src/format/first-weekday.js";

const at = (day: string) => Date.parse(`${day}T00:00Z`);
const dates = (weeks: (number | null)[][]) =>
  weeks.map((week) =>
    week.map((day) => (day === null ? 0 : new Date(day).getUTCDate()))
  );

describe("firstWeekday", () => {
  it.each([
    ["sv", undefined, 1],
    ["sv", "language", 1],
    ["en", "language", 0],
    ["en-GB", "language", 1],
    ["ar-EG", "language", 6],
    ["sv", "sunday", 0],
    ["en", "monday", 1],
    ["en", "saturday", 6],
  ])("of %j, chosen %j, is %j", (language, chosen, first) => {
    expect(firstWeekday(language, chosen)).toBe(first);
  });

  it("knows the usual ones where the browser does not", () => {
    const prototype = Intl.Locale.prototype as unknown as Record<
      string,
      unknown
    >;
    const names = ["getWeekInfo", "weekInfo"];
    const kept = names.map((name) =>
      Object.getOwnPropertyDescriptor(prototype, name)
    );
    for (const name of names) {
      Object.defineProperty(prototype, name, {
        value: undefined,
        configurable: true,
      });
    }
    try {
      expect(
        ["sv", "en", "en-GB", "ar-EG", "pt-BR"].map((language) =>
          firstWeekday(language, undefined)
        )
      ).toEqual([1, 0, 1, 6, 0]);
    } finally {
      names.forEach((name, i) => {
        const descriptor = kept[i];
        if (descriptor) Object.defineProperty(prototype, name, descriptor);
        else Reflect.deleteProperty(prototype, name);
      });
    }
  });
});

describe("monthGrid", () => {
  it("has whole weeks from the first weekday on", () => {
    expect(dates(monthGrid(at("2026-01-22"), 1))).toEqual([
      [0, 0, 0, 1, 2, 3, 4],
      [5, 6, 7, 8, 9, 10, 11],
      [12, 13, 14, 15, 16, 17, 18],
      [19, 20, 21, 22, 23, 24, 25],
      [26, 27, 28, 29, 30, 31, 0],
    ]);
    expect(dates(monthGrid(at("2026-01-22"), 0))[0]).toEqual([
      0, 0, 0, 0, 1, 2, 3,
    ]);
    expect(dates(monthGrid(at("2026-02-01"), 0))).toHaveLength(4);
    expect(dates(monthGrid(at("2026-08-31"), 1))).toHaveLength(6);
  });
});

describe("monthsAfter", () => {
  it.each([
    ["2026-01-31", 1, "2026-02-28"],
    ["2028-02-29", 12, "2029-02-28"],
    ["2026-01-05", -1, "2025-12-05"],
    ["2026-03-31", -1, "2026-02-28"],
  ])("of %s, %d later, is %s", (day, months, other) => {
    expect(monthsAfter(at(day), months)).toBe(at(other));
  });
});

it("counts the days of a week from its first", () => {
  const sunday = at("2026-01-25");
  expect([0, 1, 6].map((first) => daysIntoWeek(sunday, first))).toEqual([
    0, 6, 1,
  ]);
});

it("names days as the language does", () => {
  const names = dayNames("sv", 1);
  expect(names.month(at("2026-01-22"))).toBe("januari 2026");
  expect(names.day(at("2026-01-22"))).toBe("torsdag 22 januari 2026");
  expect(names.weekdays[0]?.long).toBe("måndag");
  expect(dayNames("en", 0).weekdays.map(({ short }) => short)).toEqual([
    "Sun",
    "Mon",
    "Tue",
    "Wed",
    "Thu",
    "Fri",
    "Sat",
  ]);
});

describe("clocks", () => {
  const hours = (value: number) => value * 3_600_000;

  it.each([
    [0, "00:00", "12:00"],
    [hours(7.5), "07:30", "7:30"],
    [hours(12), "12:00", "12:00"],
    [hours(13) + 300_000, "13:05", "1:05"],
    [DAY - 60_000, "23:59", "11:59"],
  ])("write %d as %s or %s", (time, long, short) => {
    expect(clockText(time, false)).toBe(long);
    expect(clockText(time, true)).toBe(short);
    expect(parseClock(long, null)).toBe(time);
    expect(parseClock(short, time >= DAY / 2)).toBe(time);
  });

  it.each([
    ["1305", null, 13 + 1 / 12],
    ["905", null, 9 + 1 / 12],
    ["13.05", null, 13 + 1 / 12],
    [" 7 ", null, 7],
    ["7", true, 19],
    // Of a clock of twelve hours, what only one of 24 has is understood all the same.
    ["13:30", false, 13.5],
    ["0015", true, 0.25],
    ["12:15", false, 0.25],
  ])("understand %j", (typed, late, time) => {
    expect(parseClock(typed, late)).toBe(Math.round(hours(time)));
  });

  it.each(["", "24:00", "12:60", "noon", "1:2:3", "12:5"])(
    "do not guess at %j",
    (typed) => {
      expect(parseClock(typed, null)).toBeNaN();
    }
  );

  it("call the halves of the day what the language does", () => {
    expect(halves("en")).toEqual(["AM", "PM"]);
    expect(halves("sv")).toEqual(["fm", "em"]);
  });
});
