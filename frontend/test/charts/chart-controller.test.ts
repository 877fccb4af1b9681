import type { ReactiveController } from "lit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ChartController } from "../../src/charts/chart-controller.js";
import { buildTemperature } from "../../src/charts/views/temperature.js";
import { day, END, HOUR, input, server } from "./fixture.js";

const library = vi.hoisted(() => {
  const create = () => {
    const listeners = new Map<string, () => void>();
    return {
      setOption: vi.fn(),
      resize: vi.fn(),
      dispose: vi.fn(),
      getWidth: () => 700,
      getHeight: () => 300,
      on: (name: string, listener: () => void) => listeners.set(name, listener),
      emit: (name: string) => listeners.get(name)?.(),
    };
  };
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

class Sight {
  constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
    seen.push((isIntersecting) => {
      callback([{ isIntersecting }]);
    });
  }
  observe = vi.fn();
  disconnect = vi.fn();
}

class Sizes {
  constructor(callback: () => void) {
    resized.push(callback);
  }
  observe = vi.fn();
  disconnect = vi.fn();
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

const setUp = (element: HTMLElement | null = canvas()) => {
  const owner = host();
  const controller = new ChartController(owner, () => element);
  controller.hostConnected();
  return { owner, controller, element: element! };
};

/** A controller with a chart on the screen. */
const shown = async () => {
  const all = setUp();
  all.controller.set(option(), "line");
  seen.at(-1)!(true);
  await settled();
  const chart = library.charts.at(-1)!;
  chart.emit("finished");
  return { ...all, chart };
};

const axisOf = (chart: { setOption: ReturnType<typeof vi.fn> }) => {
  const [given] = chart.setOption.mock.lastCall as [
    { xAxis: { min: number; max: number }[] },
  ];
  return given.xAxis[0]!;
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
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

describe("ChartController", () => {
  it("makes a chart when it comes into view, and not before", async () => {
    const { controller } = setUp();
    controller.set(option(), "line");
    await settled();
    expect(library.init).not.toHaveBeenCalled();
    seen.at(-1)!(true);
    await settled();
    expect(library.init).toHaveBeenCalledOnce();
    expect(library.charts[0]!.setOption).toHaveBeenCalledOnce();
  });

  it("tells its host once that the picture is there", async () => {
    const { controller, owner, chart } = await shown();
    expect(controller.painted).toBe(true);
    chart.emit("finished");
    expect(owner.requestUpdate).toHaveBeenCalledOnce();
  });

  it("draws the same option once", async () => {
    const { controller, chart } = await shown();
    const same = option(server.snapshot("24h", END - HOUR));
    controller.set(same, "line");
    controller.set(same, "line");
    expect(chart.setOption).toHaveBeenCalledTimes(2);
  });

  it("merges updates, so that a tooltip stays, and starts anew with other series", async () => {
    const { controller, chart } = await shown();
    const how = () => (chart.setOption.mock.lastCall as [unknown, object])[1];
    expect(how()).toEqual({ notMerge: true, lazyUpdate: true });
    controller.set(option(server.snapshot("24h", END - HOUR)), "line");
    expect(how()).toEqual({ notMerge: false, lazyUpdate: true });
    const hidden = new Set(["supply_temp"]);
    controller.set(buildTemperature(input(day, { hidden })).option!, "line");
    expect(how()).toEqual({ notMerge: true, lazyUpdate: true });
  });

  it("waits with updates until it can be seen, and draws the last", async () => {
    const { controller, chart } = await shown();
    seen.at(-1)!(false);
    controller.set(option(server.snapshot("24h", END - HOUR)), "line");
    controller.set(option(server.snapshot("24h", END - 2 * HOUR)), "line");
    expect(chart.setOption).toHaveBeenCalledOnce();
    seen.at(-1)!(true);
    expect(chart.setOption).toHaveBeenCalledTimes(2);
    expect(axisOf(chart).max).toBe(server.snapshot("24h", END - 2 * HOUR).end);
  });

  it("does not draw on a hidden page", async () => {
    const { controller, chart } = await shown();
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    controller.set(option(server.snapshot("24h", END - HOUR)), "line");
    expect(chart.setOption).toHaveBeenCalledOnce();
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event("visibilitychange"));
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
    frames.length = 0;
    resized.at(-1)!();
    expect(chart.resize).not.toHaveBeenCalled();
    frames[0]!(0);
    expect(chart.resize).toHaveBeenCalledOnce();
    expect(chart.setOption).toHaveBeenCalledTimes(2);
  });

  it("waits for an element that has no size yet", async () => {
    const { controller, element } = setUp(canvas(0, 0));
    controller.set(option(), "line");
    seen.at(-1)!(true);
    await settled();
    expect(library.init).not.toHaveBeenCalled();
    Object.defineProperty(element, "clientWidth", { value: 700 });
    Object.defineProperty(element, "clientHeight", { value: 300 });
    frames.length = 0;
    resized.at(-1)!();
    frames[0]!(0);
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
    controller.hostDisconnected();
    await settled();
    expect(library.init).not.toHaveBeenCalled();
  });
});
