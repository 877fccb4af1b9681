import { afterEach, describe, expect, it, vi } from "vitest";
import "../../src/panel/app-bar.js";
import { pumpInfo } from "../fixtures/heat-pump.js";
import { draw, find, findAll, look, words } from "../components/fixture.js";

const pump = pumpInfo();
const other = pumpInfo({ id: "pump-2", name: "IVT Greenline" });

const bar = (pumps = [pump]) =>
  draw("hp-app-bar", { look, pumps, pump, range: "24h", time: null });

const heard = (type: string) => {
  const details: unknown[] = [];
  document.body.addEventListener(
    type,
    (event) => details.push((event as CustomEvent).detail),
    { once: true }
  );
  return details;
};

afterEach(() => {
  document.body.replaceChildren();
});

describe("hp-app-bar", () => {
  it("marks the range shown and asks for another", async () => {
    const element = await bar();
    const pressed = findAll(element, "[aria-pressed=true]");
    expect(pressed.map(words)).toEqual(["24h"]);
    const asked = heard("hp-range");
    find(element, "[data-range='7d']").click();
    expect(asked).toEqual(["7d"]);
  });

  it("gives every range a name a screen reader can say", async () => {
    const names = findAll(await bar(), "[data-range]").map(
      (button) => button.ariaLabel ?? button.getAttribute("aria-label")
    );
    expect(names).toEqual([
      "Last hour",
      "Last 6 hours",
      "Last 24 hours",
      "Last 7 days",
      "Last 30 days",
    ]);
  });

  it("has a choice of pumps only where there are several", async () => {
    expect(findAll(await bar(), "select")).toHaveLength(0);
    const element = await bar([pump, other]);
    const select = find<HTMLSelectElement>(element, "select");
    expect(select.value).toBe("pump-1");
    const asked = heard("hp-pump");
    select.value = "pump-2";
    select.dispatchEvent(new Event("change"));
    expect(asked).toEqual(["pump-2"]);
  });

  it("opens the sidebar itself as long as Home Assistant's button is missing", async () => {
    const element = await bar();
    const opened = vi.fn();
    document.body.addEventListener("hass-toggle-menu", opened, { once: true });
    find(element, ".menu").click();
    expect(opened).toHaveBeenCalledOnce();
    customElements.define("ha-menu-button", class extends HTMLElement {});
    await vi.waitFor(() => {
      expect(find(element, "ha-menu-button")).toBeTruthy();
    });
    expect(findAll(element, ".menu")).toHaveLength(0);
  });
});
