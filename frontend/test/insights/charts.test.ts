import { describe, expect, it } from "vitest";
import { CARDS } from "../../src/insights/cards.js";
import { INSIGHT_NAMES } from "../../src/insights/names.js";
import type { Chart, Shares, Whiskers } from "../../src/insights/chart.js";
import { seasonOf } from "../../src/insights/charts/house.js";
import { peaksChart } from "../../src/insights/charts/money.js";
import type { Layer, Plot, Point } from "../../src/insights/plot.js";
import {
  counts,
  lineThrough,
  medians,
  pieces,
  trailing,
} from "../../src/insights/series.js";
import type { Explained } from "../../src/insights/types.js";
import { DAY } from "../../src/format/calendar.js";
import { look } from "../components/fixture.js";
import { BY_RUNNING, EVIDENCE, explained, info } from "./fixture.js";

const draw = (
  id: string,
  insight: Explained = explained(id),
  shift = -1
): Chart | null =>
  CARDS.find((card) => card.id === id)?.draw({
    ...{ insight, look, info, shift, large: true },
  }) ?? null;

const plotOf = (id: string, insight?: Explained, shift?: number): Plot => {
  const chart = draw(id, insight, shift);
  if (chart?.kind !== "plot")
    throw new Error(`${id}: ${chart?.kind ?? "none"}`);
  return chart;
};

const of = <Kind extends Layer["kind"]>(plot: Plot, kind: Kind) =>
  plot.layers.filter((layer) => layer.kind === kind) as Extract<
    Layer,
    { kind: Kind }
  >[];

describe("series", () => {
  it("means over the days that end with each", () => {
    const points = [0, 1, 2, 5].map((day) => ({ x: day * DAY, y: day }));
    expect(trailing(points, 2).map(({ y }) => y)).toEqual([0, 0.5, 1.5, 5]);
  });

  it("is broken where days are missing", () => {
    const points = [0, 1, 5, 6].map((day) => ({ x: day * DAY, y: day }));
    expect(pieces(points, 2).map((piece) => piece.length)).toEqual([2, 2]);
  });

  it("finds a line, also through a point", () => {
    const points = [0, 1, 2].map((x) => ({ x, y: 3 + 2 * x }));
    expect(lineThrough(points)?.at(10)).toBeCloseTo(23);
    expect(lineThrough(points, { x: 0, y: 0 })?.at(0)).toBe(0);
    expect(lineThrough([])).toBeNull();
  });

  it("has a middle of each bin with three days", () => {
    const points = [0, 0.4, 1.1, 1.9, 2.5, 4.5].map((x) => ({ x, y: 10 * x }));
    expect(medians(points, 2)).toEqual([{ x: 0.85, y: 7.5 }]);
  });

  it("counts to the edges, and beyond the last", () => {
    expect(counts([5, 10, 19, 99], [0, 10, 20])).toEqual([1, 2, 1]);
  });
});

describe("the pictures", () => {
  it("have the names and the order that dashboards choose from", () => {
    expect(CARDS.map(({ id }) => id)).toEqual(INSIGHT_NAMES);
  });

  it.each(CARDS.map(({ id }) => id))("%s is drawn from its days", (id) => {
    expect(draw(id)).not.toBeNull();
  });

  it.each(CARDS.filter(({ id }) => id !== "heater").map(({ id }) => id))(
    "%s without days is no picture",
    (id) => {
      expect(draw(id, { ...explained(id), evidence: {} })).toBeNull();
    }
  );

  it.each(Object.keys(EVIDENCE))("say in words what %s is of", (id) => {
    expect(JSON.stringify(draw(id))).not.toMatch(/"insights\./);
  });

  it("show the limits that the server has, and no others", () => {
    const rules = of(plotOf("ground"), "rule");
    expect(rules.map(({ at }) => at)).toEqual([0, -20, -35]);
    const { params, ...rest } = explained("ground");
    const bare = { ...rest, params: { window: params.window ?? null } };
    expect(of(plotOf("ground", bare), "rule").map(({ at }) => at)).toEqual([0]);
  });

  it("shows by how much the COP may be off by chance", () => {
    const [band] = of(plotOf("cop"), "band");
    expect(band?.high).toBeCloseTo(2.6);
  });

  it("crosses what the house needs where the pump runs all day", () => {
    const plot = plotOf("house");
    const [ring] = of(plot, "ring");
    expect(ring?.at.x).toBeCloseTo(-23.2);
    expect(ring?.at.y).toBeCloseTo(0.1804 * (17 + 23.2));
    expect(plot.x.low).toBeLessThan(-23.2);
    const [, pump] = of(plot, "line");
    const [first, last] = pump?.pieces[0] ?? [];
    const slope =
      ((last?.y ?? 0) - (first?.y ?? 0)) / ((last?.x ?? 0) - (first?.x ?? 0));
    const at = (first?.y ?? 0) + slope * (-23.2 - (first?.x ?? 0));
    expect(at).toBeCloseTo(ring?.at.y ?? 0);
  });

  it("shows the coldest days one reckons with, and what is no part of the line", () => {
    const insight = explained("house");
    const cold = plotOf("house", {
      ...insight,
      params: { ...insight.params, design_temp: -28, design_kw: 8.1 },
    });
    expect(cold.x.low).toBeLessThanOrEqual(-28);
    expect(of(cold, "mark").map(({ at }) => at)).toEqual([-28]);
    expect(of(cold, "mark")[0]?.label).toContain("8.1");
    expect(of(cold, "crosses")[0]?.points).toHaveLength(1);
    const [area] = of(cold, "area");
    const [up, down] = [area?.upper[0]?.y ?? 0, area?.lower[0]?.y ?? 0];
    expect(up - down).toBeCloseTo(0.4);
    expect(of(plotOf("house"), "mark")).toEqual([]);
  });

  it("leaves the pump out where nobody knows when it runs all day", () => {
    const insight = explained("house");
    const plot = plotOf("house", {
      ...insight,
      params: { ...insight.params, reserve: null },
    });
    expect(of(plot, "ring")).toEqual([]);
    expect(of(plot, "line")).toHaveLength(1);
  });

  it("shows how much of the day it runs where nothing tells the heat", () => {
    const plot = plotOf("house", BY_RUNNING);
    expect(plot.y.high).toBe(100);
    expect(of(plot, "ring").map(({ at }) => at)).toEqual([{ x: -23, y: 100 }]);
    const [line] = of(plot, "line");
    expect(line?.pieces[0]?.[0]).toEqual({ x: -23, y: 100 });
    expect(line?.pieces[0]?.[1]?.y).toBeCloseTo(30);
    expect(of(plot, "dots")[0]?.points).toHaveLength(2);
  });

  it("has seasons of a whole winter", () => {
    const months = [0, 2, 7, 8, 10, 11].map((month) =>
      Date.UTC(2026, month, 1)
    );
    expect(months.map(seasonOf)).toEqual([
      ...["winter", "spring", "spring", "autumn", "autumn", "winter"],
    ]);
  });

  it("moves the curve as far as the slider says", () => {
    const ends = (shift: number) =>
      of(plotOf("curve", undefined, shift), "line").map(
        ({ pieces: [piece] }) => piece?.[0]?.y ?? 0
      );
    const [now, lower] = ends(-2);
    expect((now ?? 0) - (lower ?? 0)).toBeCloseTo(2);
    expect(ends(0)).toHaveLength(1);
  });

  it("draws what the curve asks for beside what the pump gives", () => {
    const curve = explained("curve");
    const days = (curve.evidence.days ?? []).map((row) => ({
      ...row,
      supply_setpoint: Number(row.supply) + 2,
    }));
    const plot = plotOf("curve", { ...curve, evidence: { days } });
    const [now, lower] = of(plot, "line").map(({ pieces: [piece] }) => piece);
    const [, middles] = of(plot, "dots");
    expect(middles?.points.length).toBe(now?.length);
    expect((now?.[0]?.y ?? 0) - (middles?.points[0]?.y ?? 0)).toBeCloseTo(2);
    expect((now?.[3]?.y ?? 0) - (lower?.[3]?.y ?? 0)).toBeCloseTo(1);
    expect(plot.legend?.map(({ name }) => name)).toContain("Asked for");
    const hint = { ...curve, code: "throttled", evidence: { days } };
    expect(of(plotOf("curve", hint), "line")).toHaveLength(1);
  });

  it("marks the days that reached 60 °C", () => {
    const notes = of(plotOf("hot_water"), "note");
    expect(notes.map(({ text }) => text)).toEqual(Array(5).fill("60°"));
  });

  it("shares the heater's energy out, the largest first", () => {
    const { rows } = draw("heater") as Shares;
    expect(rows.map(({ name }) => name)).toEqual([
      "Weekly hygiene run",
      "Alarm",
    ]);
    expect(rows[0]).toMatchObject({ share: 1, hatched: true });
    expect(rows[1]?.share).toBeCloseTo(17 / 31);
  });

  it("shows prices where these differ, and else the highest hours", () => {
    const lines = of(plotOf("money"), "line");
    expect(lines).toHaveLength(2);
    // What has no price is not paid with nothing.
    expect(lines[1]?.pieces[0]?.[0]?.y).toBe(0.9);
    const fixed = { ...explained("money"), code: "fixed_price" };
    const [bars] = of(plotOf("money", fixed), "bars");
    expect(bars?.bars.filter(({ label }) => label)).toHaveLength(3);
    const [day, ...days] = EVIDENCE.money!.days!;
    const helped = { days: [{ ...day!, peak_auxiliary: 1.5 }, ...days] };
    const [drawn] = of(plotOf("money", { ...fixed, evidence: helped }), "bars");
    expect(drawn?.bars.slice(0, 2)).toMatchObject([
      { high: 1.5, color: "auxiliary", look: "hatched" },
      { low: 1.5, high: 2, color: "compressor" },
    ]);
    expect(
      peaksChart({
        ...{ insight: { ...fixed, evidence: EVIDENCE.year ?? {} } },
        ...{ look, info, shift: 0, large: false },
      })
    ).toBeNull();
  });

  it("shows each method, what they say together, and what is in use", () => {
    const chart = draw("calibration") as Whiskers;
    expect(chart.methods.map(({ name }) => name)).toEqual([
      ...["Heater steps", "Plate", "Tank", "Together"],
    ]);
    expect(chart.used).toEqual({ at: 2.7, label: "in use" });
    const { params, ...alone } = explained("calibration");
    const single = { ...alone, params: { ...params, method: "plate" } };
    expect((draw("calibration", single) as Whiskers).methods).toHaveLength(3);
  });

  it("has days around nothing before a change, and around its effect after it", () => {
    const plot = plotOf("change");
    const [before, after] = of(plot, "dots").map(({ points }) => points);
    const mean = (points: readonly Point[] = []) =>
      points.reduce((sum, { y }) => sum + y, 0) / points.length;
    expect(mean(before)).toBeCloseTo(0, 0);
    expect(mean(after)).toBeCloseTo(-5, 0);
    const [bars] = of(plot, "bars");
    const [band] = bars?.bars ?? [];
    expect(band?.high).toBeCloseTo(-4);
    const [mark] = of(plot, "mark");
    expect(mark?.label).toBe("Heat curve changed");
    expect(before?.at(-1)?.x).toBeLessThan(mark?.at ?? 0);
    expect(after?.[0]?.x).toBeGreaterThan(mark?.at ?? Infinity);
  });

  it("shows the same days of a year before just before the change", () => {
    const insight = explained("change");
    const rows = (insight.evidence.days ?? []).map((row) =>
      row.side === 0 ? { ...row, time: row.time - 365 * DAY } : row
    );
    const params = { ...insight.params, last_year: true };
    const moved = plotOf("change", {
      ...insight,
      params,
      evidence: { days: rows },
    });
    // The day of the change is of neither side.
    expect(Math.round((moved.x.high - moved.x.low) / DAY)).toBe(75);
    expect(moved.x.ticks.every(({ at }) => at > moved.x.low + 34 * DAY)).toBe(
      true
    );
  });

  it("has a mean for each of the weeks to and fro, at the weather of the usual ones", () => {
    const insight = explained("change");
    const rows = (insight.evidence.days ?? []).map((row, i) => {
      const side = Math.floor(i / 7) % 2;
      const outdoor = (i % 10) - 5;
      const used = (3 - 0.1 * outdoor) * (side ? 0.9 : 1);
      const of = { side, outdoor_temp: outdoor, used_kw: used };
      return { ...row, ...of, expected_kw: null };
    });
    const params = { ...insight.params, method: "experiment", tried: 38 };
    const plot = plotOf("change", {
      ...insight,
      params,
      evidence: { days: rows },
    });
    const [without, having] = of(plot, "line");
    expect(without?.pieces).toHaveLength(6);
    expect(having?.pieces).toHaveLength(5);
    const [before, after] = of(plot, "dots");
    for (const { y } of before?.points ?? []) expect(y).toBeCloseTo(0);
    for (const { y } of after?.points ?? []) expect(y).toBeCloseTo(-10);
    expect(of(plot, "mark")).toEqual([]);
    expect(plot.legend?.map(({ name }) => name)).toEqual([
      "With 38",
      "With 40",
    ]);
  });

  it("names the lines of the house in its card too, and its days where it is large", () => {
    const names = (large: boolean) => {
      const insight = explained("house");
      const asked = { insight, look, info, shift: 0, large };
      const plot = CARDS.find(({ id }) => id === "house")?.draw(asked) as Plot;
      return plot.legend?.map(({ name }) => name) ?? [];
    };
    const lines = ["House", "Pump, without hot water"];
    expect(names(false)).toEqual(lines);
    expect(names(true).slice(0, 2)).toEqual(lines);
    expect(names(true)).toContain("Winter");
  });

  it("puts each month beside the same a year before", () => {
    const [bars] = of(plotOf("year"), "bars");
    const ghosts = bars?.bars.filter(({ look: drawn }) => drawn === "ghost");
    expect(ghosts?.length).toBeGreaterThanOrEqual(12);
  });
});
