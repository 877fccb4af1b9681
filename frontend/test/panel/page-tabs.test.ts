import { afterEach, describe, expect, it, vi } from "vitest";
import "../../src/panel/page-tabs.js";
import { draw, find, findAll, look } from "../components/fixture.js";

const address = (page: string) => `/heatpump-dashboard/${page}?pump=1`;

const tabs = (page: "now" | "history" = "now") =>
  draw("hp-page-tabs", { look, page, address });

const click = (element: HTMLElement, init: MouseEventInit = {}) => {
  const event = new MouseEvent("click", { cancelable: true, ...init });
  element.dispatchEvent(event);
  return event.defaultPrevented;
};

afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, "", "/");
});

describe("hp-page-tabs", () => {
  it("has an address for each page, and says which one is shown", async () => {
    const element = await tabs("history");
    const all = findAll(element, "[role=tab]");
    expect(all.map((tab) => tab.getAttribute("href"))).toEqual([
      "/heatpump-dashboard/now?pump=1",
      "/heatpump-dashboard/history?pump=1",
      "/heatpump-dashboard/insights?pump=1",
    ]);
    expect(all.map((tab) => tab.getAttribute("aria-selected"))).toEqual([
      ...["false", "true", "false"],
    ]);
    expect(all.map((tab) => tab.tabIndex)).toEqual([-1, 0, -1]);
  });

  it("goes there without loading the page, unless another window is meant", async () => {
    const moved = vi.fn();
    window.addEventListener("location-changed", moved, { once: true });
    const element = await tabs();
    const tab = find(element, "[data-page=history]");
    expect(click(tab, { ctrlKey: true })).toBe(false);
    expect(moved).not.toHaveBeenCalled();
    expect(click(tab)).toBe(true);
    expect(moved).toHaveBeenCalledOnce();
    expect(location.pathname).toBe("/heatpump-dashboard/history");
  });

  it("is gone through with arrow keys", async () => {
    const element = await tabs();
    const [first, second] = findAll(element, "[role=tab]");
    first?.dispatchEvent(
      new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true })
    );
    expect(element.shadowRoot?.activeElement).toBe(second);
    const back = new KeyboardEvent("keydown", {
      ...{ key: "ArrowLeft", altKey: true, bubbles: true, cancelable: true },
    });
    second?.dispatchEvent(back);
    expect(back.defaultPrevented).toBe(false);
    expect(element.shadowRoot?.activeElement).toBe(second);
  });
});
