import { describe, expect, it } from "vitest";
import type { Frame, Place } from "../../src/charts/frame.js";
import {
  arrange,
  boxes,
  calmFrame,
  framed,
  frameOf,
  timeLabels,
} from "../../src/charts/frame.js";
import type { Range } from "../../src/charts/value-range.js";
import { createFormat } from "../../src/format/format.js";
import { END, format, HOUR, theme } from "./fixture.js";

const usual = { min: -20, max: 60, interval: 20 };
const places: Place[] = [
  { kind: "plot", name: "Heating ΔT, K", weight: 3, range: usual },
  { kind: "plot", name: "Brine ΔT, K", weight: 2, range: usual },
  { kind: "strip", name: "Compressor" },
];
const frame: Frame = {
  start: END - 24 * HOUR,
  end: END,
  key: "pump-1 24h",
  places,
  theme,
  format,
};

describe("boxes", () => {
  it("fills the height without overlap, with room for names and labels", () => {
    const all = boxes(places, 300);
    expect(all[0]!.top).toBe(24);
    expect(all.at(-1)!.top + all.at(-1)!.height).toBeCloseTo(300 - 28, -0.5);
    expect(all[0]!.height / all[1]!.height).toBeCloseTo(1.5, 1);
    for (const [i, box] of all.slice(1).entries()) {
      expect(box.top - all[i]!.top - all[i]!.height).toBeGreaterThanOrEqual(26);
    }
  });

  it("keeps a plot visible in a canvas that is too low", () => {
    expect(boxes(places, 60).every(({ height }) => height > 0)).toBe(true);
  });
});

describe("timeLabels", () => {
  const { start, end } = frame;
  it.each([
    [24, 640, 3],
    [24, 1400, 3],
    [24, 326, 6],
    [6, 640, 1],
    [6, 326, 1],
    [7, 308, 2],
    [12, 640, 2],
    [1, 640, 0.25],
    [168, 640, 24],
    [168, 326, 48],
    [720, 900, 96],
    [8760, 900, 1440],
    [8760, 326, 1440],
  ])("%i h in %i px are labelled every %f h", (length, width, hours) => {
    const span = { start: end - length * HOUR, end };
    expect(timeLabels(span, width, format).hours).toBe(hours);
  });

  const clock = (time_format: string, language = "en") =>
    createFormat(
      {
        language,
        number_format: "language",
        time_format,
        date_format: "DMY",
        time_zone: "server",
      },
      "Europe/Stockholm"
    );

  it.each([
    [24, 640, "24"],
    [24, 640, "12"],
    [24, 326, "12"],
    [72, 500, "24"],
    [168, 326, "24"],
    [720, 640, "24"],
    [3, 250, "12"],
  ])(
    "%i h in %i px on a clock of %s are regular, and apart",
    (h, width, of) => {
      const span = { start: end - h * HOUR, end };
      const { edges, label, hours } = timeLabels(span, width, clock(of, "sv"));
      expect(edges.length).toBeGreaterThan(1);
      edges.slice(1).forEach((edge, i) => {
        const before = edges[i]!;
        expect(edge - before).toBe(hours * HOUR);
        const room = ((edge - before) * width) / (h * HOUR);
        expect(room).toBeGreaterThan(6 * label(edge).length);
      });
    }
  );

  it("keeps noon where the other hours are", () => {
    const { edges, label } = timeLabels({ start, end }, 640, format);
    expect(edges.map(label)).toContain("12:00");
    const { axisLabel } = arrange(frame, { width: 700, height: 300 }).xAxis[0]!;
    expect(axisLabel).toMatchObject({ hideOverlap: false });
  });

  it("has none that reaches beyond the picture", () => {
    // Midnight is at the very end, where half of its label would be outside.
    const midnight = Date.UTC(2026, 0, 22, 23);
    const span = { start: midnight - 24 * HOUR, end: midnight };
    const wide = clock("12", "sv");
    const { edges, label } = timeLabels(span, 640, wide);
    for (const edge of edges) {
      const place = ((edge - span.start) / (24 * HOUR)) * 640;
      expect(place + 3 * label(edge).length).toBeLessThanOrEqual(660);
    }
  });

  it("names the month where days repeat", () => {
    const month = { start: end - 720 * HOUR, end };
    const { edges, label } = timeLabels(month, 900, format);
    expect(edges.map(label).join()).toMatch(/^\d+ Dec.*\d+ Jan$/);
    expect(new Set(edges.map(label)).size).toBe(edges.length);
    const week = { start: end - 168 * HOUR, end };
    const days = timeLabels(week, 900, format);
    expect(days.edges.map(days.label)).toContain("Thu 22");
  });

  it("stands at whole hours of Home Assistant's clock", () => {
    const india = createFormat(
      {
        language: "en",
        number_format: "language",
        time_format: "24",
        date_format: "DMY",
        time_zone: "server",
      },
      "Asia/Kolkata"
    );
    const { edges } = timeLabels({ start, end }, 640, india);
    expect(edges.map((edge) => india.time(edge))).toEqual(
      expect.arrayContaining(["00:00", "03:00", "21:00"])
    );
    expect(edges).toHaveLength(8);
  });
});

describe("arrange", () => {
  const arranged = arrange(frame, { width: 700, height: 300 });
  const label = (ms: number) =>
    (
      arranged.xAxis[0]!.axisLabel as { formatter: (ms: number) => string }
    ).formatter(ms);

  it("lines the plots of a column up", () => {
    for (const grid of arranged.grid) {
      expect(grid).toMatchObject({
        left: 44,
        right: 20,
        outerBoundsMode: "none",
      });
    }
  });

  it("goes from the period's start to its end, labelled at the bottom only", () => {
    for (const axis of arranged.xAxis) {
      expect(axis).toMatchObject({ min: frame.start, max: frame.end });
    }
    expect(
      arranged.xAxis.map((axis) => (axis.axisLabel as { show: boolean }).show)
    ).toEqual([false, false, true]);
  });

  it("names the day at midnight", () => {
    expect(label(Date.UTC(2026, 0, 21, 23))).toBe("{day|Thu 22}");
    expect(label(Date.UTC(2026, 0, 22, 2))).toBe("03:00");
  });

  it("shows a part of the period", () => {
    const span = { start: END - HOUR, end: END };
    const { xAxis } = arrange(frame, { width: 700, height: 300 }, span);
    expect(xAxis[0]).toMatchObject({ min: span.start, max: span.end });
  });

  it("leaves lines out where they would be too dense", () => {
    const range = { min: 0, max: 6, interval: 1 };
    const cop: Frame = {
      ...frame,
      places: [{ kind: "plot", weight: 1, range }],
    };
    const interval = (height: number) =>
      (arrange(cop, { width: 700, height }).yAxis[0] as { interval: number })
        .interval;
    expect([interval(300), interval(150), interval(70)]).toEqual([1, 2, 6]);
  });

  it("keeps its value axes until data need more, and another period its own", () => {
    const cop = (max: number, key = "24h") => ({
      ...frame,
      key,
      places: [
        { kind: "plot", weight: 1, range: { min: 0, max, interval: 1 } },
        { kind: "strip" },
      ] as Place[],
    });
    const max = (of: Frame) => (of.places[0] as { range: Range }).range.max;
    expect(max(calmFrame(cop(5), cop(4), true))).toBe(5);
    expect(max(calmFrame(cop(5), cop(6), true))).toBe(6);
    expect(max(calmFrame(cop(5), cop(4, "7d"), true))).toBe(4);
    expect(max(calmFrame(null, cop(4), true))).toBe(4);
  });

  it("is known by its option", () => {
    const option = framed(frame, { series: [] });
    expect(frameOf(option)).toBe(frame);
    expect(frameOf({})).toBeNull();
    expect(option).toMatchObject({ animation: false });
  });
});
