import { describe, expect, it } from "vitest";
import { kpis } from "../../src/components/kpi/figures.js";
import type { Kpi, Piece } from "../../src/components/kpi/figures.js";
import { rollingCop } from "../../src/charts/rolling.js";
import { course } from "../../src/components/kpi/temperatures.js";
import type { PumpInfo, Snapshot } from "../../src/data/types.js";
import { FakeServer, pumpInfo } from "../fixtures/heat-pump.js";
import { look } from "./fixture.js";

const END = Date.UTC(2026, 0, 22, 19, 42);
const server = new FakeServer(END, 31);
const day = server.snapshot("24h", END);
const { text, format } = look;

const figures = (snapshot: Snapshot, info: PumpInfo = pumpInfo()) => {
  const all = kpis({ snapshot, info, text, format });
  return Object.fromEntries(all.map((kpi) => [kpi.key, kpi])) as Record<
    Kpi["key"],
    Kpi
  >;
};

const withTotals = (totals: Partial<Snapshot["totals"]>): Snapshot => ({
  ...day,
  totals: { ...day.totals, ...totals },
});

const line = (pieces: Piece[]) =>
  pieces.map(({ text: part }) => part).join(" ");

describe("the COP", () => {
  it("shows both COPs, the uncertainty and the coverage", () => {
    const { cop } = figures(
      withTotals({
        cop_compressor: 3.174,
        cop_uncertainty: 0.359,
        cop_system: 3.09,
        coverage: 0.973,
      })
    );
    expect([cop.value, cop.beside]).toEqual(["3.17", "± 0.36"]);
    expect(line(cop.context)).toBe("System 3.09 · coverage 97\u00a0%");
  });

  it("draws hours as sums divided by sums around the period's figure", () => {
    const { spark } = figures(day).cop;
    if (spark?.kind !== "line") throw new Error("No line");
    expect(spark.reference).toBe(day.totals.cop_compressor);
    const values = spark.points.flatMap(({ value }) => value ?? []);
    expect(values.length).toBeGreaterThan(20);
    expect(Math.min(...values)).toBeGreaterThan(2);
    expect(Math.max(...values)).toBeLessThan(6);
  });

  it("leaves out hours with hardly any electricity", () => {
    const quiet = structuredClone(day);
    quiet.ledger.compressor_electricity_kwh?.fill(0.001);
    const { spark } = figures(quiet).cop;
    if (spark?.kind !== "line") throw new Error("No line");
    expect(spark.points.every(({ value }) => value === null)).toBe(true);
  });

  it.each([
    [{ cop_reason: "not_running" }, "The compressor did not run"],
    [{ cop_reason: "too_little" }, "Too little electricity for a figure"],
    [
      { cop_reason: "negative_heat", compressor_heat_kwh: -0.44, heat_kwh: 2 },
      "The heat is negative: \u22120.4 kWh",
    ],
    [
      {
        cop_reason: "cooling",
        compressor_heat_kwh: -10.8,
        heat_kwh: 2,
        cooling_kwh: 10.8,
      },
      "It cooled: 10.8 kWh",
    ],
    [{ cop_reason: "no_heat" }, "No heat was delivered"],
    [{ cop_reason: "not_known" }, "Not known"],
    [{ cop_reason: "not_known", covered_s: 0 }, "Not known"],
    [{ cop_reason: "not_plausible" }, "Not plausible"],
    [{ cop_reason: "no_readings", covered_s: 0 }, "No readings in this period"],
  ] as const)("is blank with a reason (%#)", (totals, why) => {
    const blank = { ...totals, cop_compressor: null };
    const { cop } = figures(withTotals(blank));
    expect([cop.value, line(cop.context), cop.spark]).toEqual(["–", why, null]);
  });

  it("says what the pump does not report", () => {
    const info = pumpInfo();
    info.views.cop = { available: false, reason: "no_power" };
    const { cop } = figures(withTotals({ cop_compressor: null }), info);
    expect(line(cop.context)).toBe("COP needs electricity");
  });
});

describe("the COP's course", () => {
  const courseOf = (snapshot: Snapshot, info?: PumpInfo) => {
    const { spark } = figures(snapshot, info).cop;
    if (spark?.kind !== "line") throw new Error("No line");
    return spark.points.map(({ value }) => value);
  };

  it("is of 15 min in an hour, as the chart's", () => {
    const hour = server.snapshot("1h", END);
    const info = pumpInfo();
    const { values } = rollingCop(hour.ledger, hour.end, info.settings);
    expect(courseOf(hour, info)).toEqual(
      values.map((value) => (Number.isNaN(value) ? null : value))
    );
  });

  it("has no point where a counter was too coarse", () => {
    const info = pumpInfo();
    info.settings.count_kwh = 100;
    expect(courseOf(day, info).every((value) => value === null)).toBe(true);
  });

  it("has no point of negative heat", () => {
    const back = structuredClone(day);
    back.ledger.compressor_heat_kwh?.fill(-0.1);
    expect(courseOf(back).every((value) => value === null)).toBe(true);
  });
});

it.each([
  [0.9976, "99"],
  [1, "100"],
  [0.57, "57"],
])("says of a coverage of %f that it is %s %", (coverage, share) => {
  const { cop } = figures(withTotals({ coverage }));
  expect(line(cop.context)).toContain(`coverage ${share}\u00a0%`);
});

describe("the heat", () => {
  it("says of heat that flowed back what it is", () => {
    const { heat } = figures(withTotals({ heat_kwh: -1.26 }));
    expect(heat.value).toBe("\u22121.3");
    expect(line(heat.context)).toContain("flowed back");
  });

  it.each([
    ["heat", "heat_kwh"],
    ["electricity", "electricity_kwh"],
    ["auxiliary", "auxiliary_kwh"],
  ] as const)(
    "parts unknown, not plausible and not reported %s",
    (key, name) => {
      const said = (totals: Partial<Snapshot["totals"]>) =>
        line(figures(withTotals({ [name]: null, ...totals }))[key].context);
      const none = { ...day.totals.basis!, [key]: null };
      expect(said({})).toBe("Not known");
      expect(said({ dropped: 1 })).toBe("Not plausible");
      expect(said({ basis: none })).toBe("Not reported");
      expect(said({ covered_s: 0 })).toBe("No readings in this period");
    }
  );

  it("says how much of it is hot water, and what is estimated", () => {
    const { heat } = figures(
      withTotals({ heat_kwh: 174.14, heat_hot_water_kwh: 16.02 })
    );
    expect([heat.value, heat.unit]).toEqual(["174.1", "kWh"]);
    expect(line(heat.context)).toBe("Hot water 16.0 · estimated");
  });

  it("tells what was cooled, which is subtracted", () => {
    const { heat } = figures(
      withTotals({ heat_kwh: 7, heat_hot_water_kwh: 1, cooling_kwh: 4 })
    );
    expect(line(heat.context)).toBe(
      "Hot water 1.0 · Cooling \u22124.0 · estimated"
    );
  });

  it("calls no cold heat that flowed back", () => {
    const lineOf = (heat_kwh: number) =>
      line(figures(withTotals({ heat_kwh, cooling_kwh: 4 })).heat.context);
    expect(lineOf(-3)).not.toContain("flowed back");
    expect(lineOf(-5)).toContain("flowed back");
  });

  it("does not say estimated where it is measured", () => {
    const { heat } = figures(withTotals({ estimated: [] }));
    expect(line(heat.context)).not.toContain("estimated");
  });

  it("is drawn by mode, the bars adding up to it", () => {
    const { spark } = figures(day).heat;
    if (spark?.kind !== "bars") throw new Error("No bars");
    const sum = spark.bars
      .flatMap(({ parts }) => parts)
      .reduce((a, b) => a + b);
    expect(sum).toBeCloseTo(day.totals.heat_kwh!, 3);
    expect(spark.colors).toEqual(["var(--hp-heating)", "var(--hp-hot-water)"]);
  });
});

describe("the electricity", () => {
  it("has the price of the electricity of which the price is known", () => {
    const { electricity } = figures(
      withTotals({ electricity_kwh: 100, cost: 192, priced_kwh: 96 })
    );
    expect(line(electricity.context)).toContain("2.00");
  });

  it("says what it cost, and the price that comes to", () => {
    const { electricity } = figures(
      withTotals({ electricity_kwh: 56.3, cost: 82.2 })
    );
    expect([electricity.value, electricity.unit]).toEqual(["56.3", "kWh"]);
    expect(line(electricity.context)).toBe("kr\u00a082 · kr\u00a01.46/kWh");
  });

  it("says that it is estimated before the price, which a phone has no room for", () => {
    const { electricity } = figures(
      withTotals({
        ...{ electricity_kwh: 56.3, cost: 82.2 },
        estimated: ["electricity"],
      })
    );
    expect(line(electricity.context)).toBe(
      "kr\u00a082 · estimated · kr\u00a01.46/kWh"
    );
  });

  it("says its standby where there is no price, and what is estimated", () => {
    const { electricity } = figures(
      withTotals({ cost: null, standby_kwh: 0.42, estimated: ["electricity"] })
    );
    expect(line(electricity.context)).toBe("Standby 0.4\u00a0kWh · estimated");
  });

  it.each([
    [{ standby_kwh: null }],
    [
      {
        standby_kwh: 0,
        basis: { ...day.totals.basis!, electricity: "configured" as const },
      },
    ],
  ])("does not say 0.0 kWh of a standby that nobody knows (%#)", (totals) => {
    const { electricity } = figures(withTotals({ cost: null, ...totals }));
    expect(line(electricity.context)).toMatch(/^Standby not known/);
  });

  it("is blank for a NIBE without power, beside its heat", () => {
    const basis = { ...day.totals.basis!, electricity: null };
    const none = { electricity_kwh: null, cost: null, cop_compressor: null };
    const { electricity, heat } = figures(withTotals({ ...none, basis }));
    expect([electricity.value, line(electricity.context)]).toEqual([
      "–",
      "Not reported",
    ]);
    expect(heat.value).not.toBe("–");
  });

  it("is drawn with the auxiliary heater on top, adding up", () => {
    const { spark } = figures(day).electricity;
    if (spark?.kind !== "bars") throw new Error("No bars");
    const sum = spark.bars
      .flatMap(({ parts }) => parts)
      .reduce((a, b) => a + b);
    expect(sum).toBeCloseTo(day.totals.electricity_kwh!, 2);
  });
});

describe("the temperatures", () => {
  it("show lowest to highest, and now", () => {
    const [outdoor] = figures(
      withTotals({ extremes: { outdoor_temp: [-8, -2] } })
    ).temperatures.rows!;
    expect(outdoor).toMatchObject({
      name: "Outdoor",
      range: "−8 … −2",
      entity: "sensor.thermia_outdoor_temp",
    });
    expect(outdoor?.value).toMatch(/^−?\d+°$/);
  });

  it("are those the pump reports, without a present once they are old", () => {
    const info = pumpInfo();
    delete info.metrics.indoor_temp;
    const [all] = [
      kpis({ snapshot: day, info, text, format, stale: true }).at(-1)!,
    ];
    expect(all.rows?.map(({ metric, value }) => [metric, value])).toEqual([
      ["outdoor_temp", "–"],
      ["hot_water_temp", "–"],
    ]);
  });

  it("hold a reading until the next, however seldom they come", () => {
    const half = (day.start + day.end) / 2;
    const readings = { time: [day.start, half], outdoor_temp: [-4, -2] };
    const points = course({ ...day, readings }, "outdoor_temp");
    expect(points.map(({ value }) => value)).toEqual([
      ...Array.from({ length: 48 }, () => -4),
      ...Array.from({ length: 48 }, () => -2),
    ]);
  });

  it("have gaps where nothing is known", () => {
    const points = course(day, "outdoor_temp");
    const unknown = points.filter(({ value }) => value === null).length;
    expect(unknown).toBeGreaterThan(0);
    expect(unknown).toBeLessThan(10);
  });
});

describe("the compressor", () => {
  it("shows its share of the covered time, starts and hours", () => {
    const { compressor } = figures(
      withTotals({ compressor_s: 64_200, covered_s: 84_060, starts: 13 })
    );
    expect([compressor.value, compressor.unit]).toEqual(["76", "%"]);
    expect(line(compressor.context)).toBe("13 starts · 17 h 50 min");
  });

  it("is drawn as a strip of a day and as bars of a week", () => {
    expect(figures(day).compressor.spark?.kind).toBe("strip");
    const week = figures(server.snapshot("7d", END)).compressor.spark;
    if (week?.kind !== "bars") throw new Error("No bars");
    expect(week.full).toBe(1);
    for (const { parts } of week.bars) {
      expect(parts.reduce((a, b) => a + b)).toBeLessThanOrEqual(1);
    }
  });
});

describe("the auxiliary heater", () => {
  it("shows energy, time and share of the electricity", () => {
    const { auxiliary } = figures(
      withTotals({
        auxiliary_kwh: 1.68,
        auxiliary_on_s: 34 * 60,
        electricity_kwh: 56.3,
      })
    );
    expect([auxiliary.value, auxiliary.unit]).toEqual(["1.7", "kWh"]);
    expect(line(auxiliary.context)).toBe("34 min · 3\u00a0% of electricity");
  });

  it("says so where the pump does not report it", () => {
    const basis = { ...day.totals.basis!, auxiliary: null };
    const { auxiliary } = figures(withTotals({ auxiliary_kwh: null, basis }));
    expect(auxiliary.value).toBe("–");
    expect(line(auxiliary.context)).toBe("Not reported");
  });
});

it("keeps quiet about a period that has no length yet", () => {
  const none = { ...day, end: day.start };
  expect(() => figures(none)).not.toThrow();
});
