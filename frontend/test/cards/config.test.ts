import { describe, expect, it } from "vitest";
import { FIGURES } from "../../src/components/kpi/names.js";
import { checked, VIEWS_OF_CARDS } from "../../src/cards/config.js";
import type { CardKind } from "../../src/cards/config.js";
import { english } from "../i18n/english.js";

const type = "custom:x";
const check = (kind: CardKind, config: unknown) =>
  checked(kind, config, english);

describe("the configuration of a card", () => {
  it("needs nothing, but the chart its view", () => {
    for (const kind of ["kpi", "schematic", "status"] as const) {
      expect(check(kind, { type })).toEqual({ type });
    }
    expect(() => check("view", { type })).toThrow(/“view” is missing.*sankey/);
  });

  it("may hold everything there is to choose", () => {
    for (const view of VIEWS_OF_CARDS) {
      check("view", { type, view, pump: "pump-1", range: "30d" });
    }
    check("kpi", { type, figures: FIGURES, title: "Villa" });
    check("view", { type, view: "cop", title: "Villa", legend: false });
  });

  it("may hold what Home Assistant and others put into it", () => {
    check("status", { type, grid_options: {}, visibility: [], card_mod: 1 });
  });

  it("is refused with the field, what it was, and what it can be", () => {
    const wrong: [CardKind, object, RegExp][] = [
      ["view", { view: "weather" }, /“view” cannot be "weather".*temperature/],
      ["kpi", { range: "25h" }, /“range” cannot be "25h".*24h/],
      ["kpi", { figures: "cop" }, /“figures” cannot be "cop".*cop, heat/],
      ["kpi", { figures: ["cop", "x"] }, /“figures”/],
      ["status", { pump: 7 }, /“pump” must be a text, not 7/],
      ["status", { title: 7 }, /“title” must be a text, not 7/],
      ["view", { view: "cop", legend: "no" }, /“legend” must be true or false/],
    ];
    for (const [kind, config, message] of wrong) {
      expect(() => check(kind, { type, ...config })).toThrow(message);
    }
    expect(() => check("kpi", null)).toThrow(/names and values/);
  });

  it("takes what was emptied in the form for left out", () => {
    for (const empty of [[], "", null])
      expect(
        check("kpi", { type, pump: "", range: null, figures: empty })
      ).toEqual({ type });
    expect(() => check("view", { type, view: [] })).toThrow(
      /“view” is missing/
    );
  });
});
