import { describe, expect, it } from "vitest";
import type { SankeySeriesOption } from "echarts/charts";
import { buildSankey } from "../../../src/charts/views/sankey.js";
import type { Totals } from "../../../src/data/types.js";
import { flowsOf } from "../../../src/charts/flows.js";
import { input, snapshot, theme, totals, withSettings } from "../fixture.js";

const sankey = (change: Partial<Totals>, width = 700) =>
  buildSankey(input(snapshot({ totals: change }), { width }));

const drawn = (change: Partial<Totals>) => {
  const [series] = sankey(change).option?.series as [SankeySeriesOption];
  return {
    nodes: series.data as {
      name: string;
      label: { position: string; formatter: string };
    }[],
    links: series.links as { source: string; target: string; value: number }[],
    series,
  };
};

const balance = (change: Partial<Totals>): [number, number] => {
  const { links } = drawn(change);
  const sum = (end: "source" | "target") =>
    links
      .filter((link) => link[end] === "heat_pump")
      .reduce((all, { value }) => all + value, 0);
  return [sum("target"), sum("source")];
};

describe("sankey", () => {
  it("balances: what goes into the heat pump comes out of it", () => {
    const [into, out] = balance({});
    expect(into).toBeCloseTo(11.1);
    expect(out).toBeCloseTo(11.1);
  });

  it("has all the electricity in it, and what gave no heat as standby", () => {
    const { links } = drawn({});
    const value = (key: string) =>
      links.find(({ source, target }) => [source, target].includes(key))!.value;
    expect(value("electricity") + value("auxiliary")).toBeCloseTo(3.5);
    expect(value("standby")).toBeCloseTo(0.1);
    expect(value("heating") + value("hot_water")).toBeCloseTo(11);
  });

  it.each([
    ["as it is", {}],
    ["COP below 1", { heat_kwh: 2, heat_hot_water_kwh: 1 }],
    ["no electricity at rest", { electricity_kwh: 3.4 }],
    ["more of the heater than of all", { electricity_kwh: 3 }],
    ["negative heat of the house", { heat_kwh: 5, heat_hot_water_kwh: 7 }],
    ["hardly any heat", { heat_kwh: 0.06, heat_hot_water_kwh: 0 }],
    ["unknown parts", { auxiliary_kwh: null, heat_hot_water_kwh: null }],
    ["much standby", { electricity_kwh: 9 }],
  ])("balances within what can be seen: %s", (_, change) => {
    const [into, out] = balance(change);
    expect(Math.abs(into - out)).toBeLessThan(0.15);
    for (const { value } of drawn(change).links) {
      expect(value).toBeGreaterThan(0);
    }
  });

  it("takes the ground's energy for what nobody paid", () => {
    const { links } = drawn({});
    expect(
      links.map(({ source, target, value }) => [source, target, value])
    ).toEqual(
      [
        ["ground", "heat_pump", 7.6],
        ["electricity", "heat_pump", 3.1],
        ["auxiliary", "heat_pump", 0.4],
        ["heat_pump", "heating", 10],
        ["heat_pump", "hot_water", 1],
        ["heat_pump", "standby", 0.1],
      ].map(([source, target, value]) => [
        source,
        target,
        expect.closeTo(value as number, 6) as number,
      ])
    );
    expect(sankey({}).remark).toBe("69\u00a0% of the heat is free");
    expect(sankey({}, 358).remark).toBe("69\u00a0% free");
    expect(sankey({}).figure).toBe("69\u00a0%");
  });

  it("has names and kWh outside, in the colours of what they mean", () => {
    const { nodes, series } = drawn({});
    expect(nodes.map(({ name, label }) => [name, label.position])).toEqual([
      ["ground", "left"],
      ["electricity", "left"],
      ["auxiliary", "left"],
      ["heat_pump", "top"],
      ["heating", "right"],
      ["hot_water", "right"],
      ["standby", "right"],
    ]);
    expect(nodes[1]!.label.formatter).toBe(
      "{name|Electricity}\n{value|3.1}{unit|\u00a0kWh}"
    );
    const [first] = series.links as { lineStyle: object }[];
    expect(first!.lineStyle).toEqual({ color: theme.outdoor, opacity: 0.34 });
    expect(series).toMatchObject({ nodeWidth: 12, layoutIterations: 0 });
  });

  it("shows what more electricity than heat leaves over as unexplained", () => {
    const change = { heat_kwh: 2, heat_hot_water_kwh: 0 };
    const { links } = drawn(change);
    expect(links.map(({ source }) => source)).not.toContain("ground");
    expect(links.at(-1)).toMatchObject({
      source: "heat_pump",
      target: "unexplained_out",
    });
    const [into, out] = balance(change);
    expect(into).toBeCloseTo(out);
    expect(sankey(change).remark).toBeUndefined();
  });

  it("shows heat that went back into the heat pump as unexplained", () => {
    const change = { heat_kwh: 5, heat_hot_water_kwh: 7 };
    const { links } = drawn(change);
    expect(
      links.find(({ source }) => source === "unexplained_in")!.value
    ).toBeCloseTo(2);
    const [into, out] = balance(change);
    expect(into).toBeCloseTo(out);
  });

  it("draws no flow of nothing", () => {
    const { nodes } = drawn({
      auxiliary_kwh: 0.02,
      heat_hot_water_kwh: 0,
      electricity_kwh: 3.04,
    });
    expect(nodes.map(({ name }) => name)).toEqual([
      "ground",
      "electricity",
      "heat_pump",
      "heating",
    ]);
  });

  it.each([
    ["no heat", { heat_kwh: 0 }],
    ["negative heat", { heat_kwh: -1.2 }],
    ["unknown heat", { heat_kwh: null }],
  ])("is empty with %s", (_, change) => {
    expect(flowsOf(totals(change))).toBeNull();
    expect(sankey(change)).toMatchObject({ state: "empty", reason: "no_heat" });
    expect(sankey(change).option).toBeUndefined();
  });

  it("is empty without readings and missing without electricity", () => {
    expect(sankey({ covered_s: 0 }).state).toBe("empty");
    expect(sankey({ compressor_electricity_kwh: null })).toMatchObject({
      state: "missing",
      reason: "no_power",
      chunk: "flow",
    });
  });

  it("calls the source of an air heat pump air", () => {
    const info = withSettings({ heat_pump_type: "air" });
    const { option } = buildSankey(input(snapshot(), { info }));
    const [series] = option?.series as [SankeySeriesOption];
    const [first] = series.data as { label: { formatter: string } }[];
    expect(first!.label.formatter).toContain("Air");
  });

  it("tells the share of a flow", () => {
    const { formatter } = sankey({}).option?.tooltip as {
      formatter: (params: { name: string }) => string;
    };
    const words = formatter({ name: "ground > heat_pump" });
    expect(words).toContain("Ground");
    expect(words).toContain("7.6\u00a0kWh");
    expect(words).toContain("68\u00a0%");
  });
});
