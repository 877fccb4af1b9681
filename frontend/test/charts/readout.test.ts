import { describe, expect, it } from "vitest";
import { buildSankey } from "../../src/charts/views/sankey.js";
import { buildTemperature } from "../../src/charts/views/temperature.js";
import { VIEWS } from "../../src/charts/views.js";
import { day, input, readings, snapshot } from "./fixture.js";

const hour = snapshot({
  readings: readings({
    supply_temp: (row) => (row === 7 ? null : 30 + (row % 10)),
    outdoor_temp: () => -7,
    compressor: (row) => (row < 60 ? 1 : 0),
    hot_water_valve: () => 0,
  }),
});

describe("what a chart says in words", () => {
  it("is the least and the greatest of each series", () => {
    expect(buildTemperature(input(hour)).summary).toBe(
      "Supply 30\u2009°C to 39\u2009°C; Outdoor \u22127\u2009°C"
    );
  });

  it("leaves out what is hidden", () => {
    const hidden = new Set(["supply_temp"]);
    const { summary, table } = buildTemperature(input(hour, { hidden }));
    expect(summary).not.toContain("Supply");
    expect(table!.columns.map(({ name }) => name)).toEqual([
      "Outdoor",
      "Operation",
    ]);
  });

  it("is a row of the table for each reading, in local time and with units", () => {
    const rows = buildTemperature(input(hour)).table!.rows();
    expect(rows).toHaveLength(121);
    expect(rows[0]!.head).toBe("Thu 22 Jan, 19:42");
    expect(rows[0]!.cells.map(({ text }) => text)).toEqual([
      "30\u2009°C",
      "\u22127\u2009°C",
      "Heating the house",
    ]);
  });

  it("is the way of the energy in a flow", () => {
    const { summary, table } = buildSankey(input(hour));
    expect(summary).toMatch(/^Ground .*kWh, Electricity .* → Heating .*/);
    expect(table!.rows().map(({ head }) => head)).toContain("Heat pump");
  });

  it.each(VIEWS)("is there for $key", ({ build }) => {
    const { summary, table } = build(input(day));
    expect(summary).not.toMatch(/undefined|NaN|charts\./);
    expect(summary!.length).toBeGreaterThan(10);
    const rows = table!.rows();
    expect(rows.length).toBeGreaterThan(3);
    for (const { cells } of rows) {
      expect(cells).toHaveLength(table!.columns.length);
    }
  });
});
