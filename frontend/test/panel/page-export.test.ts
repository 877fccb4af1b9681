import { describe, expect, it } from "vitest";
import { exportItems, isSaved } from "../../src/panel/page-export.js";
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
});
