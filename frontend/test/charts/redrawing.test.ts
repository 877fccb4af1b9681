/** Charts of the real ECharts, drawn over and over. */
import { getInstanceByDom } from "echarts/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ChartController } from "../../src/charts/chart-controller.js";
import type { ViewInput } from "../../src/charts/types.js";
import { VIEWS } from "../../src/charts/views.js";
import type { Snapshot } from "../../src/data/types.js";
import { buildTheme } from "../../src/theme/tokens.js";
import { pumpInfo } from "../fixtures/heat-pump.js";
import { END, input, server } from "./fixture.js";
import { host, lightScreen } from "./screen.js";

const STEPS = 40;
const size = { width: 700, height: 400 };
const LIGHT = buildTheme(false, () => "", "Roboto");
const DARK = buildTheme(true, () => "", "Roboto");
const SNAPSHOTS = (["1h", "24h", "7d"] as const).flatMap((range) => [
  server.snapshot(range, END),
  server.snapshot(range, END - 600_000),
]);
const [DAY] = SNAPSHOTS.slice(2) as [Snapshot];

/** A heat pump that reports little: its charts have fewer lines and fewer plots. */
const FEW = (() => {
  const { metrics } = pumpInfo();
  const names = ["supply_temp", "return_temp", "compressor", "power"];
  const few = names.map((name) => [name, metrics[name]]);
  return pumpInfo({
    id: "pump-2",
    metrics: Object.fromEntries(few) as typeof metrics,
  });
})();

/** The same numbers every time, 0…1. */
const dice = (seed: number) => () => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
};

const nextFrame = () => new Promise((resolve) => setTimeout(resolve, 20));

const controllers: ChartController[] = [];

beforeEach(() => {
  Object.assign(size, { width: 700, height: 400 });
  lightScreen(size);
});

afterEach(() => {
  for (const each of controllers.splice(0)) each.hostDisconnected();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

const show = async (
  view: (typeof VIEWS)[number],
  change: Partial<ViewInput> = {},
  of = DAY
) => {
  const element = document.createElement("div");
  document.body.append(element);
  const controller = new ChartController(host(), () => element);
  controllers.push(controller);
  controller.hostConnected();
  const draw = (change: Partial<ViewInput>, of: Snapshot) => {
    const result = view.build(input(of, change));
    if (result.option) controller.set(result.option, result.chunk);
    return result;
  };
  const { legend } = draw(change, of);
  await vi.waitFor(
    () => {
      expect(controller.painted).toBe(true);
    },
    { timeout: 10_000 }
  );
  return { element, controller, draw, keys: legend.map(({ key }) => key) };
};

/** The mouse at a place, as the browser tells the chart. */
const point = (element: HTMLElement, type: string, x: number, y: number) => {
  const event = new MouseEvent(type, { bubbles: true });
  Object.defineProperties(event, {
    offsetX: { value: x },
    offsetY: { value: y },
  });
  element.firstElementChild?.dispatchEvent(event);
};

type Shown = Awaited<ReturnType<typeof show>>;

const change = (
  { controller, draw, keys }: Shown,
  roll: () => number
): unknown => {
  const pick = <Value>(list: readonly Value[]) =>
    list[Math.floor(roll() * list.length)]!;
  const of = {
    theme: pick([LIGHT, DARK]),
    info: pick([pumpInfo(), FEW]),
    hidden: new Set(keys.filter(() => roll() < 0.3)),
    width: size.width,
  };
  const what = roll();
  if (what < 0.5) return draw(of, pick(SNAPSHOTS));
  if (what < 0.6) size.width = pick([342, 700, 1100]);
  if (what < 0.8) return nextFrame();
  const start = END - roll() * 3_600_000;
  controller.show({ start, end: start + 600_000 });
  return undefined;
};

const isEmpty = (value: unknown) =>
  typeof value === "object" && value !== null && !Object.keys(value).length;

/** What a hidden pointer and empty places say is never seen. */
const isSeen = (key: string, value: unknown) =>
  key !== "axisPointer" && key !== "emphasis" && !isEmpty(value);

/** What ECharts draws. */
const pictureOf = ({ element }: Shown): unknown =>
  JSON.parse(
    JSON.stringify(
      getInstanceByDom(element)?.getOption(),
      (key, value: unknown) => {
        if (!isSeen(key, value)) return undefined;
        return ArrayBuffer.isView(value) ? Object.values(value) : value;
      }
    )
  );

describe.each(VIEWS)("the chart $key", (view) => {
  it("throws nothing under the mouse while all around it changes", async () => {
    const roll = dice(1);
    const shown = await show(view);
    for (let step = 0; step < STEPS; step += 1) {
      await change(shown, roll);
      const [x, y] = [roll() * size.width, roll() * size.height];
      point(shown.element, roll() < 0.1 ? "mouseout" : "mousemove", x, y);
    }
    await nextFrame();
    expect(shown.controller.painted).toBe(true);
  }, 30_000);

  it("keeps nothing of what it showed before", async () => {
    const before = { theme: DARK };
    const redrawn = await show(view, before, SNAPSHOTS[5]);
    redrawn.draw({ theme: LIGHT }, DAY);
    await nextFrame();
    expect(pictureOf(redrawn)).toEqual(pictureOf(await show(view, {}, DAY)));
  });
});
