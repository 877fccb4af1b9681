import { describe, expect, it } from "vitest";
import {
  cellsOf,
  LIMITS,
  limitsOf,
  monthEdge,
  monthsOf,
  stepOf,
} from "../../src/history/heat-map.js";
import { day, model } from "./fixture.js";

const YEAR = { start: day("2025-07-01"), end: day("2026-07-01") };

describe("the year in squares", () => {
  const gap = day("2025-08-12");
  const whole = model(["year", "2025"], { gaps: [gap] });
  const cells = cellsOf(
    YEAR,
    whole.rows,
    "electricity",
    LIMITS.electricity,
    whole
  );
  const cell = (text: string) => cells.find((each) => each.day === day(text));

  it("has weeks as columns, Monday first", () => {
    expect(cells).toHaveLength(365);
    // 1 July 2025 was a Tuesday.
    expect(cell("2025-07-01")).toMatchObject({ column: 0, row: 1 });
    expect(cell("2025-07-06")).toMatchObject({ column: 0, row: 6 });
    expect(cell("2025-07-07")).toMatchObject({ column: 1, row: 0 });
  });

  it("has fixed limits, whatever the year was", () => {
    expect(
      [0, 4.9, 5, 34, 35, 90].map((kwh) => stepOf(kwh, LIMITS.electricity))
    ).toEqual([0, 0, 1, 5, 6, 6]);
    expect(limitsOf("cost", 1.55)).toEqual([10, 20, 30, 40, 50, 70]);
    expect(limitsOf("cost", 1.62)).toEqual(limitsOf("cost", 1.55));
  });

  it("tells a gap from a day to come and from one that is not read", () => {
    expect(cell("2025-08-12")?.state).toBe("none");
    expect(cell("2026-01-10")).toMatchObject({
      state: "known",
      isPartly: false,
    });
    const running = model(["year", "2026"]);
    const later = cellsOf(
      running.days,
      running.rows,
      "cop",
      LIMITS.cop,
      running
    );
    expect(later.at(-1)?.state).toBe("future");
    const filling = model(["year", "2025"], {
      unreadBefore: day("2026-01-01"),
    });
    const first = cellsOf(YEAR, filling.rows, "heat", LIMITS.heat, filling)[0];
    expect(first?.state).toBe("unread");
  });

  it("has no squares for days before the first reading, which are no gaps", () => {
    const first = day("2025-09-10");
    const young = model(["year", "2025"], { first });
    const shown = cellsOf(YEAR, young.rows, "heat", LIMITS.heat, young);
    expect(shown[0]?.day).toBe(first);
    expect(young.columns.slice(0, 3).map(({ state }) => state)).toEqual([
      "before",
      "before",
      "known",
    ]);
  });

  it("parts the months with a stepped line", () => {
    const months = monthsOf(YEAR);
    expect(months).toHaveLength(12);
    expect(monthEdge({ column: 3, row: 0 }, 10)).toBe("M30 0V70");
    expect(monthEdge({ column: 3, row: 2 }, 10)).toBe("M40 0V20H30V70");
  });
});
