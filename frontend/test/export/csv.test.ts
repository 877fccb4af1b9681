import { describe, expect, it } from "vitest";
import { buildTemperature } from "../../src/charts/views/temperature.js";
import { buildRuntime } from "../../src/charts/views/runtime.js";
import { runsOf } from "../../src/data/runs.js";
import type { CsvRows } from "../../src/export/csv.js";
import {
  csvText,
  eventsCsv,
  figuresCsv,
  readingsCsv,
  viewCsv,
  windowsCsv,
} from "../../src/export/csv.js";
import { END, HOUR, input, snapshot } from "../charts/fixture.js";
import { pumpInfo } from "../fixtures/heat-pump.js";

const START = END - HOUR;
const rowsOf = (rows: CsvRows, decimalComma = false) =>
  csvText(rows, decimalComma).trimEnd().split("\n");

describe("readingsCsv", () => {
  it("has ISO times, units in the header and nothing where nothing is known", () => {
    const readings = {
      time: [START, START + 30_000],
      supply_temp: [34.5, null],
      compressor: [0, 1],
    };
    expect(rowsOf(readingsCsv(snapshot({ readings }), pumpInfo()))).toEqual([
      "time,supply_temp [°C],compressor",
      "2026-01-22T18:42:00Z,34.5,0",
      "2026-01-22T18:42:30Z,,1",
    ]);
  });
});

describe("csvText", () => {
  const rows = [
    ["time", "supply [°C]", "text"],
    ["2026-01-22T18:42:00Z", 34.5, "a;b"],
    ["2026-01-22T18:42:30Z", null, "c"],
  ];

  it("has commas between the cells where numbers have points", () => {
    expect(rowsOf(rows)).toEqual([
      "time,supply [°C],text",
      '2026-01-22T18:42:00Z,34.5,"a;b"',
      "2026-01-22T18:42:30Z,,c",
    ]);
  });

  it("has semicolons between them where numbers have commas", () => {
    expect(rowsOf(rows, true)).toEqual([
      "time;supply [°C];text",
      '2026-01-22T18:42:00Z;34,5;"a;b"',
      "2026-01-22T18:42:30Z;;c",
    ]);
  });
});

describe("windowsCsv", () => {
  it("takes the units out of the names, and the step for no column", () => {
    const ledger = {
      time: [START],
      heat_kwh: [0.1 + 0.2],
      idle_s: [300],
      starts: [1],
      cost: [2.5],
    };
    expect(rowsOf(windowsCsv(snapshot({ ledger }), "SEK"))).toEqual([
      "time,heat [kWh],idle [s],starts,cost [SEK]",
      "2026-01-22T18:42:00Z,0.3,300,1,2.5",
    ]);
  });
});

describe("figuresCsv", () => {
  it("is one row with the period, its figures and what rests on estimates", () => {
    const of = snapshot({ totals: { estimated: ["heat", "hot_water"] } });
    const [head, row, ...more] = rowsOf(figuresCsv(of));
    expect(more).toEqual([]);
    const cells = Object.fromEntries(
      head!.split(",").map((name, i) => [name, row!.split(",")[i]])
    );
    expect(cells).toMatchObject({
      start: "2026-01-22T18:42:00Z",
      end: "2026-01-22T19:42:00Z",
      "heat [kWh]": "11",
      cop_compressor: "3.667",
      "compressor [s]": "2400",
      cost: "",
      estimated: "heat hot_water",
    });
  });

  it("says of heat that nobody checked, and of nothing else, that it is not", () => {
    const totals = {
      ...{ calibration: "unchecked" as const, cooling_kwh: 2 },
      ...{ heating_s: 1, counted_heat_s: 0, negative_heat_kwh: 0 },
    };
    const [head] = rowsOf(figuresCsv(snapshot({ totals })));
    const names = head!.split(",");
    for (const name of ["heat [kWh]", "cooling [kWh]", "cop_system"])
      expect(names).toContain(`${name} (not checked)`);
    expect(names).toContain("heating [s]");
  });

  it("gives money and the price of heat in the currency", () => {
    const totals = { cost: 3, cost_per_heat_kwh: 0.5 };
    const [head] = rowsOf(figuresCsv(snapshot({ totals }), "SEK"));
    expect(head!.split(",")).toEqual(
      expect.arrayContaining(["cost [SEK]", "cost_per_heat [SEK/kWh]"])
    );
  });
});

describe("viewCsv", () => {
  it("has what the chart shows, in numbers", () => {
    const readings = {
      time: [START, START + 30_000],
      supply_temp: [34, 35],
      return_temp: [30, 31],
    };
    const hidden = new Set(["return_temp"]);
    const { table } = buildTemperature(
      input(snapshot({ readings }), { hidden })
    );
    expect(rowsOf(viewCsv(table!))).toEqual([
      "Time,Supply [°C],Operation",
      "2026-01-22T18:42:00Z,34,",
      "2026-01-22T18:42:30Z,35,",
    ]);
  });

  it("has names for rows that are no moments", () => {
    const { table } = buildRuntime(input(snapshot()));
    expect(rowsOf(viewCsv(table!)).slice(0, 2)).toEqual([
      "Operation,Duration [s],Share [%]",
      "Heating,1800,50",
    ]);
  });
});

describe("eventsCsv", () => {
  it("quotes what would be taken for two cells", () => {
    const alarm = { kind: "alarm", value: 20, text: 'Low, "very"' };
    const events = [
      { ...alarm, time: START, change: "raised" as const },
      { ...alarm, time: START + 60_000, change: "cleared" as const },
    ];
    const [, row] = rowsOf(eventsCsv(runsOf({ ...snapshot(), events })));
    expect(row).toBe(
      '2026-01-22T18:42:00Z,2026-01-22T18:43:00Z,alarm,20,"Low, ""very""",,,,,,,,,,'
    );
  });
});
