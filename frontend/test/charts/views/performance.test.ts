import { describe, expect, it } from "vitest";
import { buildPerformance } from "../../../src/charts/views/performance.js";
import type { Table } from "../../../src/data/types.js";
import {
  column,
  day,
  END,
  format,
  HOUR,
  input,
  pointsOf,
  readings,
  seriesNamed,
  seriesOf,
  snapshot,
  tooltipAt,
} from "../fixture.js";

const metrics = {
  supply_temp: () => 38,
  return_temp: () => 34,
  brine_in_temp: () => 4,
  brine_out_temp: () => 1,
  compressor: (row: number) => (row >= 40 && row < 80 ? 1 : 0),
};
const of = snapshot({ readings: readings(metrics) });

describe("performance", () => {
  const result = buildPerformance(input(of));

  it("has two plots over the compressor's strip", () => {
    expect(result.option?.grid).toHaveLength(3);
    expect(seriesNamed(result, "heating.delta").xAxisIndex).toBe(0);
    expect(seriesNamed(result, "brine.delta").xAxisIndex).toBe(1);
    expect(seriesNamed(result, "strip.2").xAxisIndex).toBe(2);
    const names = (result.option?.yAxis as { name: string }[]).map(
      ({ name }) => name
    );
    expect(names).toEqual(["Heating ΔT, K", "Brine ΔT, K", "Compressor"]);
  });

  it("shows the differences while the compressor runs and nothing else", () => {
    const begin = of.readings.time[40]!;
    const end = of.readings.time[80]!;
    const heating = pointsOf(result, "heating", "delta");
    expect([heating[0]![0], heating.at(-1)![0]]).toEqual([begin, end]);
    expect(new Set(heating.map(([, value]) => value))).toEqual(new Set([4]));
    const brine = pointsOf(result, "brine", "delta");
    expect(new Set(brine.map(([, value]) => value))).toEqual(new Set([3]));
  });

  it("has present values only while the compressor runs", () => {
    const values = (compressor: number) =>
      buildPerformance(
        input(
          snapshot({
            readings: of.readings,
            metrics: { supply_temp: 38, return_temp: 34, compressor },
          })
        )
      ).legend.map(({ value }) => value);
    expect(values(1)).toEqual(["4\u00a0K", "–"]);
    expect(values(0)).toEqual(["–", "–"]);
  });

  const hours = column(5, (row) => END - 5 * HOUR + row * HOUR);
  /** Hours in which the compressor ran for 5 min at 6 K, at rest at 0 K. */
  const short = (more: Table = { time: hours }) =>
    snapshot({
      start: END - 5 * HOUR,
      step: 3600,
      readings: {
        supply_temp: [30.5, 30.5, 30, 30.5, 30.5],
        return_temp: [30, 30, 30, 30, 30],
        compressor: [0.08, 0.08, 0, 0.08, 0.08],
        ...more,
      },
      ledgerStep: 3600,
      ledger: {
        time: hours,
        delta_t_running_s: [300, 300, 0, 300, 300],
        delta_t_ks: [1800, 1800, 0, 1500, 1800],
      },
    });

  it("draws every hour in which the compressor ran, however short the runs", () => {
    const result = buildPerformance(input(short()));
    expect(result.remark).toBe("Means of 1 h · while running");
    const drawn = hours.map((time) => tooltipAt(result, time + 60_000));
    expect(drawn.map((words) => /ΔT ([^ ]+)/.exec(words)![1])).toEqual([
      "6\u00a0K",
      "6\u00a0K",
      "–",
      "5\u00a0K",
      "6\u00a0K",
    ]);
    expect(
      Math.max(
        ...pointsOf(result, "heating", "delta").flatMap(([, kelvin]) =>
          Number.isNaN(kelvin) ? [] : kelvin
        )
      )
    ).toBe(6);
  });

  it("takes the server's means of running time where it sends no sums", () => {
    const { ledger, ...of } = short({
      time: hours,
      delta_t: [6, 6, null, 5, 6],
    });
    const bare = { ...of, ledger: { ...ledger, delta_t_ks: [] } };
    const { delta_t_ks, ...rest } = bare.ledger;
    expect(delta_t_ks).toEqual([]);
    const result = buildPerformance(
      input({ ...of, ledger: rest as typeof ledger })
    );
    expect(tooltipAt(result, hours[3]! + 60_000)).toContain("5\u00a0K");
    expect(tooltipAt(result, hours[2]! + 60_000)).toContain("ΔT –");
  });

  it("shows differences of degrees Fahrenheit where those are the home's", () => {
    const units = { temperature: "°F", difference: "°F" } as const;
    const result = buildPerformance(
      input(short(), { format: { ...format, units } })
    );
    expect(tooltipAt(result, hours[0]! + 60_000)).toContain("11\u00a0°F");
  });

  it("adds two windows of five minutes up in a day, ten minutes as the rest", () => {
    const start = END - HOUR;
    const windows = column(12, (row) => start + row * 300_000);
    const time = column(30, (row) => start + row * 120_000);
    const of = snapshot({
      start,
      step: 120,
      readings: {
        time,
        supply_temp: column(30, () => 35),
        return_temp: column(30, () => 33),
        compressor: column(30, (row) => (row < 10 ? 1 : 0)),
      },
      ledger: {
        time: windows,
        delta_t_running_s: column(12, (row) => (row < 4 ? 300 : 0)),
        delta_t_ks: column(12, (row) => (row < 4 ? 300 * (4 + row) : 0)),
      },
    });
    const points = pointsOf(buildPerformance(input(of)), "heating", "delta");
    const values = new Set(points.map(([, kelvin]) => kelvin));
    expect([...values]).toEqual([4, 4.5, 5.5, 6.5]);
    expect(points.at(-1)![0]).toBe(start + 1_200_000);
  });

  it.each([
    ["not_running", 0],
    ["not_known", 0.5],
  ])("says that it is %s where nothing can be drawn", (blank, compressor) => {
    const silent = readings({
      ...metrics,
      supply_temp: () => null,
      brine_in_temp: () => null,
      compressor: () => compressor,
    });
    expect(
      buildPerformance(input(snapshot({ readings: silent })))
    ).toMatchObject({ state: "empty", blank });
  });

  it("leaves out what the pump does not report", () => {
    const { brine_in_temp, ...air } = metrics;
    expect(brine_in_temp()).toBe(4);
    const bare = buildPerformance(input(snapshot({ readings: readings(air) })));
    expect(bare.option?.grid).toHaveLength(2);
    expect(bare.legend.map(({ key }) => key)).toEqual(["heating"]);
  });

  it("hides a line, but not its plot", () => {
    const hidden = buildPerformance(input(of, { hidden: new Set(["brine"]) }));
    expect(hidden.option?.grid).toHaveLength(3);
    expect(seriesOf(hidden).map(({ id }) => id)).not.toContain("brine.delta");
    expect(tooltipAt(hidden, END - HOUR / 2)).not.toContain("Brine");
  });

  it("is missing without temperatures or without the compressor", () => {
    const build = (columns: Parameters<typeof readings>[0]) =>
      buildPerformance(input(snapshot({ readings: readings(columns) })));
    expect(build({ compressor: () => 1 })).toMatchObject({
      state: "missing",
      reason: "no_temperatures",
    });
    const { compressor, ...rest } = metrics;
    expect(compressor(0)).toBe(0);
    expect(build(rest)).toMatchObject({
      state: "missing",
      reason: "no_compressor",
    });
  });

  it("draws a day of a simulated heat pump about its usual 4 K", () => {
    const values = pointsOf(buildPerformance(input(day)), "heating", "delta")
      .map(([, value]) => value)
      .filter((value) => !Number.isNaN(value));
    expect(values.length).toBeGreaterThan(200);
    for (const value of values) expect(Math.abs(value - 4)).toBeLessThan(1.5);
  });
});
