/** Texts of the panel: keys to sentences, with `{name}` places and plural forms. */
import charts from "./charts.en.json";
import english from "./en.json";

export type Text = (
  key: string,
  values?: Record<string, string | number>
) => string;

interface Tree {
  [key: string]: string | Tree;
}

const flatten = (tree: Tree, prefix = ""): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[prefix + key, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`)
  );

export type Catalogue = ReadonlyMap<string, string>;

export const catalogue = (...trees: Tree[]): Catalogue =>
  new Map(trees.flatMap((tree) => flatten(tree)));

const LANGUAGES: Record<string, Catalogue> = {
  en: catalogue(english, charts),
};

/**
 * The text function of a catalogue. With a number `count` the plural form `key.one`,
 * `key.other`, … is taken where there is one. An unknown key shows itself.
 */
export const textOf = (entries: Catalogue, language: string): Text => {
  const plural = new Intl.PluralRules(language);
  return (key, values = {}) => {
    const { count } = values;
    const sentence =
      (typeof count === "number"
        ? entries.get(`${key}.${plural.select(count)}`)
        : undefined) ??
      entries.get(key) ??
      entries.get(`${key}.other`);
    return sentence === undefined
      ? key
      : sentence.replace(/\{(\w+)\}/g, (place, name: string) =>
          name in values ? String(values[name]) : place
        );
  };
};

/** English wherever there is no other language yet. */
export const createText = (language: string): Text => {
  const base = language.split("-")[0] ?? "en";
  const entries = LANGUAGES[base];
  return entries
    ? textOf(entries, base)
    : textOf(LANGUAGES.en ?? new Map<string, string>(), "en");
};
