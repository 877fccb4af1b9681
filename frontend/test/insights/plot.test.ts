import { describe, expect, it } from "vitest";
import { numberAxis, timeAxis, valueAxis } from "../../src/insights/axes.js";
import { drawingOf, frameOf } from "../../src/insights/plot.js";
import type { Layer, Plot, Shape } from "../../src/insights/plot.js";
import { whiskersOf } from "../../src/insights/whiskers.js";
import { look } from "../components/fixture.js";

const SIZE = { width: 400, height: 200 };

const plot = (layers: Layer[]): Plot => ({
  ...{ kind: "plot", name: "kW", layers },
  x: { low: 0, high: 10, ticks: [{ at: 0, label: "0" }] },
  y: {
    low: -10,
    high: 10,
    ticks: [-10, 0, 10].map((at) => ({ at, label: `${at}` })),
  },
});

const of = <Kind extends Shape["kind"]>(shapes: Shape[], kind: Kind) =>
  shapes.filter((shape) => shape.kind === kind) as Extract<
    Shape,
    { kind: Kind }
  >[];

describe("frameOf", () => {
  it("leaves room for the labels, and for a name below", () => {
    const frame = frameOf(plot([]), SIZE);
    expect(frame.left).toBeGreaterThan(20);
    expect(frame.x(0)).toBe(frame.left);
    expect(frame.x(10)).toBe(frame.right);
    expect(frame.y(-10)).toBe(frame.bottom);
    expect(frame.y(10)).toBe(frame.top);
    const lower = frameOf({ ...plot([]), below: "°C" }, SIZE);
    expect(lower.bottom).toBeLessThan(frame.bottom);
  });
});

describe("drawingOf", () => {
  it("puts bars on their own ground, and values above them", () => {
    const bars = [{ from: 1, to: 2, high: 5, color: "compressor", label: "5" }];
    const shapes = drawingOf(plot([{ kind: "bars", bars }]), SIZE);
    const { x, y } = frameOf(plot([]), SIZE);
    const [bar] = of(shapes, "rect");
    expect(bar).toMatchObject({ x: x(1), y: y(5), height: y(0) - y(5) });
    const label = of(shapes, "text").find(({ text }) => text === "5");
    expect(label?.y).toBeLessThan(y(5));
  });

  it("breaks lines into their pieces, and shades to where it is told", () => {
    const pieces = [
      [
        { x: 0, y: 0 },
        { x: 2, y: -5 },
      ],
      [
        { x: 5, y: 5 },
        { x: 6, y: 5 },
      ],
    ];
    const line: Layer = { kind: "line", pieces, color: "brine-in" };
    expect(
      of(drawingOf(plot([line]), SIZE), "path").filter(
        ({ color }) => color === "brine-in"
      )
    ).toHaveLength(2);
    const filled = drawingOf(plot([{ ...line, fillTo: 0 }]), SIZE);
    expect(of(filled, "path").filter(({ fill }) => fill)).toHaveLength(2);
  });

  it("keeps a band inside the plot", () => {
    const band: Layer = {
      kind: "band",
      low: -99,
      high: 99,
      color: "compressor",
    };
    const [rect] = of(drawingOf(plot([band]), SIZE), "rect");
    const { top, bottom } = frameOf(plot([]), SIZE);
    expect(rect).toMatchObject({ y: top, height: bottom - top });
  });
});

describe("axes", () => {
  it("are widened in whole steps", () => {
    const axis = valueAxis([-25.2, 11], String);
    expect([axis.low, axis.high]).toEqual([-30, 20]);
    expect(axis.ticks.map(({ at }) => at)).toEqual([-30, -20, -10, 0, 10, 20]);
  });

  it("hold a single value", () => {
    const axis = numberAxis([3, 3], look);
    expect(axis.low).toBeLessThanOrEqual(3);
    expect(axis.high).toBeGreaterThan(axis.low);
  });

  it("tell months, the new year with its name, and weeks where there are few", () => {
    const [start, end] = [Date.UTC(2025, 10, 5), Date.UTC(2026, 2, 20)];
    const labels = timeAxis(start, end, look).ticks.map(({ label }) => label);
    expect(labels).toEqual(["Dec", "Jan 26", "Feb", "Mar"]);
    const weeks = timeAxis(start, start + 30 * 86_400_000, look).ticks;
    expect(weeks.map(({ label }) => label)).toEqual([
      ...["5 Nov", "12 Nov", "19 Nov", "26 Nov", "3 Dec"],
    ]);
  });
});

describe("whiskersOf", () => {
  it("puts each method on a line of its own, and what they say together thick", () => {
    const axis = { low: 1, high: 3, ticks: [{ at: 2, label: "2" }] };
    const methods = [
      { name: "Plate", value: 1.6, margin: 0.1, together: false },
      {
        name: "Together",
        value: 1.66,
        margin: 0.05,
        together: true,
      },
    ];
    const shapes = whiskersOf(
      {
        kind: "whiskers",
        methods,
        used: { at: 2, label: "in use" },
        name: "",
        axis,
      },
      SIZE
    );
    const dots = of(shapes, "circle");
    expect(dots).toHaveLength(2);
    const used = of(shapes, "text").find(({ text }) => text === "in use");
    expect(used?.x).toBeGreaterThan(dots[1]?.x ?? Infinity);
    expect(dots[1]?.x).toBeGreaterThan(dots[0]?.x ?? Infinity);
    expect(dots[1]?.y).toBeGreaterThan(dots[0]?.y ?? Infinity);
    expect(of(shapes, "rect").map(({ height }) => height)).toEqual([8]);
  });
});
