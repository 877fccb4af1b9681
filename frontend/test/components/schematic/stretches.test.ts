import { describe, expect, it } from "vitest";
import {
  across,
  upwards,
} from "../../../src/components/schematic/arrangement.js";
import {
  PERIOD,
  stretches,
} from "../../../src/components/schematic/stretches.js";
import type { Stretch } from "../../../src/components/schematic/stretches.js";

const point = (x: number, y: number, length: number, degrees: number) => {
  const angle = (degrees * Math.PI) / 180;
  return [x + length * Math.cos(angle), y + length * Math.sin(angle)] as const;
};

const ends = (each: Stretch) => {
  if (each.kind === "run") {
    const { x, y, length, turn } = each;
    return [[x, y] as const, point(x, y, length, turn)] as const;
  }
  const { x, y, radius, from, sweep, clockwise } = each;
  const to = from + (clockwise ? sweep : -sweep);
  return [point(x, y, radius, from), point(x, y, radius, to)] as const;
};

describe("the stretches of a pipe", () => {
  it("are runs and bends in the direction of the flow", () => {
    expect(stretches("M10 50V32a12 12 0 0 1 12-12H40")).toEqual([
      { kind: "run", x: 10, y: 50, length: 18, turn: -90, phase: 0 },
      {
        kind: "bend",
        x: 22,
        y: 32,
        radius: 12,
        from: 180,
        sweep: 90,
        clockwise: true,
        dashes: 4,
        phase: 0,
      },
      { kind: "run", x: 22, y: 20, length: 18, turn: 0, phase: 0 },
    ]);
  });

  it("turn either way, and round at the bottom of the borehole", () => {
    const [, quarter] = stretches("M0 0H10a12 12 0 0 0 12-12");
    expect(quarter).toMatchObject({
      x: expect.closeTo(10) as number,
      y: expect.closeTo(-12) as number,
      from: 90,
      sweep: 90,
      clockwise: false,
    });
    const [half] = stretches("M50 0a25 25 0 0 1-50 0");
    expect(half).toMatchObject({ x: 25, y: 0, from: 0, sweep: 180 });
    expect(half).toMatchObject({ clockwise: true, dashes: 8 });
  });

  it("carry the pattern on where the next one begins", () => {
    const [, , last] = stretches("M0 0H25a12 12 0 0 1 12 12V40");
    expect(last).toMatchObject({ phase: 25 - PERIOD });
  });

  it.each([
    ["on a phone", upwards()],
    ["on a tablet", across(960)],
    ["with the sidebar", across(1120)],
    ["where there is room", across(1376)],
  ])("follow each other without a gap %s", (_, { pipes, airPipes }) => {
    for (const path of [...Object.values(pipes), ...Object.values(airPipes)]) {
      const found = stretches(path);
      expect(found.length > 0).toBe(path !== "");
      found.slice(1).forEach((each, index) => {
        const [, [x, y]] = ends(found[index]!);
        const [[nextX, nextY]] = ends(each);
        expect(nextX).toBeCloseTo(x, 3);
        expect(nextY).toBeCloseTo(y, 3);
        // As many dashes fit into a bend as lead on in step.
        if (each.kind === "bend") {
          expect((each.dashes * each.sweep) % 360).toBe(0);
        }
      });
    }
  });
});
