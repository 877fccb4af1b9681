import { describe, expect, it } from "vitest";
import { auxiliaryKw, parted } from "../../src/charts/electricity.js";
import shared from "../../../tests/cases/auxiliary_power.json";

describe("auxiliaryKw", () => {
  const { auxiliary_power, auxiliary_step_kw } = shared;
  it.each(shared.cases.map((each) => [each.name, each] as const))(
    "is as in the ledger: %s",
    (_, { metrics, expected }) => {
      const known: Record<string, number | null> = metrics;
      const kw = auxiliaryKw((name) => known[name], {
        auxiliary_power,
        auxiliary_step_kw,
      });
      expect(kw).toEqual(
        expected === null ? NaN : (expect.closeTo(expected, 6) as number)
      );
    }
  );
});

describe("parted", () => {
  it("is the rest and the heater, which takes no more than there is", () => {
    expect(parted(5000, 3)).toEqual([2, 3]);
    expect(parted(2000, 3)).toEqual([0, 2]);
  });

  it("is all of it where the heater is not known", () => {
    expect(parted(5000, NaN)).toEqual([5, NaN]);
  });
});
