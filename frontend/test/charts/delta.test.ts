import { describe, expect, it } from "vitest";
import {
  difference,
  meansOfLedger,
  meansWhileRunning,
} from "../../src/charts/delta.js";
import { overSpans } from "../../src/charts/lines.js";
import { rollingCop } from "../../src/charts/rolling.js";
import { rowsOf } from "../../src/charts/rows.js";
import type { Ledger } from "../../src/data/types.js";
import { column, HOUR, readings, snapshot } from "./fixture.js";

describe("meansWhileRunning", () => {
  const of = snapshot({
    readings: readings({
      supply_temp: (row) => 38 + (row % 2),
      return_temp: () => 34,
    }),
  });
  const rows = rowsOf(of);
  const values = difference(
    rows,
    of.readings.supply_temp,
    of.readings.return_temp
  );

  it("smooths the steps of whole degrees over ten minutes", () => {
    const means = meansWhileRunning(
      rows,
      values,
      column(121, () => 1)
    );
    for (const mean of means) expect(mean).toBeCloseTo(4.5, 1);
  });

  it("is blank while the compressor rests, and knows nothing of it", () => {
    const rests = (row: number) => row >= 40 && row < 80;
    const wild = values.map((value, row) => (rests(row) ? 99 : value));
    const means = meansWhileRunning(
      rows,
      wild,
      column(121, (row) => (rests(row) ? 0 : 1))
    );
    expect(means.map(Number.isNaN)).toEqual(column(121, rests));
    expect(
      Math.max(...means.filter((mean) => !Number.isNaN(mean)))
    ).toBeLessThan(5);
  });
});

describe("rows of days over a change of the clocks", () => {
  const spring = Date.UTC(2026, 2, 28, 23);
  const autumn = Date.UTC(2026, 9, 24, 22);
  const around = (day: number, length: number) =>
    [-24, 0, length, length + 24].map((hours) => day + hours * HOUR);
  const ledgerOf = (time: number[]) =>
    ({
      ...{ step: 86_400, time },
      delta_t_ks: [4, 8, 5, 6].map((kelvin) => kelvin * 1000),
      delta_t_running_s: [1000, 1000, 1000, 1000],
      heating_s: [7200, 7200, 7200, 7200],
      running_known_s: [7200, 7200, 7200, 7200],
      compressor_heat_kwh: [4, 4, 4, 4],
      compressor_electricity_kwh: [1, 1, 1, 1],
    }) as unknown as Ledger;
  const columns = { kelvin: "delta_t_ks", seconds: "delta_t_running_s" };

  it.each([
    ["spring", spring, 23],
    ["autumn", autumn, 25],
  ])("in %s each has its own mean, and no line breaks", (_, day, length) => {
    const time = around(day, length);
    const end = time[3]! + 24 * HOUR;
    const found = meansOfLedger(ledgerOf(time), end, columns)!;
    expect(found.values).toEqual([4, 8, 5, 6]);
    for (const { spans, values } of [found, rollingCop(ledgerOf(time), end)]) {
      expect(spans.map(({ to }) => to)).toEqual([...time.slice(1), end]);
      expect(overSpans(spans, values).value.some(Number.isNaN)).toBe(false);
    }
  });

  it("a day that is missing stays a gap", () => {
    const time = around(spring, 23 + 24);
    const { spans } = rollingCop(ledgerOf(time), time[3]! + 24 * HOUR);
    expect(spans[1]!.to).toBe(spring + 24 * HOUR);
    const { value } = overSpans(spans, [4, 4, 4, 4]);
    expect(value.filter(Number.isNaN)).toHaveLength(1);
  });
});
