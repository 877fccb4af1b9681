import { describe, expect, it, vi } from "vitest";
import {
  axisOf,
  frame,
  option,
  pointer,
  setUp,
  shown,
  shownOf,
  useScreen,
  wide,
} from "./controlled.js";
import { init } from "./fake-library.js";
import { day, END, HOUR, server } from "./fixture.js";

vi.mock("../../src/charts/echarts-line.js", () => import("./fake-library.js"));
vi.mock("../../src/charts/echarts-flow.js", () => import("./fake-library.js"));

useScreen();

describe("the zoom of a chart", () => {
  it("keeps the zoom over updates until it is reset", async () => {
    const { controller, owner, chart, element } = await shown();
    owner.requestUpdate.mockClear();
    const wheel = new WheelEvent("wheel", { deltaY: -100, cancelable: true });
    Object.defineProperties(wheel, {
      ctrlKey: { value: true },
      clientX: { value: 44 },
    });
    element.dispatchEvent(wheel);
    expect(wheel.defaultPrevented).toBe(true);
    const before = axisOf(chart);
    expect(before.max - before.min).toBeCloseTo(
      (day.end - day.start) / 1.25,
      -3
    );
    expect(controller.zoomed).toBe(true);
    expect(owner.requestUpdate).toHaveBeenCalledOnce();
    controller.set(option({ ...day, end: day.end + 30_000 }), "line");
    expect(axisOf(chart)).toMatchObject({ min: before.min, max: before.max });
    controller.resetZoom();
    expect(axisOf(chart)).toMatchObject({ min: day.start });
    expect(controller.zoomed).toBe(false);
  });

  it("leaves the wheel alone without Ctrl or ⌘", async () => {
    const { controller, element } = await shown();
    const wheel = new WheelEvent("wheel", { deltaY: -100, cancelable: true });
    element.dispatchEvent(wheel);
    expect(wheel.defaultPrevented).toBe(false);
    expect(controller.zoomed).toBe(false);
  });

  it("zooms with two fingers, and leaves scrolling to the page", async () => {
    const { controller, chart, element } = await shown();
    expect(element.style.touchAction).toBe("pan-y");
    // The plot is 636 px wide and begins at 44.
    element.dispatchEvent(pointer("pointerdown", 44 + 159, "touch", 1));
    element.dispatchEvent(pointer("pointermove", 44 + 159, "touch", 1));
    expect(controller.zoomed).toBe(false);
    element.dispatchEvent(pointer("pointerdown", 44 + 477, "touch", 2));
    element.dispatchEvent(pointer("pointermove", 44, "touch", 1));
    element.dispatchEvent(pointer("pointermove", 44 + 636, "touch", 2));
    const length = day.end - day.start;
    expect(axisOf(chart).min).toBeCloseTo(day.start + length / 4, -3);
    expect(axisOf(chart).max).toBeCloseTo(day.end - length / 4, -3);
    element.dispatchEvent(pointer("pointerup", 44, "touch", 1));
    element.dispatchEvent(pointer("pointercancel", 44, "touch", 2));
    const drawn = chart.setOption.mock.calls.length;
    element.dispatchEvent(pointer("pointermove", 300, "touch", 1));
    frame();
    expect(chart.setOption).toHaveBeenCalledTimes(drawn);
  });

  it("shows a part of the period that it is led to", async () => {
    const { controller, chart } = await shown();
    const start = END - 5 * HOUR;
    controller.show({ start, end: start + HOUR });
    expect(axisOf(chart)).toMatchObject({
      min: start - 0.75 * HOUR,
      max: start + 1.75 * HOUR,
    });
    expect(controller.zoomed).toBe(true);
  });

  it("shares zoom and pointer with the other charts of the period", async () => {
    wide(true);
    const [one, two] = [await shown(), await shown()];
    const other = setUp();
    other.controller.set(option(server.snapshot("24h", END - HOUR)), "line");
    one.controller.show({ start: END - 2 * HOUR, end: END - HOUR });
    expect(shownOf(two.chart)).toEqual(shownOf(one.chart));
    expect(other.controller.zoomed).toBe(false);
    one.controller.resetZoom();
    expect(two.controller.zoomed).toBe(false);
    one.element.dispatchEvent(pointer("pointermove", 44 + 318));
    const marker = two.element.querySelector<HTMLElement>(".marker")!;
    expect(marker.style.transform).toBe("translateX(362px)");
    expect(one.element.querySelector(".marker")).toBeNull();
    one.element.dispatchEvent(pointer("pointerleave", 0));
    expect(two.element.querySelector(".marker")).toBeNull();
  });

  it("looks at one chart at a time on touch and narrow screens", async () => {
    wide(false);
    const [one, two] = [await shown(), await shown()];
    one.controller.show({ start: END - 2 * HOUR, end: END - HOUR });
    expect(two.controller.zoomed).toBe(false);
  });

  it("takes over the part that all other charts show, as when it is unfolded", async () => {
    wide(false);
    const others = [await shown(), await shown()];
    const part = { start: END - 2 * HOUR, end: END - HOUR };
    for (const { controller } of others) controller.show(part);
    const unfolded = await shown();
    expect(unfolded.controller.zoomed).toBe(true);
    expect(shownOf(unfolded.chart)).toEqual(shownOf(others[0]!.chart));
    others[0]!.controller.resetZoom();
    expect((await shown()).controller.zoomed).toBe(false);
  });

  it("is whole beside charts of another period", async () => {
    const other = await shown();
    other.controller.show({ start: END - 2 * HOUR, end: END - HOUR });
    const { controller } = setUp();
    controller.set(option(server.snapshot("6h", END)), "line");
    expect(controller.zoomed).toBe(false);
  });

  it("keeps its picture, its zoom and nothing else over 300 updates", async () => {
    const { controller, chart, element } = await shown();
    controller.show({ start: END - 3 * HOUR, end: END - 2 * HOUR });
    const before = shownOf(chart);
    const nodes = element.childNodes.length;
    const updates = [option(), option()];
    for (let update = 1; update <= 300; update += 1) {
      const next = updates[update % 2]!;
      controller.set(next, "line");
      controller.set(next, "line");
      frame();
    }
    expect(init).toHaveBeenCalledOnce();
    // The first picture, the zoom, and one for each update.
    expect(chart.setOption).toHaveBeenCalledTimes(302);
    expect(shownOf(chart)).toEqual(before);
    expect(element.childNodes).toHaveLength(nodes);
  }, 30_000);
});
