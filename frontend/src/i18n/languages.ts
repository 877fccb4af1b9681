/**
 * The languages, each a JSON file of what Now and the cards say and one more for each page that has
 * its own, fetched when somebody reads them; English is the fallback.
 */
import { setGone } from "../ha/replaced.js";
import { catalogue, textOf } from "./text.js";
import type { Text, Tree } from "./text.js";

const FILES = import.meta.glob<string>("./*.json", {
  query: "?url",
  import: "default",
  eager: true,
});

/** Pages whose texts are in files of their own. */
export const PARTS = ["history", "insights"] as const;
export type Part = (typeof PARTS)[number];

const ENGLISH = "en";
/** Where no language can be fetched there is one thing to say. */
const WITHOUT_FILE = new Map([
  [
    "replaced.text",
    "The integration was updated. Restart Home Assistant, then reload this page.",
  ],
]);
const known = new Map<string, Promise<Tree>>();

const file = (name: string) => FILES[`./${name}.json`];

const read = async (name: string): Promise<Tree> => {
  const address = file(name) ?? "";
  const response = await fetch(address);
  if (response.status === 404) setGone(address);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return (await response.json()) as Tree;
};

/** Kept once read; what failed is asked for again the next time. */
const fetched = (name: string): Promise<Tree> => {
  const reading = known.get(name) ?? read(name);
  known.set(name, reading);
  reading.catch(() => known.delete(name));
  return reading;
};

const textIn = async (
  language: string,
  parts: readonly Part[]
): Promise<Text> => {
  const names = [language, ...parts.map((part) => `${language}.${part}`)];
  const trees = await Promise.all(names.map(fetched));
  return textOf(catalogue(...trees), language);
};

/** The texts in `language` ("sv-SE" is "sv") with those of `parts`; throws where English fails too. */
export const createTextWith = async (
  language: string,
  ...parts: Part[]
): Promise<Text> => {
  const base = language.split("-")[0] ?? ENGLISH;
  try {
    return await textIn(file(base) === undefined ? ENGLISH : base, parts);
  } catch {
    return textIn(ENGLISH, parts);
  }
};

/** In place of texts that cannot be fetched: the keys. */
export const NO_TEXT = textOf(WITHOUT_FILE, ENGLISH);

/** The texts of Now and the cards; never fails: without any file the keys must do. */
export const createText = (language: string): Promise<Text> =>
  createTextWith(language).catch(() => NO_TEXT);
