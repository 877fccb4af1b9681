/** A chart's controller on a screen that the test drives: what is in sight, its size, its frames. */
import type { ReactiveController } from "lit";
import { afterEach, beforeEach, vi } from "vitest";
import { ChartController } from "../../src/charts/chart-controller.js";
import { buildTemperature } from "../../src/charts/views/temperature.js";
import { charts, init } from "./fake-library.js";
import { day, input } from "./fixture.js";

export const seen: ((visible: boolean) => void)[] = [];
export const frames: FrameRequestCallback[] = [];
export const resized: (() => void)[] = [];

/** How many observers watch something. */
export const watching = { count: 0 };

class Watch {
  private watches = false;
  observe = () => {
    if (!this.watches) watching.count += 1;
    this.watches = true;
  };
  disconnect = () => {
    if (this.watches) watching.count -= 1;
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

export const host = () => ({
  controller: null as ReactiveController | null,
  addController(controller: ReactiveController) {
    this.controller = controller;
  },
  removeController: vi.fn(),
  requestUpdate: vi.fn(),
  updateComplete: Promise.resolve(true),
});

export const canvas = (width = 700, height = 300) => {
  const element = document.createElement("div");
  Object.defineProperties(element, {
    clientWidth: { value: width, configurable: true },
    clientHeight: { value: height, configurable: true },
    getBoundingClientRect: { value: () => ({ left: 0, width }) },
  });
  document.body.append(element);
  return element;
};

export const option = (of = day) => buildTemperature(input(of)).option!;
export const settled = () => new Promise((resolve) => setTimeout(resolve));

/** The browser's next frame. */
export const frame = () => {
  for (const callback of frames.splice(0)) callback(0);
};

/** Comes into sight or leaves it. */
export const see = async (visible: boolean) => {
  seen.at(-1)!(visible);
  frame();
  await settled();
};

const connected: ChartController[] = [];

export const setUp = (element: HTMLElement | null = canvas()) => {
  const owner = host();
  const controller = new ChartController(owner, () => element);
  controller.hostConnected();
  connected.push(controller);
  return { owner, controller, element: element! };
};

/** A controller with a chart on the screen. */
export const shown = async () => {
  const all = setUp();
  all.controller.set(option(), "line");
  await see(true);
  const chart = charts.at(-1)!;
  return { ...all, chart };
};

/** The time axis after the next frame. */
export const axisOf = (chart: { setOption: ReturnType<typeof vi.fn> }) => {
  frame();
  const [given] = chart.setOption.mock.lastCall as [
    { xAxis: { min: number; max: number }[] },
  ];
  return given.xAxis[0]!;
};

export const shownOf = (chart: Parameters<typeof axisOf>[0]) => {
  const { min, max } = axisOf(chart);
  return [min, max];
};

export const pointer = (
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

export const wide = (matches: boolean) => {
  vi.stubGlobal("matchMedia", () => ({
    matches,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
  }));
};

/** A screen whose frames the test draws, before each of its tests. */
export const useScreen = (): void => {
  beforeEach(() => {
    vi.stubGlobal("IntersectionObserver", Sight);
    vi.stubGlobal("ResizeObserver", Sizes);
    vi.stubGlobal("requestAnimationFrame", (callback: FrameRequestCallback) =>
      frames.push(callback)
    );
    vi.stubGlobal("cancelAnimationFrame", vi.fn());
    init.mockClear();
    charts.length = 0;
  });

  afterEach(() => {
    for (const controller of connected.splice(0)) controller.hostDisconnected();
    vi.unstubAllGlobals();
    document.body.replaceChildren();
  });
};
