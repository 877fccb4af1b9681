import { describe, expect, it } from "vitest";
import {
  asPeriod,
  partName,
  tableOfPart,
} from "../../src/components/zoom-tools.js";
import { look } from "./fixture.js";

const HOUR = 3_600_000;
/** 06:10 in Stockholm. */
const START = Date.UTC(2026, 0, 22, 5, 10);
const END = Date.UTC(2026, 0, 22, 19, 42);

describe("partName", () => {
  const name = (start: number, end: number, days: number) =>
    partName({ start, end }, { start: END - days * 24 * HOUR, end: END }, look);

  it("is the times, in whole minutes", () => {
    expect(name(START, START + 2.5 * HOUR, 1)).toBe("06:10–08:40");
    expect(name(START - 1, START + 2.5 * HOUR + 1, 1)).toBe("06:10–08:40");
    expect(name(START - 8 * HOUR, START, 1)).toBe("22:10–06:10");
  });

  it("has the day where the period has several", () => {
    const end = START + 2.5 * HOUR;
    expect(name(START, end, 7)).toBe("Thu 22, 06:10–08:40");
    expect(name(START - 24 * HOUR, end, 7)).toBe(
      "Wed 21, 06:10 – Thu 22, 08:40"
    );
    expect(name(START, end, 30)).toBe("Thu 22 Jan, 06:10–08:40");
  });
});

it("makes a part a period of whole minutes that holds it", () => {
  expect(asPeriod({ start: START + 1, end: END + 1 })).toEqual({
    start: START,
    end: END + 60_000,
  });
});

it("cuts a table to the rows that lie in the part, once", () => {
  const row = (time: number, to: number) => ({
    head: "",
    cells: [],
    time,
    to,
  });
  const all = [row(0, 10), row(10, 20), row(20, 30), row(30, 30), row(40, 50)];
  const table = { first: "Time", columns: [], rows: () => all };
  const part = { start: 15, end: 35 };
  const cut = tableOfPart(table, part);
  expect(cut.rows()).toEqual(all.slice(1, 4));
  expect(tableOfPart(table, part)).toBe(cut);
  expect(tableOfPart(table, { ...part, end: 45 }).rows()).toHaveLength(4);
});
