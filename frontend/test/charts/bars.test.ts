import { describe, expect, it } from "vitest";
import { bars, spansWithin, topsOf } from "../../src/charts/bars.js";
import { areasOf } from "./fixture.js";

const spans = [
  { from: 0, to: 100 },
  { from: 100, to: 200 },
];
const parts = [
  { key: "base", fill: "blue", values: [10, NaN] },
  { key: "auxiliary", fill: "red", values: [2, 0] },
];

describe("bars", () => {
  it("stand on each other, and none where nothing is known", () => {
    const series = bars("bars", 1, spans, parts);
    expect(series.xAxisIndex).toBe(1);
    const pairs = series.markArea?.data as unknown as [
      { xAxis: number; yAxis: number },
      { xAxis: number; yAxis: number },
    ][];
    expect(pairs.map(([low, high]) => [low.yAxis, high.yAxis])).toEqual([
      [0, 10],
      [10, 12],
    ]);
    expect(
      areasOf(series).map(({ from, to, color }) => [from, to, color])
    ).toEqual([
      [12, 88, "blue"],
      [12, 88, "red"],
    ]);
    expect(topsOf(parts)).toEqual([12, 0]);
  });

  it("are no longer than the period", () => {
    expect(spansWithin([0, 86], 86, { start: 20, end: 100 })).toEqual([
      { from: 20, to: 86 },
      { from: 86, to: 100 },
    ]);
  });
});
