import { describe, expect, it } from "vitest";
import { buildPerformance } from "../../../src/charts/views/performance.js";
import {
  day,
  END,
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

  it("says why nothing is drawn where no run fills a row", () => {
    const remark = (compressor: (row: number) => number, step = 3600) => {
      const rows = readings({ ...metrics, compressor });
      return buildPerformance(input(snapshot({ readings: rows, step }))).remark;
    };
    expect(remark(() => 0.5)).toBe("no run lasted 1 h");
    expect(remark((row) => (row ? 0.5 : 1))).toBe("few runs lasted 1 h");
    expect(remark(() => 1)).toBe("1 h means · while running throughout");
    expect(remark(() => 1, 0)).toBe("10 min means · while running");
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
