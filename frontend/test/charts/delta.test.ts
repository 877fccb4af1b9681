import { describe, expect, it } from "vitest";
import { difference, meansWhileRunning } from "../../src/charts/delta.js";
import { rowsOf } from "../../src/charts/rows.js";
import { column, readings, snapshot } from "./fixture.js";

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
