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
