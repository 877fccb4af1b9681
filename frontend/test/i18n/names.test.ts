/** What a thing is called is written once in each language. */
import { describe, expect, it } from "vitest";
import en from "../../src/i18n/en.json" with { type: "json" };
import enHistory from "../../src/i18n/en.history.json" with { type: "json" };
import enInsights from "../../src/i18n/en.insights.json" with { type: "json" };
import sv from "../../src/i18n/sv.json" with { type: "json" };
import svHistory from "../../src/i18n/sv.history.json" with { type: "json" };
import svInsights from "../../src/i18n/sv.insights.json" with { type: "json" };
import { catalogue, textOf } from "../../src/i18n/text.js";
import type { Tree } from "../../src/i18n/text.js";

const leaves = (tree: Tree, prefix = ""): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[prefix + key, value] as [string, string]]
      : leaves(value, `${prefix}${key}.`)
  );

/** Of these, the words are a sentence, or a title that others happen to have as a name. */
const OWN =
  /^(name|cards|missing|blank|explain\.formula)\.|^charts\.\w+\.title$/;

/** What is read together: Now alone, and each page with its own. */
describe.each([
  ["en", [en]],
  ["en", [en, enHistory]],
  ["en", [en, enInsights]],
  ["sv", [sv]],
  ["sv", [sv, svHistory]],
  ["sv", [sv, svInsights]],
] as [string, Tree[]][])("%s", (language, trees) => {
  const all = trees.flatMap((tree) => leaves(tree));
  const names = all.filter(([key]) => key.startsWith("name."));
  const entries = catalogue(...trees);
  const text = textOf(entries, language);

  it("writes no name a second time", () => {
    const known = new Set(names.map(([, name]) => name));
    const again = all.filter(
      ([key, value]) => !OWN.test(key) && known.has(value)
    );
    expect(again).toEqual([]);
  });

  it("calls a thing the same in drawing, pills, figures, charts and events", () => {
    const auxiliary = text("name.auxiliary");
    for (const key of [
      "now.auxiliary",
      "pill.auxiliary",
      "kpi.auxiliary",
      "explain.auxiliary",
      "charts.state.auxiliary",
      "charts.power.auxiliary",
      "events.kind.auxiliary",
    ]) {
      expect(text(key), key).toBe(auxiliary);
    }
    expect(text("charts.mode.auxiliary")).toBe(
      text("charts.runtime.auxiliary")
    );
    expect(text("name.charge")).toBe(text("events.hot_water.done"));
  });

  it("knows every name that is asked for", () => {
    const unresolved = [...entries].filter(([, value]) => value.includes("{@"));
    expect(unresolved).toEqual([]);
  });
});
