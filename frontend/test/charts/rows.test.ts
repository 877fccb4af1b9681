import { describe, expect, it } from "vitest";
import { held, rowAt, rowsOf } from "../../src/charts/rows.js";
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

  it("sees a gap of more than three usual distances", () => {
    const table = readings({ supply_temp: () => 34 });
    const keep = (_: unknown, row: number) => row < 40 || row >= 60;
    const rows = rowsOf(
      snapshot({
        readings: {
          time: table.time.filter(keep),
          supply_temp: table.supply_temp!.filter(keep),
        },
      })
    );
    expect(rows.gaps).toEqual([
      { from: table.time[39]! + 30_000, to: table.time[60]! },
    ]);
  });

  it("joins two missing readings, as they hold that long", () => {
    const table = readings({ supply_temp: () => 34 });
    const keep = (_: unknown, row: number) => row !== 40 && row !== 41;
    const rows = rowsOf(
      snapshot({
        readings: {
          time: table.time.filter(keep),
          supply_temp: table.supply_temp!.filter(keep),
        },
      })
    );
    expect(rows.gaps).toEqual([]);
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

  it("has no gaps between readings that are further apart than the steps", () => {
    const time = every(120, 30);
    // One reading in 5 min falls into every second or third step.
    const supply_temp = time.map((moment) =>
      (moment - time[0]!) % 300_000 < 120_000 ? 34 : null
    );
    const rows = rowsOf(
      snapshot({ step: 120, readings: { time, supply_temp } })
    );
    expect(rows.gaps).toEqual([]);
    expect(held(rows, supply_temp).slice(0, 28)).not.toContain(NaN);
  });

  it("hatches from the last reading to the end of a stale picture", () => {
    const late = { ...day, end: END + 4 * HOUR };
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

describe("held", () => {
  it("holds a metric that comes with every second reading", () => {
    const of = snapshot({
      readings: readings({
        supply_temp: () => 34,
        outdoor_temp: (row) => (row % 2 ? null : -7),
      }),
    });
    const rows = rowsOf(of);
    expect(new Set(held(rows, of.readings.outdoor_temp))).toEqual(
      new Set([-7])
    );
  });

  it("does not bridge the failure of a sensor", () => {
    const of = snapshot({
      readings: readings({
        supply_temp: () => 34,
        outdoor_temp: (row) => (row > 50 && row < 90 ? null : -7),
      }),
    });
    const values = held(rowsOf(of), of.readings.outdoor_temp);
    expect(values[50]).toBe(-7);
    expect(values.slice(51, 90).every(Number.isNaN)).toBe(true);
    expect(values[90]).toBe(-7);
  });

  it("knows nothing of a metric that is not there", () => {
    const rows = rowsOf(snapshot({ readings: readings({ power: () => 1 }) }));
    expect(held(rows, undefined).every(Number.isNaN)).toBe(true);
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
