/** Each page says only what is in the files that it reads. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Part } from "../../src/i18n/languages.js";
import { catalogue } from "../../src/i18n/text.js";
import type { Tree } from "../../src/i18n/text.js";

const SOURCE = resolve(import.meta.dirname, "../../src");

const keysOf = (file: string): string[] => {
  const path = `${SOURCE}/i18n/${file}.json`;
  return [...catalogue(JSON.parse(readFileSync(path, "utf8")) as Tree).keys()];
};

const NOW = keysOf("en");
const OWN: Record<Part, string[]> = {
  history: keysOf("en.history"),
  insights: keysOf("en.insights"),
};
const ALL = [...NOW, ...Object.values(OWN).flat()];

/** Where a page begins, and whose texts it has beside those of Now. */
const PAGES: Record<string, { begins: string[]; parts: Part[] }> = {
  now: {
    begins: [
      ...["panel/heatpump-dashboard-panel.ts", "insights/verdict-line.ts"],
      ...["components/view-table.ts", "components/date-range/date-range.ts"],
      ...["export/export.ts", "print/print-page.ts", "print/paper.ts"],
      "components/explain/explanations.ts",
    ],
    parts: [],
  },
  cards: { begins: ["cards/cards.ts", "cards/contents.ts"], parts: [] },
  history: { begins: ["history/history-page.ts"], parts: ["history"] },
  insights: { begins: ["insights/insights-page.ts"], parts: ["insights"] },
};

/** Elements that a page hands to a part with texts of its own; and forms, which read theirs. */
const APART: Record<string, Part[]> = {
  "history/history-part.ts": ["history"],
  "insights/insight-part.ts": ["insights"],
  "cards/form.ts": ["history", "insights"],
};

const IMPORT = /^(?:import|export) (?!type)(?:[^;]*? from )?"(\.[^"]+)\.js"/gm;

/** The modules that a page is made of, without what is a part of its own. */
const modulesOf = (begins: readonly string[]): string[] => {
  const found = new Set<string>();
  const follow = (path: string): void => {
    const name = relative(SOURCE, path);
    if (found.has(path) || name in APART || !existsSync(path)) return;
    found.add(path);
    for (const [, other = ""] of readFileSync(path, "utf8").matchAll(IMPORT))
      follow(resolve(dirname(path), `${other}.ts`));
  };
  for (const begin of begins) follow(resolve(SOURCE, begin));
  return [...found];
};

const TOP = [...new Set(ALL.map((key) => key.split(".")[0]))].join("|");
const KEY = new RegExp(`["\`]((?:${TOP})\\.[\\w.]*)([$"\`])`, "g");

/** The keys that a module names; of one that goes on with a value, all it can become. */
const namedIn = (path: string): string[] =>
  [...readFileSync(path, "utf8").matchAll(KEY)].flatMap(
    ([, key = "", end = ""]) => {
      const some = ALL.filter((each) =>
        end === "$"
          ? each.startsWith(key)
          : each === key || each.startsWith(`${key}.`)
      );
      // A text that is nowhere is on no page.
      return some.length || key.endsWith(".") ? some : [key];
    }
  );

const missing = (modules: readonly string[], parts: readonly Part[]) => {
  const known = new Set([...NOW, ...parts.flatMap((part) => OWN[part])]);
  return modules.flatMap((path) =>
    namedIn(path)
      .filter((key) => !known.has(key))
      .map((key) => `${relative(SOURCE, path)}: ${key}`)
  );
};

describe("the texts of a page", () => {
  it.each(Object.entries(PAGES))("are in its files: %s", (_, page) => {
    const modules = modulesOf(page.begins);
    expect(modules.length).toBeGreaterThan(10);
    expect(missing(modules, page.parts)).toEqual([]);
  });

  it.each(Object.entries(APART))("are in its files: %s", (name, parts) => {
    expect(missing([resolve(SOURCE, name)], parts)).toEqual([]);
  });

  it("would be missed in a file that is not read there", () => {
    const modules = modulesOf(PAGES.history?.begins ?? []);
    expect(missing(modules, []).length).toBeGreaterThan(100);
    expect(missing(modules, ["insights"]).length).toBeGreaterThan(100);
  });

  it("stand in one file each", () => {
    expect(new Set(ALL).size).toBe(ALL.length);
  });
});
