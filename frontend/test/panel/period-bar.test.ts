import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Period } from "../../src/data/period.js";
import "../../src/panel/period-bar.js";
import { draw, find, findAll, look, words } from "../components/fixture.js";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 22, 19, 42);
const yesterday = { start: NOW - 2 * DAY, end: NOW - DAY };

const chosen: unknown[] = [];
const listen = (event: Event) => chosen.push((event as CustomEvent).detail);

const bar = (period: Period = "24h") => draw("hp-period-bar", { look, period });

const swipe = (element: Element, x: number, y = 0, pointerType = "touch") => {
  const ranges = find(element, ".ranges");
  for (const [type, clientX, clientY] of [
    ["pointerdown", 200, 20],
    ["pointerup", 200 + x, 20 + y],
  ] as const) {
    ranges.dispatchEvent(
      new PointerEvent(type, { pointerType, clientX, clientY })
    );
  }
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  chosen.length = 0;
  document.body.addEventListener("hp-range", listen);
});

afterEach(() => {
  vi.useRealTimers();
  document.body.removeEventListener("hp-range", listen);
  document.body.replaceChildren();
});

describe("hp-period-bar", () => {
  it("marks the range shown and asks for another", async () => {
    const element = await bar();
    const pressed = findAll(element, "[aria-pressed=true]");
    expect(pressed.map(words)).toEqual(["24h"]);
    find(element, "[data-range='7d']").click();
    expect(chosen).toEqual(["7d"]);
  });

  it("marks no range while a span is shown", async () => {
    const element = await bar(yesterday);
    expect(findAll(element, "[aria-pressed=true]")).toHaveLength(0);
  });

  it("gives every range a name a screen reader can say, with what is seen", async () => {
    const names = findAll(await bar(), "[data-range]").map((button) =>
      button.getAttribute("aria-label")
    );
    expect(names).toEqual([
      "1h: Last hour",
      "6h: Last 6 hours",
      "24h: Last 24 hours",
      "7d: Last 7 days",
      "30d: Last 30 days",
      "90d: Last 90 days",
      "1y: Last year",
    ]);
  });

  it("steps back, and forward only where there is something", async () => {
    const live = await bar();
    const later = find<HTMLButtonElement>(live, "[data-step='1']");
    expect(later.getAttribute("aria-disabled")).toBe("true");
    find(live, "[data-step='-1']").click();
    expect(chosen).toEqual([yesterday]);
    live.remove();
    find(await bar(yesterday), "[data-step='1']").click();
    expect(chosen).toEqual([yesterday, "24h"]);
  });

  it("is swiped to what was before, as a page is turned", async () => {
    const element = await bar();
    swipe(element, 90);
    expect(chosen).toEqual([yesterday]);
    swipe(element, -90);
    swipe(element, 30);
    swipe(element, 90, 80);
    swipe(element, 90, 0, "mouse");
    expect(chosen).toHaveLength(1);
  });
});
