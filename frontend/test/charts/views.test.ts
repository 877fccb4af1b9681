import { LineChart, PieChart, SankeyChart } from "echarts/charts";
import {
  DatasetComponent,
  GridComponent,
  MarkAreaComponent,
  TooltipComponent,
} from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { describe, expect, it } from "vitest";
import { VIEWS } from "../../src/charts/views.js";
import { english } from "../i18n/english.js";
import { day, END, input, server, snapshot } from "./fixture.js";

use([
  DatasetComponent,
  GridComponent,
  LineChart,
  MarkAreaComponent,
  PieChart,
  SankeyChart,
  SVGRenderer,
  TooltipComponent,
]);

const picture = (view: (typeof VIEWS)[number], of = day) => {
  const { option } = view.build(input(of, { hidden: new Set() }));
  const chart = init(null, null, {
    renderer: "svg",
    ssr: true,
    width: 700,
    height: 300,
  });
  chart.setOption(option ?? {});
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
};

const count = (svg: string, tag: string) => svg.split(`<${tag} `).length - 1;

describe("the seven views", () => {
  it("have titles that are texts", () => {
    const text = english;
    expect(VIEWS.map(({ title }) => text(title))).toEqual([
      "Energy flow",
      "COP",
      "Temperatures",
      "Runtime",
      "Performance",
      "Power",
      "Hot water and valve",
    ]);
  });

  it.each(VIEWS.map((view) => [view.key, view] as const))(
    "%s is drawn for every period",
    (_, view) => {
      for (const range of ["1h", "6h", "24h", "7d"] as const) {
        const of = server.snapshot(range, END);
        expect(view.build(input(of)).state).toBe("ready");
        const svg = picture(view, of);
        expect(count(svg, "path")).toBeGreaterThan(4);
        expect(count(svg, "text")).toBeGreaterThan(0);
        expect(svg).not.toContain("NaN");
      }
    }
  );

  it.each(VIEWS.map((view) => [view.key, view] as const))(
    "%s says nothing that is no text",
    (_, view) => {
      const { remark, legend, rows, note } = view.build(input(day));
      const words = [
        remark,
        note,
        ...legend.map(({ name }) => name),
        ...(rows ?? []).map(({ name }) => name),
      ];
      expect(words.join()).not.toContain("charts.");
      expect(picture(view)).not.toContain("charts.");
    }
  );

  it.each(VIEWS.map((view) => [view.key, view] as const))(
    "%s draws nothing where there is nothing",
    (_, view) => {
      const nothing = snapshot({
        totals: { covered_s: 0, electricity_kwh: 0 },
      });
      const { state, option } = view.build(input(nothing));
      expect(["empty", "missing"]).toContain(state);
      expect(option).toBeUndefined();
    }
  );

  it("are built once for the same input", () => {
    const [view] = VIEWS;
    const same = input(day);
    expect(view!.build(same)).toBe(view!.build({ ...same }));
    expect(view!.build({ ...same, width: 500 })).not.toBe(view!.build(same));
  });

  it("have lines, areas and hours in the picture", () => {
    const temperature = VIEWS.find(({ key }) => key === "temperature")!;
    const svg = picture(temperature);
    expect(svg).toContain("Thu 22");
    expect(svg).toContain("03:00");
    // Lines of the grid, eight temperatures, and more bands than those.
    expect(count(svg, "path")).toBeGreaterThan(30);
  });
});
