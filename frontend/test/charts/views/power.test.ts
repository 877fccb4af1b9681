import { describe, expect, it } from "vitest";
import { buildPower } from "../../../src/charts/views/power.js";
import type { PumpInfo } from "../../../src/data/types.js";
import {
  areasOf,
  column,
  END,
  HOUR,
  input,
  pointsOf,
  readings,
  seriesNamed,
  seriesOf,
  snapshot,
  tooltipAt,
  withSettings,
} from "../fixture.js";

const heater = (row: number) => row >= 40 && row < 60;
const measured = snapshot({
  readings: readings({
    power: (row) => (heater(row) ? 6000 : 3000),
    auxiliary_percent: (row) => (heater(row) ? 33 : 0),
    compressor: () => 1,
  }),
  metrics: { power: 6000, auxiliary_percent: 33 },
});

const start = END - HOUR;
const bare = snapshot({
  readings: readings({ compressor: () => 1 }),
  ledger: {
    time: column(12, (row) => start + row * 300_000),
    heating_s: column(12, (row) => (row === 5 ? 0 : 300)),
    idle_s: column(12, () => 0),
    electricity_kwh: column(12, (row) => (row === 5 ? 0 : 0.25)),
    auxiliary_kwh: column(12, (row) => (row === 2 ? 0.1 : 0)),
  },
  metrics: { compressor: 1 },
});
const withRated = (compressor_power: number | null): PumpInfo => {
  const info = withSettings({ compressor_power });
  delete info.metrics.power;
  return info;
};

describe("power", () => {
  const result = buildPower(input(measured));

  it("parts the total into the compressor's and the heater's", () => {
    const base = pointsOf(result, "power", "base");
    expect(base[0]![1]).toBe(3);
    expect(base[50]![1]).toBeCloseTo(6 - 2.97);
    const auxiliary = pointsOf(result, "power", "auxiliary");
    expect(auxiliary[50]![1]).toBeCloseTo(2.97);
    expect(result.legend.map(({ value }) => value)).toEqual([
      "3.0\u00a0kW",
      "3.0\u00a0kW",
    ]);
  });

  it("stacks the heater hatched on top, and only where it is on", () => {
    const [base, auxiliary] = ["base", "auxiliary"].map((name) =>
      seriesNamed(result, `power.${name}`)
    );
    expect(base!.stack).toBe(auxiliary!.stack);
    expect(result.legend[1]!.style).toBe("hatched");
    const points = pointsOf(result, "power", "auxiliary");
    expect(points.filter(([, kw]) => kw > 0)).toHaveLength(20);
    expect(points[10]![1]).toBeNaN();
  });

  it("has a strip of the compressor and one of the heater", () => {
    expect(result.option?.grid).toHaveLength(3);
    const strip = areasOf(seriesNamed(result, "strip.2"));
    const { time } = measured.readings;
    expect(strip.at(-1)).toMatchObject({ from: time[40], to: time[60] });
  });

  it("has a range that fits the data, with the heater on top", () => {
    const strong = snapshot({ readings: readings({ power: () => 11_000 }) });
    const max = (of: typeof strong) =>
      (buildPower(input(of)).option?.yAxis as { max: number }[])[0]!.max;
    expect([max(measured), max(strong)]).toEqual([6, 12]);
  });

  it("draws the rated power as the steps of the compressor's state, and says so", () => {
    const on = (row: number) => row % 7 < 3 && row > 10;
    const rated = snapshot({
      readings: readings({
        compressor: (row) => Number(on(row)),
        auxiliary_percent: (row) => (row >= 60 ? 33 : 0),
      }),
      metrics: { compressor: 1 },
    });
    const result = buildPower(input(rated, { info: withRated(2.5) }));
    expect(result.remark).toBe("rated power while it runs");
    expect(result.legend[0]!.value).toBe("2.5\u00a0kW");
    const base = pointsOf(result, "power", "base");
    expect(new Set(base.map(([, kw]) => kw))).toEqual(new Set([0, 2.5]));
    // Every edge is upright: where it switches there are two points at one moment.
    const { time } = rated.readings;
    const edge = base.filter(([moment]) => moment === time[14]);
    expect(edge.map(([, kw]) => kw)).toEqual([0, 2.5]);
    for (const row of [11, 16, 17, 40]) {
      expect(tooltipAt(result, time[row]! + 1000)).toContain(
        `Compressor and pumps ${on(row) ? "2.5" : "0"}\u00a0kW`
      );
    }
    expect(tooltipAt(result, time[70]! + 1000)).toContain("3.0\u00a0kW");
  });

  it("draws the share of time of longer rows at the rated power", () => {
    const time = column(7, (row) => END - 7 * HOUR + row * HOUR);
    const long = snapshot({
      start: END - 7 * HOUR,
      step: 3600,
      readings: { time, compressor: column(7, (row) => row / 10) },
    });
    const result = buildPower(input(long, { info: withRated(4) }));
    const base = pointsOf(result, "power", "base");
    expect(Math.max(...base.map(([, kw]) => kw))).toBeCloseTo(2.4);
    expect(base.map(([, kw]) => kw)).not.toContain(NaN);
  });

  it("draws what a counter counts, not an estimate, with its gaps", () => {
    const info = withRated(null);
    info.metrics.energy = { unit: "kWh", series: "energy" };
    const counted = buildPower(input(bare, { info }));
    expect(counted.remark).toBe("from the energy counter");
    const base = pointsOf(counted, "power", "base");
    expect(base[0]).toEqual([start, expect.closeTo(3, 6)]);
    // Nothing known of the sixth window: a gap, not 0 kW.
    expect(tooltipAt(counted, start + 5.5 * 300_000)).toContain("pumps –");
    expect(tooltipAt(counted, start + 60_000)).toContain(
      "Compressor and pumps 3.0\u00a0kW"
    );
    const status = { ...bare.status, electricity_kw: 2.9 };
    const now = buildPower(input({ ...bare, status }, { info }));
    expect(now.legend[0]!.value).toBe("2.9\u00a0kW");
  });

  it.each([
    ["not_known", {}],
    ["not_plausible", { dropped: 12 }],
  ])("does not say that a power is not reported which is %s", (blank, more) => {
    const silent = snapshot({
      readings: readings({ power: () => null, compressor: () => 1 }),
      totals: more,
    });
    expect(buildPower(input(silent))).toMatchObject({ state: "empty", blank });
  });

  it("is missing where there is neither", () => {
    const unknown = {
      ...bare,
      totals: { ...bare.totals, electricity_kwh: null },
    };
    expect(buildPower(input(unknown, { info: withRated(null) }))).toMatchObject(
      {
        state: "missing",
        reason: "no_power",
      }
    );
  });

  it("hides either part", () => {
    const ids = (hidden: string) =>
      seriesOf(buildPower(input(measured, { hidden: new Set([hidden]) }))).map(
        ({ id }) => id
      );
    expect(ids("base")).not.toContain("power.base");
    expect(ids("auxiliary")).not.toContain("power.auxiliary");
  });
});
