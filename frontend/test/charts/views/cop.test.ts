import { describe, expect, it } from "vitest";
import { buildCop } from "../../../src/charts/views/cop.js";
import {
  areasOf,
  column,
  day,
  END,
  HOUR,
  input,
  pointsOf,
  readings,
  seriesNamed,
  seriesOf,
  snapshot,
  theme,
  tooltipAt,
  withSettings,
} from "../fixture.js";

const start = END - HOUR;
const ledger = {
  time: column(12, (row) => start + row * 300_000),
  heating_s: column(12, (row) => (row < 6 ? 300 : 0)),
  running_known_s: column(12, (row) => (row < 6 ? 300 : 0)),
  compressor_heat_kwh: column(12, (row) => (row < 6 ? 1.2 : 0)),
  compressor_electricity_kwh: column(12, (row) => (row < 6 ? 0.3 : 0)),
};
const of = snapshot({
  readings: readings({ compressor: (row) => (row < 60 ? 1 : 0) }),
  ledger,
  totals: { cop_compressor: 3.17, cop_uncertainty: 0.36 },
});

describe("cop", () => {
  const result = buildCop(input(of));

  it("draws an area as long as the compressor ran, blank while it rests", () => {
    const points = pointsOf(result, "cop", "cop");
    expect(points[0]).toEqual([start, 4]);
    expect(points.at(-1)).toEqual([start + 6 * 300_000, 4]);
    expect(seriesNamed(result, "cop.cop").areaStyle).toBeDefined();
  });

  it("shows the period's own COP, never a mean of the points", () => {
    const period = seriesNamed(result, "period");
    expect(period.data).toEqual([
      [start, 3.17],
      [END, 3.17],
    ]);
    expect(period.lineStyle).toMatchObject({ color: theme.text, width: 1.5 });
    expect(JSON.stringify(result.option)).not.toContain("average");
  });

  it("calls nothing in a period that is over the COP of now", () => {
    const status = { ...of.status, time: END + HOUR };
    const [entry] = buildCop(input({ ...of, range: null, status })).legend;
    expect(entry).toMatchObject({ name: "COP", value: "–" });
    const half = Object.assign({}, of.ledger, {
      time: of.ledger.time.slice(0, 6),
    });
    const end = start + 6 * 300_000;
    const ran = buildCop(
      input({ ...of, range: null, end, ledger: half, status })
    );
    expect(ran.legend[0]).toMatchObject({ name: "COP", value: "4.0" });
    expect(result.legend[0]).toMatchObject({ name: "COP now", value: "3.5" });
  });

  it("is beside no rest, to the reading in which the compressor stopped", () => {
    const ran = snapshot({
      readings: readings({ compressor: (row) => (row < 47 ? 1 : 0) }),
      ledger: {
        ...ledger,
        heating_s: column(12, (row) => Math.max(0, 300 - (row > 3 ? 210 : 0))),
        running_known_s: column(12, () => 300),
      },
    });
    const result = buildCop(input(ran));
    const stop = start + 47 * 30_000;
    expect(pointsOf(result, "cop", "cop").at(-1)![0]).toBe(stop);
    const words = tooltipAt(result, stop + 40_000);
    expect(words).toContain("Idle");
    expect(words).toContain("COP –");
    expect(tooltipAt(result, stop - 40_000)).toContain("COP 4.00");
  });

  it.each([
    ["not_running", { cop_reason: "not_running" }],
    ["negative_heat", { cop_reason: "negative_heat" }],
    ["cooling", { cop_reason: "cooling" }],
    ["defrost", { cop_reason: "defrost" }],
    ["no_heat", { cop_reason: "no_heat" }],
    ["too_little", { cop_reason: "too_little" }],
    ["not_known", { cop_reason: "not_known" }],
    ["not_known", { cop_reason: "not_known", covered_s: 0 }],
    ["not_plausible", { cop_reason: "not_plausible" }],
    ["no_readings", { cop_reason: "no_readings", covered_s: 0 }],
  ] as const)("says %s where there is no COP at all", (blank, change) => {
    const none = snapshot({
      readings: readings({ compressor: () => 0 }),
      totals: { cop_compressor: null, ...change },
    });
    expect(buildCop(input(none))).toMatchObject({ state: "empty", blank });
  });

  it("says that a counter is too coarse, and still what the period came to", () => {
    const info = withSettings({ count_kwh: 1 });
    const counted = buildCop(input(of, { info }));
    expect(pointsOf(counted, "cop", "cop")).toEqual([]);
    expect(counted.remark).toContain("1 kWh");
    expect(counted.legend[1]!.value).toBe("3.17\u00a0±\u00a00.36");
  });

  it("has the uncertainty as a band and in words", () => {
    const [[low, high]] = seriesNamed(result, "period").markArea!.data as [
      [{ yAxis: number }, { yAxis: number }],
    ];
    expect(low.yAxis).toBeCloseTo(2.81);
    expect(high.yAxis).toBeCloseTo(3.53);
    expect(result.legend[1]!.value).toBe("3.17\u00a0±\u00a00.36");
  });

  it("has no line where the period has no figure", () => {
    const totals = { cop_compressor: null, cop_uncertainty: null };
    const blank = buildCop(
      input({ ...of, totals: { ...of.totals, ...totals } })
    );
    expect(seriesOf(blank).map(({ id }) => id)).not.toContain("period");
    expect(blank.legend[1]!.value).toBe("–");
    expect(blank.state).toBe("ready");
  });

  it("ends where the values do, in whole steps", () => {
    const max = (heat: number) => {
      const more = { ...ledger, compressor_heat_kwh: column(12, () => heat) };
      const axes = buildCop(
        input(snapshot({ readings: of.readings, ledger: more }))
      ).option?.yAxis as { min: number; max: number }[];
      return axes[0]!.max;
    };
    expect([max(0.3), max(1.8), max(2)]).toEqual([4, 6, 8]);
  });

  it("has bands of hot water and of what is rare, which can be hidden", () => {
    const areas = (hidden: string[]) =>
      areasOf(
        seriesNamed(
          buildCop(input(day, { hidden: new Set(hidden) })),
          "bands.0"
        )
      ).length;
    expect(areas([])).toBeGreaterThan(areas(["hot_water"]));
    const rare = ["auxiliary", "alarm"];
    expect(areas(["hot_water"])).toBeGreaterThan(areas(["hot_water", "alarm"]));
    expect(areas(["hot_water", ...rare])).toBe(1); // the gap
    const { legend } = buildCop(input(snapshot({ readings: of.readings })));
    expect(legend.map(({ key }) => key)).not.toContain("alarm");
  });

  it("hides line and period", () => {
    const bare = buildCop(input(of, { hidden: new Set(["cop", "period"]) }));
    expect(seriesOf(bare).map(({ id }) => id)).toEqual(["bands.0", "signs"]);
    expect(bare.legend.map(({ hidden }) => hidden)).toEqual([true, true]);
  });

  it("says what it is made of over longer periods", () => {
    const long = snapshot({
      readings: of.readings,
      ledger: { ...ledger },
      ledgerStep: 3600,
    });
    expect(buildCop(input(long)).remark).toBe("Compressor COP in steps of 1 h");
    expect(result.remark).toBe("Compressor COP of the last 15 min");
  });

  it("tells the COP under the pointer, none while the compressor rests", () => {
    expect(tooltipAt(result, start + 600_000)).toContain("COP 4.00");
    expect(tooltipAt(result, END - 600_000)).toContain("COP – ");
  });

  it("is empty without readings", () => {
    expect(buildCop(input(snapshot())).state).toBe("empty");
  });

  it("leaves the name SCOP to the system's COP, even of a whole year", () => {
    const totals = { ...of.totals, cop_name: "scop" as const };
    const { legend } = buildCop(input({ ...of, totals }));
    expect(legend.find(({ key }) => key === "period")?.name).toBe("Period");
  });
});
