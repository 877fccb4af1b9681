import { expect, it } from "vitest";
import "../../src/components/kpi/kpi-card.js";
import { kpis } from "../../src/components/kpi/figures.js";
import { day, format, text } from "../charts/fixture.js";
import { pumpInfo } from "../fixtures/heat-pump.js";
import { draw, find, findAll, look, words } from "./fixture.js";

it("parts its context at the dots, so that no figure is cut", async () => {
  const [kpi] = kpis({ snapshot: day, info: pumpInfo(), format, text });
  const element = await draw("hp-kpi-card", { kpi: kpi!, look });
  expect(findAll(element, ".context.whole > span").map(words)).toEqual([
    expect.stringMatching(/^System \d\.\d\d$/),
    expect.stringMatching(/^· coverage \d+\u00a0%$/),
  ]);
});

it("does not seem to load where nothing can be read", async () => {
  const change = { name: "cop" as const, look };
  const waiting = await draw("hp-kpi-card", change);
  expect(findAll(waiting, "[aria-busy=true] .bone")).not.toEqual([]);

  const failed = await draw("hp-kpi-card", { ...change, failed: true });
  expect(findAll(failed, "[aria-busy=true], .bone")).toEqual([]);
  expect(words(find(failed, ".value"))).toBe("–");
});
