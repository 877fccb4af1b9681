import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Menu, MenuItem } from "../../src/components/menu.js";
import "../../src/components/menu.js";
import { draw, find, findAll, words } from "./fixture.js";

const items: MenuItem[] = [
  { key: "image", label: "Save as image" },
  { key: "csv", label: "Save as CSV", disabled: true },
  { key: "table", label: "Show as table" },
  { key: "bands", label: "Bands", checked: true },
];

let menu: Menu;
const chosen: unknown[] = [];

const listen = (event: Event) => chosen.push((event as CustomEvent).detail);

const open = async () => {
  find(menu, "button").click();
  await menu.updateComplete;
  await menu.updateComplete;
};

const press = (key: string) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true });
  (menu.shadowRoot?.activeElement ?? menu).dispatchEvent(event);
};

const focused = () => words(menu.shadowRoot?.activeElement);

beforeEach(async () => {
  chosen.length = 0;
  document.body.addEventListener("hp-menu", listen);
  menu = await draw("hp-menu", { items, label: "More" });
});

afterEach(() => {
  document.body.removeEventListener("hp-menu", listen);
  document.body.replaceChildren();
});

describe("hp-menu", () => {
  it("opens with the focus on its first item and says that it is open", async () => {
    const button = find(menu, "button");
    expect(button.getAttribute("aria-expanded")).toBe("false");
    expect(findAll(menu, "[role=menu]")).toHaveLength(0);
    await open();
    expect(button.getAttribute("aria-expanded")).toBe("true");
    expect(focused()).toBe("Save as image");
  });

  it("is walked through by arrows, past what cannot be chosen", async () => {
    await open();
    press("ArrowDown");
    expect(focused()).toBe("Show as table");
    press("End");
    expect(focused()).toBe("Bands");
    press("ArrowDown");
    expect(focused()).toBe("Save as image");
    press("ArrowUp");
    expect(focused()).toBe("Bands");
    press("Home");
    expect(focused()).toBe("Save as image");
  });

  it("tells what was chosen, closes and gives the focus back", async () => {
    await open();
    find(menu, "[data-key=table]").click();
    await menu.updateComplete;
    expect(chosen).toEqual(["table"]);
    expect(findAll(menu, "[role=menu]")).toHaveLength(0);
    expect(menu.shadowRoot?.activeElement).toBe(find(menu, "button"));
  });

  it("stays open for what is switched on and off", async () => {
    await open();
    const bands = find(menu, "[data-key=bands]");
    expect(bands.getAttribute("role")).toBe("menuitemcheckbox");
    expect(bands.getAttribute("aria-checked")).toBe("true");
    bands.click();
    await menu.updateComplete;
    expect(chosen).toEqual(["bands"]);
    expect(findAll(menu, "[role=menu]")).toHaveLength(1);
  });

  it.each(["Escape", "Tab"])("is closed by %s", async (key) => {
    await open();
    press(key);
    await menu.updateComplete;
    expect(findAll(menu, "[role=menu]")).toHaveLength(0);
    expect(chosen).toEqual([]);
  });

  it("leaves no listener behind when it is taken away open", async () => {
    const added = vi.spyOn(window, "addEventListener");
    const removed = vi.spyOn(window, "removeEventListener");
    await open();
    menu.remove();
    expect(added.mock.calls.map(([type]) => type)).toEqual([
      "scroll",
      "beforeprint",
    ]);
    expect(removed.mock.calls).toContainEqual(added.mock.calls[0]);
  });
});
