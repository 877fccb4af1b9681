import { describe, expect, it } from "vitest";
import {
  exportItems,
  isPrintKey,
  isSaved,
} from "../../src/panel/page-export.js";
import { text } from "../charts/fixture.js";

describe("the page's exports", () => {
  it("are in the menu, each with its words, after print", () => {
    const items = exportItems({ text });
    const [print, ...saved] = items.map(({ key }) => key);
    expect(print).toBe("print");
    expect(saved).toEqual(["readings", "windows", "figures"]);
    expect(saved.every(isSaved)).toBe(true);
    expect(["print", "help"].some(isSaved)).toBe(false);
    for (const { label } of items) expect(label).not.toContain("menu.");
  });

  it.each([
    [{ ctrlKey: true, key: "p" }, true],
    [{ metaKey: true, key: "P" }, true],
    [{ key: "p" }, false],
    [{ ctrlKey: true, key: "o" }, false],
    // The browser's own dialog, its private window, and nobody's.
    [{ ctrlKey: true, altKey: true, key: "p" }, false],
    [{ ctrlKey: true, shiftKey: true, key: "P" }, false],
    [{ ctrlKey: true, metaKey: true, key: "p" }, false],
  ])("know the keys that print: %o is one: %s", (keys, prints) => {
    expect(isPrintKey(new KeyboardEvent("keydown", keys))).toBe(prints);
  });
});
