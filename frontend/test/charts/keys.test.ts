import { describe, expect, it, vi } from "vitest";
import { server as fake } from "./fixture.js";
import { ChartController } from "../../src/charts/chart-controller.js";
import { axisOf, canvas, frame, option, see, useScreen } from "./controlled.js";
import { charts } from "./fake-library.js";
import { day, END, HOUR } from "./fixture.js";

vi.mock("../../src/charts/echarts-line.js", () => import("./fake-library.js"));
vi.mock("../../src/charts/echarts-flow.js", () => import("./fake-library.js"));

useScreen();

const keyboard = async () => {
  const element = canvas();
  const host = {
    addController: vi.fn(),
    removeController: vi.fn(),
    requestUpdate: vi.fn(),
    updateComplete: Promise.resolve(true),
  };
  const heard: string[] = [];
  const controller = new ChartController(
    host,
    () => element,
    (words) => heard.push(words)
  );
  controller.hostConnected();
  controller.set(option(), "line");
  await see(true);
  const chart = charts.at(-1)!;
  const press = (key: string, change: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent("keydown", {
      key,
      cancelable: true,
      ...change,
    });
    element.dispatchEvent(event);
    return event;
  };
  /** Px of the tooltip shown last. */
  const tip = () => {
    const calls = chart.dispatchAction.mock.calls as [
      { type: string; x: number },
    ][];
    return calls.findLast(([{ type }]) => type === "showTip")?.[0].x;
  };
  return { controller, chart, element, heard, press, tip };
};

describe("a chart with the focus", () => {
  it("reads values from the middle, by the arrows", async () => {
    const { heard, press, tip, controller } = await keyboard();
    expect(press("ArrowRight").defaultPrevented).toBe(true);
    // The plot is 636 px wide and begins at 44.
    expect(tip()).toBeCloseTo(44 + 318);
    expect(heard.at(-1)).toMatch(
      /^Thu 22 Jan, 08:\d\d, Supply \d+\D*°C, Return/
    );
    press("ArrowRight");
    expect(tip()).toBeCloseTo(44 + 318 + 636 / 48);
    press("ArrowLeft");
    press("ArrowLeft");
    expect(tip()).toBeCloseTo(44 + 318 - 636 / 48);
    press("End");
    expect(tip()).toBeCloseTo(44 + 636);
    press("Home");
    press("ArrowLeft");
    expect(tip()).toBeCloseTo(44);
    controller.hostDisconnected();
  });

  it("takes the cursor away by Escape, and when it loses the focus", async () => {
    const { heard, press, chart, element, controller } = await keyboard();
    expect(press("Escape").defaultPrevented).toBe(false);
    press("ArrowRight");
    press("Escape");
    expect(chart.dispatchAction).toHaveBeenCalledWith({ type: "hideTip" });
    expect(heard.at(-1)).toBe("");
    press("ArrowRight");
    element.dispatchEvent(new FocusEvent("blur"));
    expect(heard.at(-1)).toBe("");
    controller.hostDisconnected();
  });

  it("looks closer around the cursor, which stays where it is, and back", async () => {
    const { press, tip, chart, controller } = await keyboard();
    const length = day.end - day.start;
    press("ArrowRight");
    press("+");
    expect(tip()).toBeCloseTo(44 + 318);
    const { min, max } = axisOf(chart);
    expect(max - min).toBeCloseTo(length / 2, -3);
    press("-");
    expect(controller.zoomed).toBe(false);
    press("+");
    press("+");
    expect(controller.zoomed).toBe(true);
    press("0");
    expect(controller.zoomed).toBe(false);
    controller.hostDisconnected();
  });

  it("moves along what is shown, by Shift and by the cursor, as far as there is", async () => {
    const { press, tip, controller, heard } = await keyboard();
    press("ArrowRight");
    press("+");
    press("+");
    const before = controller.part!;
    press("ArrowRight", { shiftKey: true });
    const size = before.end - before.start;
    expect(controller.part!.start - before.start).toBeCloseTo(size / 4, -3);
    expect(tip()).toBeCloseTo(44 + 159);
    for (let i = 0; i < 12; i += 1) press("ArrowRight", { shiftKey: true });
    expect(controller.part!.end).toBe(day.end);
    expect(heard.at(-1)).toBe("");
    press("Home");
    press("ArrowLeft");
    expect(controller.part!.end).toBeLessThan(day.end);
    expect(tip()).toBeCloseTo(44);
    frame();
    controller.hostDisconnected();
  });

  it("leaves other keys, and those with Ctrl or ⌘, to the browser", async () => {
    const { press, controller } = await keyboard();
    expect(press("Tab").defaultPrevented).toBe(false);
    expect(press("0", { ctrlKey: true }).defaultPrevented).toBe(false);
    expect(press("+", { metaKey: true }).defaultPrevented).toBe(false);
    controller.set(option(fake.snapshot("6h", END - HOUR)), "line");
    controller.hostDisconnected();
    expect(press("ArrowRight").defaultPrevented).toBe(false);
  });

  it("has a tapped tooltip until one taps elsewhere", async () => {
    const { chart, element, controller } = await keyboard();
    const tap = (on: HTMLElement) =>
      on.dispatchEvent(
        Object.assign(
          new Event("pointerdown", { bubbles: true, composed: true }),
          {
            pointerType: "touch",
            pointerId: 1,
            clientX: 300,
          }
        )
      );
    const hidden = () =>
      chart.dispatchAction.mock.calls.filter(
        ([action]) => (action as { type: string }).type === "hideTip"
      ).length;
    tap(document.body);
    tap(element);
    tap(element);
    expect(hidden()).toBe(0);
    tap(document.body);
    tap(document.body);
    expect(hidden()).toBe(1);
    controller.hostDisconnected();
  });
});
