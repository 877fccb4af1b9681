import { describe, expect, it, vi } from "vitest";
import { putOnPaper } from "../../src/components/paper.js";
import { buildTemperature } from "../../src/charts/views/temperature.js";
import {
  axisOf,
  canvas,
  frame,
  option,
  resized,
  see,
  seen,
  settled,
  setUp,
  shown,
  useScreen,
  watching,
} from "./controlled.js";
import { charts, init } from "./fake-library.js";
import { day, END, HOUR, input, server } from "./fixture.js";

vi.mock("../../src/charts/echarts-line.js", () => import("./fake-library.js"));
vi.mock("../../src/charts/echarts-flow.js", () => import("./fake-library.js"));

useScreen();

describe("ChartController", () => {
  it("makes a chart when it comes into view, and not before", async () => {
    const { controller } = setUp();
    controller.set(option(), "line");
    frame();
    await settled();
    expect(init).not.toHaveBeenCalled();
    await see(true);
    expect(init).toHaveBeenCalledOnce();
    expect(charts[0]!.setOption).toHaveBeenCalledOnce();
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

  it("follows the ratio of pixels, as on another monitor", async () => {
    const changed = new Map<string, () => void>();
    vi.stubGlobal("matchMedia", (query: string) => ({
      addEventListener: (_: string, heard: () => void) =>
        changed.set(query, heard),
      removeEventListener: () => changed.delete(query),
    }));
    vi.stubGlobal("devicePixelRatio", 1);
    const { chart, controller, element, owner } = await shown();
    const updates = owner.requestUpdate.mock.calls.length;
    vi.stubGlobal("devicePixelRatio", 2);
    changed.get("(resolution: 1dppx)")!();
    expect(chart.dispose).toHaveBeenCalledOnce();
    expect(charts).toHaveLength(2);
    expect(charts[1]!.setOption).toHaveBeenCalledOnce();
    expect(init).toHaveBeenLastCalledWith(element, null, {
      devicePixelRatio: 2,
    });
    expect(controller.painted).toBe(true);
    expect(owner.requestUpdate.mock.calls.length).toBeLessThanOrEqual(
      updates + 1
    );
    expect([...changed.keys()]).toEqual(["(resolution: 2dppx)"]);
    controller.clear();
    expect(changed.size).toBe(0);
  });

  it("keeps its value axis when a peak has gone, and has its own for another period", async () => {
    const { controller, chart } = await shown();
    const peak = (by: number, range = "24h") => {
      const { supply_temp: supply = [] } = day.readings;
      const readings = {
        ...day.readings,
        supply_temp: supply.map((value, i) => (i === 5 ? by : value)),
      };
      controller.set(option({ ...day, range, readings }), "line");
      frame();
      const [given] = chart.setOption.mock.lastCall as [
        { yAxis: { max: number }[] },
      ];
      return given.yAxis[0]!.max;
    };
    const usual = peak(30);
    expect(peak(95)).toBe(100);
    expect(peak(30)).toBe(100);
    expect(peak(30, "7d")).toBe(usual);
  });

  it("waits for an element that has no size yet", async () => {
    const { controller, element } = setUp(canvas(0, 0));
    controller.set(option(), "line");
    await see(true);
    expect(init).not.toHaveBeenCalled();
    Object.defineProperty(element, "clientWidth", { value: 700 });
    Object.defineProperty(element, "clientHeight", { value: 300 });
    resized.at(-1)!();
    frame();
    await settled();
    expect(init).toHaveBeenCalledOnce();
  });

  it("draws on paper at once and out of sight, whose library is there", async () => {
    await shown();
    const { controller } = setUp();
    controller.set(option(), "line");
    const other = option(server.snapshot("24h", END - HOUR));
    putOnPaper(true, () => {
      controller.set(other, "line");
    });
    expect(charts).toHaveLength(2);
    expect(charts[1]!.setOption).toHaveBeenCalledOnce();
    expect(controller.painted).toBe(true);
    putOnPaper(false, () => undefined);
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
    expect(init).not.toHaveBeenCalled();
  });

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
    watching.count = 0;
    expect(listening).toBe(0);
    for (let visit = 0; visit < 100; visit += 1) {
      controller.hostConnected();
      controller.set(same, "line");
      expect(watching.count).toBe(2);
      await see(true);
      expect(listening).toBeGreaterThan(5);
      controller.hostDisconnected();
      expect([watching.count, listening]).toEqual([0, 0]);
    }
    vi.restoreAllMocks();
    expect(init).toHaveBeenCalledTimes(100);
    for (const chart of charts) {
      expect(chart.dispose).toHaveBeenCalledOnce();
    }
    // Of each visit's picture.
    expect(owner.requestUpdate).toHaveBeenCalledTimes(100);
  });
});
