import { describe, expect, it } from "vitest";
import { kpis } from "../../src/components/kpi/figures.js";
import {
  exportItems,
  figuresOf,
  isExport,
} from "../../src/panel/page-export.js";
import { day, format, text } from "../charts/fixture.js";
import { pumpInfo } from "../fixtures/heat-pump.js";

describe("the page's exports", () => {
  it("are in the menu, each with its words", () => {
    const items = exportItems({ text });
    expect(items.map(({ key }) => key)).toEqual([
      "image",
      "readings",
      "windows",
      "figures",
    ]);
    for (const { key, label } of items) {
      expect(isExport(key)).toBe(true);
      expect(label).not.toContain("menu.");
    }
    expect(isExport("help")).toBe(false);
  });

  it("have every card's figure in words", () => {
    const all = kpis({ snapshot: day, info: pumpInfo(), format, text });
    const figures = figuresOf(all);
    expect(figures).toHaveLength(all.length);
    for (const { name, value } of figures) {
      expect(name).not.toBe("");
      expect(value).toMatch(/[\d–]/);
    }
    expect(figures[0]).toMatchObject({ name: "COP", value: all[0]!.value });
  });
});
