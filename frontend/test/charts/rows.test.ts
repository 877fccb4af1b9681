import { describe, expect, it } from "vitest";
import { columnValues, rowAt, rowsOf } from "../../src/charts/rows.js";
import { asOf } from "../../src/data/stale.js";
import { day, END, HOUR, MINUTE, readings, snapshot } from "./fixture.js";

const every = (seconds: number, count: number, first = END - HOUR) =>
  Array.from({ length: count }, (_, i) => first + i * seconds * 1000);

describe("rowsOf", () => {
  it("has no gap where readings come at their usual distance", () => {
    const rows = rowsOf(
      snapshot({ readings: readings({ supply_temp: () => 34 }) })
    );
    expect(rows.gaps).toEqual([]);
    expect(rows.at).toEqual(rows.from);
    expect(rows.to[0]).toBe(rows.from[1]);
  });

  it("lets a row hold until the next, however long that is", () => {
    const time = [0, 30, 60, 780, 1500].map((s) => END - HOUR + s * 1000);
    const supply_temp = time.map(() => 34);
    const rows = rowsOf(snapshot({ readings: { time, supply_temp } }));
    expect(rows.gaps).toEqual([]);
    expect(rows.to).toEqual([...time.slice(1), END]);
  });

  it("has a gap from an empty row on", () => {
    const { time } = readings({});
    const supply_temp = time.map((_, row) =>
      row >= 40 && row < 60 ? null : 34
    );
    const { gaps } = rowsOf(snapshot({ readings: { time, supply_temp } }));
    expect(gaps).toEqual([{ from: time[40], to: time[60] }]);
  });

  it("has one before the first row, if that does not come at once", () => {
    const from = (seconds: number) => {
      const time = every(30, 60, END - HOUR + seconds * 1000);
      const supply_temp = time.map(() => 34);
      return rowsOf(snapshot({ readings: { time, supply_temp } })).gaps;
    };
    expect(from(60)).toEqual([]);
    expect(from(300)).toEqual([{ from: END - HOUR, to: END - HOUR + 300_000 }]);
  });

  it("takes empty steps for a gap", () => {
    const time = every(120, 30);
    const supply_temp = time.map((_, row) =>
      row >= 10 && row < 15 ? null : 34
    );
    const rows = rowsOf(
      snapshot({ step: 120, readings: { time, supply_temp } })
    );
    expect(rows.gaps).toEqual([{ from: time[10], to: time[15] }]);
    expect(rows.at[0]).toBe(time[0]! + MINUTE);
  });

  it("hatches from the last reading to the end of a stale picture", () => {
    const late = asOf(day, END + 4 * HOUR);
    const last = rowsOf(late).gaps.at(-1)!;
    expect(last.to).toBe(late.end);
    expect(last.from).toBeGreaterThanOrEqual(END);
    expect(last.from).toBeLessThanOrEqual(END + 2 * MINUTE);
  });

  it("tells the past that is still to be read from a gap", () => {
    const from = END - HOUR / 2;
    const time = every(30, 61, from);
    const rows = rowsOf(
      snapshot({ from, readings: { time, supply_temp: time.map(() => 34) } })
    );
    expect(rows.unread).toEqual({ from: END - HOUR, to: from });
    expect(rows.gaps).toEqual([]);
  });

  it("is one gap where nothing was read", () => {
    const { gaps, known } = rowsOf(snapshot());
    expect(gaps).toEqual([{ from: END - HOUR, to: END }]);
    expect(known).toEqual([]);
  });
});

describe("columnValues", () => {
  it("knows nothing where nothing was sent", () => {
    const of = readings({ outdoor_temp: (row) => (row < 3 ? null : -7) });
    const rows = rowsOf(snapshot({ readings: of }));
    const values = columnValues(rows, of.outdoor_temp);
    expect(values.slice(0, 4)).toEqual([NaN, NaN, NaN, -7]);
    expect(columnValues(rows, undefined).every(Number.isNaN)).toBe(true);
  });
});

describe("rowAt", () => {
  const rows = { from: [0, 10, 40], to: [10, 20, 50] };
  it.each([
    [-1, -1],
    [0, 0],
    [15, 1],
    [30, -1],
    [45, 2],
    [50, 2],
    [51, -1],
  ])("at %i it is row %i", (time, row) => {
    expect(rowAt(rows, time)).toBe(row);
  });
});
