/** The languages, one JSON file each, fetched when somebody reads them; English is the fallback. */
import { catalogue, textOf } from "./text.js";
import type { Text, Tree } from "./text.js";

const FILES = import.meta.glob<string>("./*.json", {
  query: "?url",
  import: "default",
  eager: true,
});

const ENGLISH = "en";
const known = new Map<string, Promise<Text>>();

const file = (language: string) => FILES[`./${language}.json`];

const read = async (language: string): Promise<Text> => {
  const response = await fetch(file(language) ?? "");
  if (!response.ok) throw new Error(`${language}: ${response.status}`);
  return textOf(catalogue((await response.json()) as Tree), language);
};

/** Kept once read; what failed is asked for again the next time. */
const fetched = (language: string): Promise<Text> => {
  const reading = known.get(language) ?? read(language);
  known.set(language, reading);
  reading.catch(() => known.delete(language));
  return reading;
};

/** The texts in `language` ("sv-SE" is "sv"); never fails: without any file the keys must do. */
export const createText = async (language: string): Promise<Text> => {
  const base = language.split("-")[0] ?? ENGLISH;
  try {
    return await fetched(file(base) === undefined ? ENGLISH : base);
  } catch {
    return fetched(ENGLISH).catch(() => textOf(new Map(), ENGLISH));
  }
};
