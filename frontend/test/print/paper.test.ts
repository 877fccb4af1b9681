import { describe, expect, it } from "vitest";
import { isPrintKey } from "../../src/print/paper.js";

describe("the keys that print", () => {
  it.each([
    [{ ctrlKey: true, key: "p" }, true],
    [{ metaKey: true, key: "P" }, true],
    [{ key: "p" }, false],
    [{ ctrlKey: true, key: "o" }, false],
    // The browser's own dialog, its private window, and nobody's.
    [{ ctrlKey: true, altKey: true, key: "p" }, false],
    [{ ctrlKey: true, shiftKey: true, key: "P" }, false],
    [{ ctrlKey: true, metaKey: true, key: "p" }, false],
  ])("%o is one: %s", (keys, prints) => {
    expect(isPrintKey(new KeyboardEvent("keydown", keys))).toBe(prints);
  });
});
