import { describe, expect, it } from "vitest";
import type { PieSeriesOption } from "echarts/charts";
import { buildRuntime } from "../../../src/charts/views/runtime.js";
import type { Totals } from "../../../src/data/types.js";
import { format, input, snapshot, theme } from "../fixture.js";

const runtime = (change: Partial<Totals> = {}) =>
  buildRuntime(input(snapshot({ totals: change })));

const pies = (change: Partial<Totals> = {}) =>
  runtime(change).option?.series as [PieSeriesOption, PieSeriesOption];

const slices = (change: Partial<Totals> = {}) =>
  (pies(change)[0].data as { name: string; value: number }[]).map(
    ({ name, value }) => [name, value]
  );

describe("runtime", () => {
  it("shares covered time, and uncovered time has a duration only", () => {
    const rows = runtime({ uncovered_s: 2340 }).rows!;
    expect(
      rows.map(({ name, duration, share }) => [name, duration, share])
    ).toEqual([
      ["Heating", "30 min", "50.0\u00a0%"],
      ["Hot water", "10 min", "16.7\u00a0%"],
      ["Auxiliary heater only", "5 min", "8.3\u00a0%"],
      ["Idle", "15 min", "25.0\u00a0%"],
      ["No data", "39 min", null],
    ]);
  });

  it("claims nothing of what is not reported", () => {
    const without = { hot_water_s: 0, hot_water_charges: null };
    const none = { auxiliary_s: 0, auxiliary_on_s: null };
    const basis = { heat: null, electricity: null, hot_water_estimated: false };
    const { rows, table } = runtime({
      ...{ ...without, ...none },
      basis: { ...basis, auxiliary: null },
    });
    expect(
      rows!
        .slice(0, 3)
        .map(({ name, duration, share }) => [name, duration, share])
    ).toEqual([
      ["Compressor running", "30 min", "50.0\u00a0%"],
      ["Hot water", "Not reported", null],
      ["Auxiliary heater only", "Not reported", null],
    ]);
    expect(rows![0]!.color).toBe(theme.compressor);
    expect(table!.rows().map(({ cells }) => cells[0]!.value)).toEqual([
      ...[1800, NaN, NaN, 900, 0],
    ]);
    expect(slices(without).map(([name]) => name)[0]).toBe("Compressor running");
    // It has a heater, of which nothing is known in this period.
    const silent = {
      ...none,
      basis: { ...basis, auxiliary: "state" as const },
    };
    expect(runtime(silent).rows![2]!.duration).toBe("Not known");
  });

  it("says from when on a range counts, as it begins on a step", () => {
    const start = snapshot().start - 600_000;
    const range = { ...snapshot(), start };
    const said = `since ${format.dayTime(start)}`;
    expect(buildRuntime(input(range)).remark).toBe(said);
    const span = { ...range, range: null };
    expect(buildRuntime(input(span))).not.toHaveProperty("remark");
  });

  it("has the share of running time in the middle", () => {
    const [, centre] = pies();
    expect(centre.label!.formatter).toBe("{share|67\u00a0%}\n{what|running}");
    expect(centre.label!.position).toBe("center");
  });

  it("keeps rows of nothing, but draws no slice of it", () => {
    const change = { auxiliary_s: 0 };
    expect(runtime(change).rows).toHaveLength(5);
    expect(slices(change).map(([name]) => name)).toEqual([
      "Heating",
      "Hot water",
      "Idle",
    ]);
  });

  it("draws uncovered time from one per cent of the period on", () => {
    expect(slices({ uncovered_s: 30 })).toHaveLength(4);
    expect(slices({ uncovered_s: 60 }).at(-1)).toEqual(["No data", 60]);
  });

  it("tells time that is still to be read from time without data", () => {
    const from = snapshot().start + 600_000;
    const reading = snapshot({ totals: { uncovered_s: 900 }, from });
    const { rows, table } = buildRuntime(input(reading));
    expect(rows!.slice(4).map((row) => [row.name, row.duration])).toEqual([
      ["No data", "5 min"],
      ["Not read yet", "10 min"],
    ]);
    expect(table!.rows().map(({ cells }) => cells[0]!.value)).toEqual(
      expect.arrayContaining([300, 600])
    );
  });

  it("notes starts and the auxiliary heater beside the compressor", () => {
    expect(runtime().note).toBe(
      "2 starts · Auxiliary heater beside the compressor: 2 min"
    );
    expect(runtime({ starts: 1, auxiliary_on_s: null }).note).toBe("1 start");
  });

  it("says how seldom the compressor is looked at, as starts may be missed", () => {
    const note = (resolution: number | null) =>
      runtime({ starts: 1, auxiliary_on_s: null, resolution }).note;
    expect(note(600)).toBe("1 start · as seen every 10 min");
    expect(note(30)).toBe("1 start");
    expect(note(null)).toBe("1 start");
  });

  it("notes what of the heating was thawing ice", () => {
    const rest = { starts: null, auxiliary_on_s: null };
    expect(runtime({ ...rest, defrost_s: 480 }).note).toBe(
      "thawing ice, within heating: 8 min"
    );
  });

  it("has cooling, a part of heating in the totals, for itself", () => {
    const change = { starts: null, auxiliary_on_s: null, cooling_s: 1200 };
    const { rows, table, note } = runtime({ ...change, uncovered_s: 2340 });
    expect(
      rows!
        .slice(0, 3)
        .map(({ name, duration, share }) => [name, duration, share])
    ).toEqual([
      ["Heating", "10 min", "16.7\u00a0%"],
      ["Cooling", "20 min", "33.3\u00a0%"],
      ["Hot water", "10 min", "16.7\u00a0%"],
    ]);
    expect(rows![1]!.color).not.toBe(rows![0]!.color);
    expect(table!.rows().map(({ cells }) => cells[0]!.value)).toEqual([
      ...[600, 1200, 600, 300, 900, 2340],
    ]);
    expect(note).toBeUndefined();
    expect(slices({ ...change, uncovered_s: 60 })).toEqual([
      ["Heating", 600],
      ["Cooling", 1200],
      ["Hot water", 600],
      ["Auxiliary heater only", 300],
      ["Idle", 900],
      ["No data", 60],
    ]);
    // It ran as long as before.
    const [, centre] = pies(change);
    expect(centre.label!.formatter).toContain("67\u00a0%");
  });

  it("has no row of cooling where there was none", () => {
    expect(runtime({ cooling_s: 0 }).rows).toEqual(runtime().rows);
    expect(slices({ cooling_s: 1800 })[0]).toEqual(["Cooling", 1800]);
  });

  it("has its table for a legend", () => {
    expect(runtime()).toMatchObject({
      legend: [],
      chunk: "flow",
      state: "ready",
    });
  });

  it.each([0, null])("is empty with %s s covered", (covered_s) => {
    expect(runtime({ covered_s }).state).toBe("empty");
  });
});
