import { describe, expect, it } from "vitest";
import type { Layout, Mark, ViewPicture } from "../../src/export/layout.js";
import { viewLayout } from "../../src/export/layout.js";
import { theme } from "../charts/fixture.js";

const pens = {
  theme,
  measure: (text: string, size: number) => (text.length * size) / 2,
};
const picture = document.createElement("canvas");
const item = (key: string, hidden = false) => ({
  key,
  name: key,
  color: "#cf4314",
  style: "solid" as const,
  value: "38°",
  hidden,
});

const view = (change: Partial<ViewPicture> = {}): ViewPicture => ({
  title: "COP",
  remark: "15 min",
  legend: [item("now"), item("gone", true)],
  rows: [],
  picture,
  width: 600,
  height: 300,
  ...change,
});

const heading = { title: "Heat pump", subtitle: "Thermia · Thu – Fri" };
const textsOf = ({ marks }: Layout) =>
  marks.flatMap((mark) => (mark.kind === "text" ? [mark.text] : []));
const of = <Kind extends Mark["kind"]>({ marks }: Layout, kind: Kind) =>
  marks.filter(
    (mark): mark is Extract<Mark, { kind: Kind }> => mark.kind === kind
  );

const inside = ({ width, height, marks }: Layout) =>
  marks.every(({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height);

describe("viewLayout", () => {
  it("has title, pump, period, what the legend shows, and the chart", () => {
    const layout = viewLayout(view(), heading, pens);
    expect(textsOf(layout)).toEqual([
      "Heat pump",
      "Thermia · Thu – Fri",
      "COP",
      "15 min",
      "now",
      "38°",
    ]);
    expect(of(layout, "picture")).toMatchObject([{ width: 600, height: 300 }]);
    expect(inside(layout)).toBe(true);
  });

  it("puts the period below the title where it is narrow", () => {
    const [wide, narrow] = [600, 200].map((width) =>
      viewLayout(view({ width }), heading, pens)
    );
    const y = (layout: Layout) => of(layout, "text")[1]!.y;
    expect(y(narrow!)).toBeGreaterThan(y(wide!));
  });

  it("breaks a long legend into lines and has the runtime's table", () => {
    const legend = Array.from({ length: 12 }, (_, i) => item(`Series ${i}`));
    const row = { ...item("Idle"), duration: "5 min", share: "3 %" };
    const layout = viewLayout(view({ legend, rows: [row] }), heading, pens);
    const lines = new Set(of(layout, "swatch").map(({ y }) => y));
    expect(lines.size).toBeGreaterThan(2);
    expect(textsOf(layout)).toContain("5 min");
    expect(inside(layout)).toBe(true);
  });
});
