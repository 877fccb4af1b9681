/** What a thing is called is written once in each language. */
import { describe, expect, it } from "vitest";
import en from "../../src/i18n/en.json" with { type: "json" };
import sv from "../../src/i18n/sv.json" with { type: "json" };
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

describe.each([
  ["en", en as Tree],
  ["sv", sv as Tree],
])("%s", (language, tree) => {
  const all = leaves(tree);
  const names = all.filter(([key]) => key.startsWith("name."));
  const text = textOf(catalogue(tree), language);

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
      "charts.band.auxiliary",
      "charts.state.auxiliary",
      "charts.power.auxiliary",
      "events.kind.auxiliary",
    ]) {
      expect(text(key), key).toBe(auxiliary);
    }
    expect(text("charts.mode.auxiliary")).toBe(
      text("charts.runtime.auxiliary")
    );
    expect(text("charts.band.hot_water")).toBe(text("events.hot_water.done"));
  });

  it("knows every name that is asked for", () => {
    const unresolved = [...catalogue(tree)].filter(([, value]) =>
      value.includes("{@")
    );
    expect(unresolved).toEqual([]);
  });

  it("has the same keys as English", () => {
    const plural = (key: string) => key.replace(/\.(one|other)$/, "");
    const keys = (each: Tree) =>
      [...new Set(leaves(each).map(([key]) => plural(key)))].sort();
    expect(keys(tree)).toEqual(keys(en as Tree));
  });
});
