import { describe, expect, it } from "vitest";
import { rollingCop } from "../../src/charts/rolling.js";
import type { Ledger, Table } from "../../src/data/types.js";
import { column } from "./fixture.js";

const STEP = 300_000;

const ledger = (columns: Omit<Table, "time">, step = 300): Ledger => {
  const count = Object.values(columns)[0]?.length ?? 0;
  const time = column(count, (row) => row * step * 1000);
  return Object.assign<Table, { step: number }>({ time, ...columns }, { step });
};

describe("rollingCop", () => {
  it("adds up energies of 15 min and divides last", () => {
    const { values } = rollingCop(
      ledger({
        heating_s: [300, 300, 300, 300],
        compressor_heat_kwh: [1, 1, 0.1, 1],
        compressor_electricity_kwh: [0.2, 0.2, 0.1, 0.25],
      }),
      4 * STEP
    );
    expect(values[0]).toBeCloseTo(5);
    expect(values[2]).toBeCloseTo(2.1 / 0.5);
    // A mean of the three ratios would be 3.33.
    expect(values[3]).toBeCloseTo(2.1 / 0.55);
  });

  it("is blank while the compressor rests and for a moment of running", () => {
    const { values } = rollingCop(
      ledger({
        heating_s: [300, 300, 0, 30, 300],
        compressor_heat_kwh: [1, 1, 0, 0.1, 1],
        compressor_electricity_kwh: [0.25, 0.25, 0, 0.02, 0.25],
      }),
      5 * STEP
    );
    expect(values.map(Number.isNaN)).toEqual([false, false, true, true, false]);
  });

  it("gives no figure for less than 0.05 kWh", () => {
    const { values } = rollingCop(
      ledger({
        hot_water_s: [300],
        compressor_heat_kwh: [0.2],
        compressor_electricity_kwh: [0.049],
      }),
      STEP
    );
    expect(values).toEqual([NaN]);
  });

  it("does not reach over rows that are not there", () => {
    const rows = ledger({
      heating_s: [300, 300],
      compressor_heat_kwh: [1, 0.3],
      compressor_electricity_kwh: [0.2, 0.1],
    });
    rows.time = [0, 12 * STEP];
    expect(rollingCop(rows, 13 * STEP).values[1]).toBeCloseTo(3);
  });

  it("takes longer rows for themselves", () => {
    const { values, spans } = rollingCop(
      ledger(
        {
          heating_s: [1800, 1800],
          compressor_heat_kwh: [10, 4],
          compressor_electricity_kwh: [2, 2],
        },
        3600
      ),
      5_400_000
    );
    expect(values).toEqual([5, 2]);
    expect(spans[1]).toEqual({ from: 3_600_000, to: 5_400_000 });
  });
});
