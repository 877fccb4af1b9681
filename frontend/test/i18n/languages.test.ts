import { readdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type * as Languages from "../../src/i18n/languages.js";
import { catalogue } from "../../src/i18n/text.js";
import type { Catalogue, Tree } from "../../src/i18n/text.js";

const FOLDER = `${import.meta.dirname}/../../src/i18n`;

const served = globalThis.fetch;
let createText: typeof Languages.createText;
let createTextWith: typeof Languages.createTextWith;

/** Serves no file of these languages. */
const without = (...languages: string[]) =>
  vi.fn<typeof fetch>((path) =>
    languages.some((each) => (path as string).endsWith(`${each}.json`))
      ? Promise.resolve(new Response("", { status: 404 }))
      : served(path)
  );

beforeEach(async () => {
  vi.resetModules();
  ({ createText, createTextWith } =
    await import("../../src/i18n/languages.js"));
});

afterEach(() => {
  globalThis.fetch = served;
});

describe("the files", () => {
  it.each(readdirSync(FOLDER).filter((name) => name.endsWith(".json")))(
    "%s says nothing twice",
    (name) => {
      // Of a key that stands there twice only the last is read.
      const raw = readFileSync(`${FOLDER}/${name}`, "utf8");
      expect(`${JSON.stringify(JSON.parse(raw), null, 2)}\n`).toBe(raw);
    }
  );
});

describe("createText", () => {
  it("speaks the language of the user, wherever it is spoken", async () => {
    expect((await createText("sv"))("panel.title")).toBe("Värmepump");
    expect((await createText("sv-SE"))("panel.title")).toBe("Värmepump");
    expect((await createText("en-GB"))("panel.title")).toBe("Heat pump");
  });

  it("speaks English where it does not know the language", async () => {
    expect((await createText("xx-YY"))("panel.title")).toBe("Heat pump");
  });

  it("reads a language once", async () => {
    globalThis.fetch = without();
    await Promise.all([createText("sv"), createText("sv-FI")]);
    expect(globalThis.fetch).toHaveBeenCalledOnce();
  });

  it("speaks English where a language cannot be fetched, and tries again", async () => {
    globalThis.fetch = without("sv");
    expect((await createText("sv"))("panel.title")).toBe("Heat pump");
    globalThis.fetch = served;
    expect((await createText("sv"))("panel.title")).toBe("Värmepump");
  });

  it("shows the keys where nothing at all can be fetched", async () => {
    globalThis.fetch = without("sv", "en");
    expect((await createText("sv"))("panel.title")).toBe("panel.title");
  });
});

describe("createTextWith", () => {
  it("speaks of a page what is in its own file", async () => {
    const key = "insights.question.house";
    const [now, page] = [
      await createText("sv"),
      await createTextWith("sv", "insights"),
    ];
    expect(now(key)).toBe(key);
    expect(page(key)).toBe("Hur mycket värme behöver huset?");
    expect(page("panel.title")).toBe("Värmepump");
  });

  it("speaks one language, and knows when it has none", async () => {
    globalThis.fetch = without("sv.history");
    const text = await createTextWith("sv", "history");
    expect(text("panel.title")).toBe("Heat pump");
    globalThis.fetch = without("sv.insights", "en.insights");
    await expect(createTextWith("sv", "insights")).rejects.toThrow();
  });
});

const PLURAL = /\.(zero|one|two|few|many|other)$/;

const read = (name: string): Catalogue =>
  catalogue(JSON.parse(readFileSync(`${FOLDER}/${name}`, "utf8")) as Tree);

/** Keys as they are asked for: the plural forms of a language are its own. */
const keys = (entries: Catalogue) =>
  [
    ...new Set([...entries.keys()].map((key) => key.replace(PLURAL, ""))),
  ].sort();

const places = (sentence: string | undefined) =>
  [...(sentence ?? "").matchAll(/\{\w+\}/g)].map(String).sort();

describe("the languages", () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));
  const english = (name: string) => read(name.replace(/^\w+/, "en"));

  it("include English and Swedish, of every page", () => {
    const names = ["en", "sv"].flatMap((language) =>
      ["", ".history", ".insights"].map((part) => `${language}${part}.json`)
    );
    expect(files).toEqual(expect.arrayContaining(names));
  });

  it.each(files)("%s has the texts of all others, and no more", (name) => {
    expect(keys(read(name))).toEqual(keys(english(name)));
  });

  it.each(files)(
    "%s fills in the same places, and no text is empty",
    (name) => {
      const base = english(name);
      for (const [key, sentence] of read(name)) {
        expect(sentence.trim(), key).not.toBe("");
        if (PLURAL.test(key)) continue;
        expect(places(sentence), key).toEqual(places(base.get(key)));
      }
    }
  );
});
