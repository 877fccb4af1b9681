/** The languages, one JSON file each, fetched when somebody reads them; English is the fallback. */
import { setReplaced } from "../ha/replaced.js";
import { catalogue, textOf } from "./text.js";
import type { Text, Tree } from "./text.js";

const FILES = import.meta.glob<string>("./*.json", {
  query: "?url",
  import: "default",
  eager: true,
});

const ENGLISH = "en";
/** Where no language can be fetched there is one thing to say. */
const WITHOUT_FILE = new Map([
  [
    "replaced.text",
    "The integration was updated. Restart Home Assistant, then reload this page.",
  ],
]);
const known = new Map<string, Promise<Text>>();

const file = (language: string) => FILES[`./${language}.json`];

const read = async (language: string): Promise<Text> => {
  const response = await fetch(file(language) ?? "");
  if (response.status === 404) setReplaced(true);
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
    return fetched(ENGLISH).catch(() => textOf(WITHOUT_FILE, ENGLISH));
  }
};
