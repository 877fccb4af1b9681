import type { ReactiveController } from "lit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ChartController } from "../../src/charts/chart-controller.js";
import { buildTemperature } from "../../src/charts/views/temperature.js";
import { day, END, HOUR, input, server } from "./fixture.js";

const library = vi.hoisted(() => {
  const create = () => ({
    setOption: vi.fn(),
    resize: vi.fn(),
    dispatchAction: vi.fn(),
    dispose: vi.fn(),
  });
  type Chart = ReturnType<typeof create>;
  const charts: Chart[] = [];
  const init = vi.fn(() => {
    const chart = create();
    charts.push(chart);
    return chart;
  });
  return { charts, init };
});

vi.mock("../../src/charts/echarts-line.js", () => ({ init: library.init }));
vi.mock("../../src/charts/echarts-flow.js", () => ({ init: library.init }));

const seen: ((visible: boolean) => void)[] = [];
const frames: FrameRequestCallback[] = [];
const resized: (() => void)[] = [];

/** Observers that watch something. */
let watching = 0;

class Watch {
  private watches = false;
  observe = () => {
    if (!this.watches) watching += 1;
    this.watches = true;
  };
  disconnect = () => {
    if (this.watches) watching -= 1;
    this.watches = false;
  };
}

class Sight extends Watch {
  constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
    super();
    seen.push((isIntersecting) => {
      callback([{ isIntersecting }]);
    });
  }
}

class Sizes extends Watch {
  constructor(callback: () => void) {
    super();
    resized.push(callback);
  }
}

const host = () => ({
  controller: null as ReactiveController | null,
  addController(controller: ReactiveController) {
    this.controller = controller;
  },
  removeController: vi.fn(),
  requestUpdate: vi.fn(),
  updateComplete: Promise.resolve(true),
});

const canvas = (width = 700, height = 300) => {
  const element = document.createElement("div");
  Object.defineProperties(element, {
    clientWidth: { value: width, configurable: true },
    clientHeight: { value: height, configurable: true },
    getBoundingClientRect: { value: () => ({ left: 0, width }) },
  });
  document.body.append(element);
  return element;
};

const option = (of = day) => buildTemperature(input(of)).option!;
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** The browser's next frame. */
const frame = () => {
  for (const callback of frames.splice(0)) callback(0);
};

/** Comes into sight or leaves it. */
const see = async (visible: boolean) => {
  seen.at(-1)!(visible);
  frame();
  await settled();
};

const connected: ChartController[] = [];

const setUp = (element: HTMLElement | null = canvas()) => {
  const owner = host();
  const controller = new ChartController(owner, () => element);
  controller.hostConnected();
  connected.push(controller);
  return { owner, controller, element: element! };
};

/** A controller with a chart on the screen. */
const shown = async () => {
  const all = setUp();
  all.controller.set(option(), "line");
  await see(true);
  const chart = library.charts.at(-1)!;
  return { ...all, chart };
};

/** The time axis after the next frame. */
const axisOf = (chart: { setOption: ReturnType<typeof vi.fn> }) => {
  frame();
  const [given] = chart.setOption.mock.lastCall as [
    { xAxis: { min: number; max: number }[] },
  ];
  return given.xAxis[0]!;
};

const shownOf = (chart: Parameters<typeof axisOf>[0]) => {
  const { min, max } = axisOf(chart);
  return [min, max];
};

const pointer = (
  type: string,
  clientX: number,
  pointerType = "mouse",
  pointerId = 1
) =>
  Object.assign(new Event(type, { bubbles: true }), {
    pointerType,
    pointerId,
    clientX,
    button: 0,
  });

const wide = (matches: boolean) => {
  vi.stubGlobal("matchMedia", () => ({ matches }));
};

beforeEach(() => {
  vi.stubGlobal("IntersectionObserver", Sight);
  vi.stubGlobal("ResizeObserver", Sizes);
  vi.stubGlobal("requestAnimationFrame", (callback: FrameRequestCallback) =>
    frames.push(callback)
  );
  vi.stubGlobal("cancelAnimationFrame", vi.fn());
  library.init.mockClear();
  library.charts.length = 0;
});

afterEach(() => {
  for (const controller of connected.splice(0)) controller.hostDisconnected();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

describe("ChartController", () => {
  it("makes a chart when it comes into view, and not before", async () => {
    const { controller } = setUp();
    controller.set(option(), "line");
    frame();
    await settled();
    expect(library.init).not.toHaveBeenCalled();
    await see(true);
    expect(library.init).toHaveBeenCalledOnce();
    expect(library.charts[0]!.setOption).toHaveBeenCalledOnce();
  });

  it("tells its host once that the picture is there", async () => {
    const { controller, owner } = await shown();
    expect(controller.painted).toBe(true);
    controller.set(option(server.snapshot("24h", END - HOUR)), "line");
    frame();
    expect(owner.requestUpdate).toHaveBeenCalledOnce();
  });

  it("draws the same option once", async () => {
    const { controller, chart } = await shown();
    const same = option(server.snapshot("24h", END - HOUR));
    controller.set(same, "line");
    frame();
    controller.set(same, "line");
    frame();
    expect(chart.setOption).toHaveBeenCalledTimes(2);
  });

  it("draws once a frame, whatever comes within it", async () => {
    const { controller, chart } = await shown();
    controller.set(option(server.snapshot("24h", END - HOUR)), "line");
    controller.set(option(server.snapshot("24h", END - 2 * HOUR)), "line");
    controller.show({ start: END - 4 * HOUR, end: END - 3 * HOUR });
    expect(chart.setOption).toHaveBeenCalledOnce();
    frame();
    expect(chart.setOption).toHaveBeenCalledTimes(2);
  });

  it("merges updates, so that a tooltip stays, and starts anew with other series", async () => {
    const { controller, chart } = await shown();
    const how = () => {
      frame();
      return (chart.setOption.mock.lastCall as [unknown, object])[1];
    };
    expect(how()).toEqual({ notMerge: true });
    controller.set(option(server.snapshot("24h", END - HOUR)), "line");
    expect(how()).toEqual({ notMerge: false });
    const hidden = new Set(["supply_temp"]);
    controller.set(buildTemperature(input(day, { hidden })).option!, "line");
    expect(how()).toEqual({ notMerge: true });
  });

  it("waits with updates until it can be seen, and draws the last", async () => {
    const { controller, chart } = await shown();
    await see(false);
    controller.set(option(server.snapshot("24h", END - HOUR)), "line");
    frame();
    controller.set(option(server.snapshot("24h", END - 2 * HOUR)), "line");
    frame();
    expect(chart.setOption).toHaveBeenCalledOnce();
    await see(true);
    expect(chart.setOption).toHaveBeenCalledTimes(2);
    expect(axisOf(chart).max).toBe(server.snapshot("24h", END - 2 * HOUR).end);
  });

  it("does not draw on a hidden page", async () => {
    const { controller, chart } = await shown();
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    controller.set(option(server.snapshot("24h", END - HOUR)), "line");
    frame();
    expect(chart.setOption).toHaveBeenCalledOnce();
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event("visibilitychange"));
    frame();
    expect(chart.setOption).toHaveBeenCalledTimes(2);
    hidden.mockRestore();
  });

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

  it("follows the size of its element, once a frame", async () => {
    const { chart, element } = await shown();
    Object.defineProperty(element, "clientWidth", { value: 320 });
    resized.at(-1)!();
    resized.at(-1)!();
    expect(chart.resize).not.toHaveBeenCalled();
    frame();
    expect(chart.resize).toHaveBeenCalledOnce();
    expect(chart.setOption).toHaveBeenCalledTimes(2);
  });

  it("follows the size of its element also while it is out of sight", async () => {
    const { chart, element } = await shown();
    await see(false);
    Object.defineProperty(element, "clientWidth", { value: 320 });
    resized.at(-1)!();
    frame();
    expect(chart.resize).toHaveBeenCalledOnce();
    resized.at(-1)!();
    frame();
    expect(chart.resize).toHaveBeenCalledOnce();
  });

  it("waits for an element that has no size yet", async () => {
    const { controller, element } = setUp(canvas(0, 0));
    controller.set(option(), "line");
    await see(true);
    expect(library.init).not.toHaveBeenCalled();
    Object.defineProperty(element, "clientWidth", { value: 700 });
    Object.defineProperty(element, "clientHeight", { value: 300 });
    resized.at(-1)!();
    frame();
    await settled();
    expect(library.init).toHaveBeenCalledOnce();
  });

  it("lets go of the chart when its host leaves or has nothing to show", async () => {
    const first = await shown();
    first.controller.clear();
    expect(first.chart.dispose).toHaveBeenCalledOnce();
    expect(first.controller.painted).toBe(false);
    const second = await shown();
    second.controller.hostDisconnected();
    expect(second.chart.dispose).toHaveBeenCalledOnce();
  });

  it("makes no chart for a host that left while it was loading", async () => {
    const { controller } = setUp();
    controller.set(option(), "line");
    seen.at(-1)!(true);
    frame();
    controller.hostDisconnected();
    await settled();
    expect(library.init).not.toHaveBeenCalled();
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
    expect(library.init).toHaveBeenCalledOnce();
    // The first picture, the zoom, and one for each update.
    expect(chart.setOption).toHaveBeenCalledTimes(302);
    expect(shownOf(chart)).toEqual(before);
    expect(element.childNodes).toHaveLength(nodes);
  }, 30_000);

  it("leaves no observer, listener or chart behind after a hundred visits", async () => {
    let listening = 0;
    const element = canvas();
    for (const target of [document, globalThis, element]) {
      const add = vi.spyOn(target, "addEventListener");
      const remove = vi.spyOn(target, "removeEventListener");
      const listeners = new Set<unknown>();
      add.mockImplementation((_: string, listener: unknown) => {
        listening += listeners.has(listener) ? 0 : 1;
        listeners.add(listener);
      });
      remove.mockImplementation((_: string, listener: unknown) => {
        listening -= listeners.delete(listener) ? 1 : 0;
      });
    }
    const { controller, owner } = setUp(element);
    const same = option();
    controller.hostDisconnected();
    watching = 0;
    expect(listening).toBe(0);
    for (let visit = 0; visit < 100; visit += 1) {
      controller.hostConnected();
      controller.set(same, "line");
      expect(watching).toBe(2);
      await see(true);
      expect(listening).toBeGreaterThan(5);
      controller.hostDisconnected();
      expect([watching, listening]).toEqual([0, 0]);
    }
    vi.restoreAllMocks();
    expect(library.init).toHaveBeenCalledTimes(100);
    for (const chart of library.charts) {
      expect(chart.dispose).toHaveBeenCalledOnce();
    }
    // Of each visit's picture.
    expect(owner.requestUpdate).toHaveBeenCalledTimes(100);
  });
});
