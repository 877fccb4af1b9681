import { describe, expect, it } from "vitest";
import { periodName } from "../../src/panel/period-name.js";
import { look } from "../components/fixture.js";

/** Local midnights of Stockholm. */
const day = (month: number, date: number, offset = 1) =>
  Date.UTC(2026, month - 1, date) - offset * 3_600_000;
const NOW = day(11, 28) + 15 * 3_600_000; // a Saturday

const name = (start: number, end: number, now = NOW) =>
  periodName({ start, end }, now, look);

describe("periodName", () => {
  it.each([
    ["Yesterday, Fri 27 Nov", day(11, 27), day(11, 28)],
    ["Today, Sat 28 Nov", day(11, 28), day(11, 29)],
    ["Thu 26 Nov", day(11, 26), day(11, 27)],
    ["This week, 23 Nov – 29 Nov", day(11, 23), day(11, 30)],
    ["Last week, 16 Nov – 22 Nov", day(11, 16), day(11, 23)],
    ["9 Nov – 15 Nov", day(11, 9), day(11, 16)],
    ["Tue 3 Nov – Sat 14 Nov", day(11, 3), day(11, 15)],
    ["Fri 27 Nov, 06:00 – 18:00", day(11, 27, -5), day(11, 27, -17)],
  ])("%s", (words, start, end) => {
    expect(name(start, end)).toBe(words);
  });

  const year = 365 * 24 * 3_600_000;
  it.each([
    ["Sat 1 Nov 2025", day(11, 1) - year, 1],
    ["Sat 1 Nov – Tue 4 Nov 2025", day(11, 1) - year, 4],
    ["3 Nov – 9 Nov 2025", day(11, 3) - year, 7],
    ["Wed 31 Dec 2025 – Sun 4 Jan", day(12, 31) - year, 5],
    ["Sat 1 Nov 2025, 12:00 – 18:00", day(11, 1, -11) - year, 0.25],
  ])("tells the year of another one: %s", (words, start, days) => {
    expect(name(start, start + days * 24 * 3_600_000)).toBe(words);
  });

  it("knows days of 23 and of 25 hours", () => {
    const spring = day(3, 30, 2) + 12 * 3_600_000;
    expect(name(day(3, 29), day(3, 30, 2), spring)).toBe(
      "Yesterday, Sun 29 Mar"
    );
    const autumn = day(10, 26) + 12 * 3_600_000;
    expect(name(day(10, 25, 2), day(10, 26), autumn)).toBe(
      "Yesterday, Sun 25 Oct"
    );
  });
});
