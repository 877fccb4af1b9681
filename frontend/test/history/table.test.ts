import { describe, expect, it } from "vitest";
import { csvText } from "../../src/export/csv.js";
import {
  copParts,
  historyCsv,
  historyRows,
  perDegreeDay,
  tableColumns,
} from "../../src/history/table.js";
import { look } from "../components/fixture.js";
import { day, model } from "./fixture.js";

describe("the table", () => {
  it("has a year's months in order, with their change on the year before", () => {
    const rows = historyRows("month", model(["year", "2025"]), look);
    expect(rows.map(({ name }) => name).slice(0, 3)).toEqual([
      "July",
      "August",
      "September",
    ]);
    expect(rows).toHaveLength(12);
    expect(rows.every(({ change }) => change !== null)).toBe(true);
    expect(Math.max(...rows.map(({ bar }) => bar))).toBe(1);
  });

  it("has the months before a month, the newest first", () => {
    const rows = historyRows("month", model(["month", "2026-11"]), look);
    expect(rows[0]).toMatchObject({
      name: "November",
      aside: "2026",
      change: null,
    });
    expect(rows).toHaveLength(12);
  });

  it("does not compare with a year that was not whole", () => {
    const rows = historyRows("heating_year", model(["all"]), look);
    expect(rows.map(({ name, change }) => [name, change === null])).toEqual([
      ["2026/27", true],
      ["2025/26", false],
      ["2024/25", true],
      ["2023/24", true],
    ]);
  });

  it("calls a COP a SCOP only of a whole year", () => {
    const rows = historyRows("heating_year", model(["all"]), look);
    const parts = rows.map(
      ({ figures }) => figures && copParts(figures, true, look)
    );
    expect(parts.map((part) => part?.aside)).toEqual([
      "no year",
      "",
      "",
      "no year",
    ]);
    expect(parts[1]?.margin).toBe("± 0.11");
  });

  it("has no quotient of a summer's few degree days", () => {
    const { figures } = model(["year", "2025"]);
    expect(figures && perDegreeDay({ ...figures, degreeDays: 9 })).toBeNull();
    expect(
      figures && perDegreeDay({ ...figures, electricity: 500, degreeDays: 250 })
    ).toBe(2);
  });

  it("saves exactly the rows that are shown", () => {
    const rows = historyRows("month", model(["year", "2025"]), look);
    const csv = csvText(historyCsv(rows, tableColumns("SEK", true))).split(
      "\n"
    );
    expect(csv[0]).toBe(
      "start,end,electricity [kWh],heat [kWh],auxiliary [kWh],cost [SEK],cop,starts," +
        "degree_days [°C·d],per_degree_day [kWh/(°C·d)],coverage,cop_uncertainty,hot_water [kWh],outdoor_mean"
    );
    expect(csv).toHaveLength(14);
    expect(csv[1]).toMatch(/^2025-06-30T22:00:00Z,2025-07-31T22:00:00Z,\d/);
    const filling = model(["year", "2025"], {
      unreadBefore: day("2026-07-01"),
    });
    const unread = historyRows("month", filling, look).slice(0, 1);
    expect(historyCsv(unread, [])[1]?.slice(2)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("saves beside what follows from unchecked heat that it is so", () => {
    const unchecked = model(["year", "2025"], { calibration: "unchecked" });
    const rows = historyRows("month", unchecked, look);
    const [head] = historyCsv(rows, tableColumns("SEK", true));
    expect(head?.filter((name) => String(name).includes("checked"))).toEqual([
      "heat [kWh] (not checked)",
      "cop (not checked)",
      "hot_water [kWh] (not checked)",
    ]);
  });

  it("leaves money out where no price is known", () => {
    expect(tableColumns("SEK", false).map(({ key }) => key)).not.toContain(
      "cost"
    );
  });
});
