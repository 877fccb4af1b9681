import { describe, expect, it } from "vitest";
import { rollingCop } from "../../src/charts/rolling.js";
import type { Ledger, Table } from "../../src/data/types.js";
import shared from "../../../tests/cases/rolling_cop.json";
import { column } from "./fixture.js";

const ledger = (columns: Omit<Table, "time">, step = 300): Ledger => {
  const count = Object.values(columns)[0]?.length ?? 0;
  const time = column(count, (row) => row * step * 1000);
  return Object.assign<Table, { step: number }>({ time, ...columns }, { step });
};

describe("rollingCop", () => {
  it.each(shared.cases.map((each) => [each.name, each] as const))(
    "as the heat pump's status: %s",
    (_, { ledger: rows, expected, ...counting }) => {
      const { values } = rollingCop(
        rows as unknown as Ledger,
        Infinity,
        counting
      );
      expect(values.map((value) => (isNaN(value) ? null : value))).toEqual(
        expected.map((value) =>
          value === null ? null : (expect.closeTo(value, 6) as number)
        )
      );
    }
  );

  it("ends the last row where the snapshot ends", () => {
    const { spans } = rollingCop(
      ledger({ heating_s: [1800, 1800] }, 3600),
      5_400_000
    );
    expect(spans[1]).toEqual({ from: 3_600_000, to: 5_400_000 });
  });
});
