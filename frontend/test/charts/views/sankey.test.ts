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
      value: number;
      label: { position: string; formatter: string };
    }[],
    links: series.links as {
      source: string;
      target: string;
      key: string;
      value: number;
      lineStyle: object;
    }[],
    series,
  };
};

/** What flows into a node, out of it, and what is written at it. */
const balance = (change: Partial<Totals>, node: string) => {
  const { links, nodes } = drawn(change);
  const sum = (end: "source" | "target") =>
    links
      .filter((link) => link[end] === node)
      .reduce((all, { value }) => all + value, 0);
  const value = nodes.find(({ name }) => name === node)?.value;
  return { into: sum("target"), out: sum("source"), value };
};

const CASES: [string, Partial<Totals>][] = [
  ["as it is", {}],
  ["COP below 1", { heat_kwh: 2, heat_hot_water_kwh: 1 }],
  ["no electricity at rest", { electricity_kwh: 3.4, standby_kwh: 0 }],
  ["more of the heater than of all", { electricity_kwh: 3 }],
  ["negative heat of the house", { heat_kwh: 5, heat_hot_water_kwh: 7 }],
  ["less heat than of the heater", { heat_kwh: 0.3, heat_hot_water_kwh: 0 }],
  ["unknown parts", { auxiliary_kwh: null, heat_hot_water_kwh: null }],
  ["unknown standby", { standby_kwh: null }],
  ["much standby", { electricity_kwh: 9, standby_kwh: 5.6 }],
];

describe("sankey", () => {
  it.each(CASES)(
    "has the figure's heat at the heat pump, balanced: %s",
    (_, change) => {
      const { into, out, value } = balance(change, "heat_pump");
      const heat = totals(change).heat_kwh!;
      expect(value).toBe(heat);
      expect(Math.abs(into - out)).toBeLessThan(0.15);
      expect(Math.max(into, out)).toBeGreaterThanOrEqual(heat - 0.15);
      for (const link of drawn(change).links) {
        expect(link.value).toBeGreaterThan(0);
      }
    }
  );

  it.each(CASES)("has all the electricity in its node: %s", (_, change) => {
    const { out, value } = balance(change, "electricity");
    const { electricity_kwh: all } = totals(change);
    expect(value).toBeGreaterThanOrEqual(all!);
    expect(Math.abs(out - value!)).toBeLessThan(0.15);
  });

  it("leads standby off the electricity, past the heat pump", () => {
    const { links } = drawn({});
    expect(
      links.map(({ key, source, target, value }) => [
        key,
        source,
        target,
        value,
      ])
    ).toEqual(
      (
        [
          ["ground", "ground", "heat_pump", 7.6],
          ["electricity", "electricity", "heat_pump", 3],
          ["auxiliary", "electricity", "heat_pump", 0.4],
          ["heating", "heat_pump", "heating", 10],
          ["hot_water", "heat_pump", "hot_water", 1],
          ["standby", "electricity", "standby", 0.1],
        ] as const
      ).map(([key, source, target, value]) => [
        key,
        source,
        target,
        expect.closeTo(value, 6) as number,
      ])
    );
    expect(sankey({}).remark).toBe("69\u00a0% of the heat is free");
    expect(sankey({}, 358).remark).toBe("69\u00a0% free");
    expect(sankey({}).figure).toBe("69\u00a0%");
  });

  it("has names and kWh outside, the heater's part below the electricity", () => {
    const { nodes, series, links } = drawn({});
    expect(nodes.map(({ name, label }) => [name, label.position])).toEqual([
      ["ground", "left"],
      ["electricity", "left"],
      ["heat_pump", "top"],
      ["heating", "right"],
      ["hot_water", "right"],
      ["standby", "right"],
    ]);
    expect(nodes[1]!.label.formatter).toBe(
      "{name|Electricity}\n{value|3.5}{unit|\u00a0kWh}\n{part|0.4\u00a0kWh auxiliary}"
    );
    expect(links[0]!.lineStyle).toEqual({
      color: theme.outdoor,
      opacity: 0.34,
    });
    expect(series).toMatchObject({ nodeWidth: 12, layoutIterations: 0 });
  });

  it.each([
    ["ground", { name: "ground" }, "7.6", "69"],
    ["heat pump", { name: "heat_pump" }, "11.0", "100"],
    ["electricity", { name: "electricity" }, "3.5", "100"],
    ["the compressor's", { key: "electricity" }, "3.0", "86"],
    ["the heater's", { key: "auxiliary" }, "0.4", "11"],
    ["standby", { key: "standby" }, "0.1", "3"],
  ])("tells in the tooltip what is written: %s", (_, data, kwh, share) => {
    const { formatter } = sankey({}).option?.tooltip as {
      formatter: (params: object) => string;
    };
    const words = formatter({ data });
    expect(words).toContain(`${kwh}\u00a0kWh`);
    expect(words).toContain(`>${share}\u00a0%`);
  });

  it("says in the table and in words what is drawn", () => {
    const { table, summary } = sankey({});
    expect(
      table!.rows().map(({ head, cells }) => [head, cells[0]!.text])
    ).toEqual([
      ["Ground", "7.6\u00a0kWh"],
      ["Electricity", "3.5\u00a0kWh"],
      ["Auxiliary", "0.4\u00a0kWh"],
      ["Heat pump", "11.0\u00a0kWh"],
      ["Heating", "10.0\u00a0kWh"],
      ["Hot water", "1.0\u00a0kWh"],
      ["Standby", "0.1\u00a0kWh"],
    ]);
    expect(summary).toBe(
      "Ground 7.6\u00a0kWh, Electricity 3.5\u00a0kWh → Heating 10.0\u00a0kWh, Hot water 1.0\u00a0kWh, Standby 0.1\u00a0kWh"
    );
  });

  it("shows electricity that gave no heat as unexplained", () => {
    const change = { heat_kwh: 2, heat_hot_water_kwh: 0 };
    const { links } = drawn(change);
    expect(links.map(({ source }) => source)).not.toContain("ground");
    expect(links.at(-1)).toMatchObject({
      source: "electricity",
      target: "unexplained_out",
      value: expect.closeTo(1.4, 6) as number,
    });
    expect(sankey(change).remark).toBeUndefined();
  });

  it("shows heat that went back into the heat pump as unexplained", () => {
    const { links } = drawn({ heat_kwh: 5, heat_hot_water_kwh: 7 });
    expect(
      links.find(({ source }) => source === "unexplained_in")!.value
    ).toBeCloseTo(2);
  });

  it("draws neither cold as heat nor its electricity as that of heat", () => {
    // 11 kWh of heat, 4 kWh drawn out of the house, for 1 of the 3 kWh.
    const change = {
      ...{ heat_kwh: 7, cooling_kwh: 4, cooling_electricity_kwh: 1 },
    };
    const { links, nodes } = drawn(change);
    expect(links.map(({ key, value }) => [key, value])).toEqual(
      (
        [
          ["ground", 8.6],
          ["electricity", 2],
          ["auxiliary", 0.4],
          ["heating", 10],
          ["hot_water", 1],
          ["cooling", 1],
          ["standby", 0.1],
        ] as const
      ).map(([key, kwh]) => [key, expect.closeTo(kwh, 6) as number])
    );
    const { formatter } = nodes.find(({ name }) => name === "cooling")!.label;
    expect(formatter).toContain("{name|For cooling}");
    expect(sankey(change).figure).toBe("78\u00a0%");
    const { into, out, value } = balance(change, "heat_pump");
    expect([into, out, value].map((each) => each?.toFixed(6))).toEqual(
      Array(3).fill("11.000000")
    );
  });

  it("draws the hot water of a summer in which more was cooled", () => {
    const { links } = drawn({
      ...{ heat_kwh: -3, heat_hot_water_kwh: 1, auxiliary_kwh: 0 },
      ...{ cooling_kwh: 4, cooling_electricity_kwh: 2.7 },
    });
    expect(links.map(({ key }) => key)).toEqual([
      ...["ground", "electricity", "hot_water", "cooling", "standby"],
      "unexplained_out",
    ]);
  });

  it("draws no flow of nothing", () => {
    const { nodes } = drawn({
      auxiliary_kwh: 0.02,
      heat_hot_water_kwh: 0,
      electricity_kwh: 3.04,
      standby_kwh: 0.02,
    });
    expect(nodes.map(({ name }) => name)).toEqual([
      "ground",
      "electricity",
      "heat_pump",
      "heating",
    ]);
  });

  it("draws the standby of a month in which the compressor was off", () => {
    const { nodes } = drawn({
      compressor_s: 0,
      heat_kwh: 0,
      heat_hot_water_kwh: 0,
      compressor_electricity_kwh: 0,
      auxiliary_kwh: 0,
      electricity_kwh: 20,
      standby_kwh: 20,
    });
    expect(nodes.map(({ name, value }) => [name, value])).toEqual([
      ["electricity", 20],
      ["standby", 20],
    ]);
  });

  it.each([
    ["no_heat", { heat_kwh: 0 }],
    ["negative_heat", { heat_kwh: -1.2 }],
    ["cooling", { heat_kwh: -1.3, heat_hot_water_kwh: 0, cooling_kwh: 1.3 }],
    ["not_known", { heat_kwh: null }],
    ["not_plausible", { heat_kwh: null, dropped: 2 }],
    [
      "not_running",
      {
        heat_kwh: 0,
        heat_hot_water_kwh: 0,
        compressor_s: 0,
        electricity_kwh: 0,
        standby_kwh: null,
        compressor_electricity_kwh: 0,
        auxiliary_kwh: 0,
      },
    ],
  ])("is empty with %s", (blank, change) => {
    expect(flowsOf(totals(change))).toBeNull();
    expect(sankey(change)).toMatchObject({ state: "empty", blank });
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

  it.each([
    [700, 148.2, 4],
    [700, 0.7, 3],
    [600, 3962, 3],
    [342, 148.2, 4],
    [342, 3962, 4],
  ])(
    "keeps what is written inside a card of %i px",
    (width, auxiliary, lines) => {
      const { option } = sankey(
        {
          heat_kwh: 3 * auxiliary,
          electricity_kwh: 2 * auxiliary,
          compressor_electricity_kwh: auxiliary,
          auxiliary_kwh: auxiliary,
        },
        width
      );
      const [series] = option?.series as {
        left: number;
        right: number;
        data: {
          name: string;
          label: { formatter: string; position: string };
        }[];
      }[];
      for (const { label } of series!.data) {
        if (label.position === "top") continue;
        const room = label.position === "left" ? series!.left : series!.right;
        const written = label.formatter
          .split("\n")
          .map((line) => line.replace(/\{\w+\|([^}]*)\}/g, "$1"));
        const distance = width < 440 ? 8 : 12;
        // Measured: a letter of 12 px is 6.2 px wide on average, a digit 6.7.
        for (const line of written.slice(2)) {
          expect(6.4 * line.length + distance).toBeLessThan(room);
        }
        expect(7 * written[0]!.length + distance).toBeLessThan(room);
      }
      const electricity = series!.data.find(
        ({ name }) => name === "electricity"
      );
      expect(
        electricity!.label.formatter.split("\n").length
      ).toBeLessThanOrEqual(lines);
      // The flows still have most of the width.
      expect(series!.left + series!.right).toBeLessThan(0.68 * width);
    }
  );
});

describe("an energy that is known alone", () => {
  it("is not drawn: the flow is that of the time of which both are known", () => {
    const both = {
      ...{ heat_kwh: 45, heat_hot_water_kwh: 9, compressor_heat_kwh: 45 },
      ...{ electricity_kwh: 10, compressor_electricity_kwh: 10 },
      ...{ standby_kwh: 0, auxiliary_kwh: 0 },
    };
    const added = flowsOf(
      totals({
        ...both,
        heat_kwh: 90,
        heat_hot_water_kwh: 18,
        heat_alone_kwh: 45,
      })
    );

    expect(added).toEqual(flowsOf(totals(both)));
    expect(added?.free).toBeCloseTo(35 / 45);
  });
});
