import { afterEach, describe, expect, it, vi } from "vitest";
import type { Menu } from "../../src/components/menu.js";
import "../../src/panel/app-bar.js";
import { isSpan } from "../../src/data/period.js";
import type { AppBar } from "../../src/panel/app-bar.js";
import { pumpInfo } from "../fixtures/heat-pump.js";
import {
  PATIENT,
  draw,
  find,
  findAll,
  look,
  words,
} from "../components/fixture.js";

const pump = pumpInfo();
const other = pumpInfo({ id: "pump-2", name: "IVT Greenline" });

const bar = (pumps = [pump], more: Partial<AppBar> = {}) =>
  draw("hp-app-bar", { look, pumps, pump, ...more });

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
    }, PATIENT);
    expect(findAll(element, ".menu")).toHaveLength(0);
  });

  it("says which span is shown and leads back to now", async () => {
    const live = await bar();
    expect(findAll(live, ".period")).toHaveLength(0);
    live.remove();
    const start = Date.UTC(2026, 0, 21, 5);
    const element = await bar([pump], {
      period: { start, end: start + 3_600_000 },
      range: "7d",
    });
    expect(words(find(element, ".period"))).toBe(
      "Wed 21 Jan, 06:00 – 07:00 Back to now"
    );
    const asked = heard("hp-range");
    find(element, ".period .action").click();
    expect(asked).toEqual(["7d"]);
    // The button goes with its line.
    const range = find(element, "hp-period-bar").shadowRoot?.activeElement;
    expect((range as HTMLElement).dataset.range).toBe("7d");
  });

  it("reads again when asked to", async () => {
    const asked = heard("hp-retry");
    find(await bar(), ".refresh").click();
    expect(asked).toHaveLength(1);
  });

  it("has in its menu on a phone what there is no room for", async () => {
    const items = [{ key: "help", label: "Help" }];
    const keys = (element: AppBar) =>
      find<Menu>(element, "hp-menu").items.map(({ key }) => key);
    expect(keys(await bar([pump], { items }))).toEqual(["help"]);
    const phone = await bar([pump], { items, compact: true });
    expect(keys(phone)).toEqual(["refresh", "earlier", "later", "help"]);
    const menu = find<Menu>(phone, "hp-menu");
    const choose = (detail: string) =>
      menu.dispatchEvent(
        new CustomEvent("hp-menu", { detail, bubbles: true, composed: true })
      );
    const [refreshed, periods, chosen] = [
      heard("hp-retry"),
      heard("hp-range"),
      heard("hp-menu"),
    ];
    choose("refresh");
    choose("earlier");
    expect(refreshed).toHaveLength(1);
    expect(periods.map(isSpan)).toEqual([true]);
    expect(chosen).toEqual([]);
    choose("help");
    expect(chosen).toEqual(["help"]);
  });
});
