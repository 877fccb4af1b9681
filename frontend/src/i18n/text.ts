/**
 * Sentences by key, with `{name}` places and plural forms. What a thing is called stands once, in the
 * table `name`; `{@name.auxiliary}` is that name wherever it is written. Pure.
 */

/** `write` is how numbers are written; what is no number of something comes as a word. */
export type Text = (
  key: string,
  values?: Record<string, string | number>,
  write?: (value: number) => string
) => string;

/** What a language's file holds. */
export interface Tree {
  [key: string]: string | Tree;
}

const flatten = (tree: Tree, prefix = ""): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[prefix + key, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`)
  );

export type Catalogue = ReadonlyMap<string, string>;

/** The texts of files that are read together. */
export const catalogue = (...trees: Tree[]): Catalogue => {
  const entries = new Map(trees.flatMap((tree) => flatten(tree)));
  const named = (sentence: string) =>
    sentence.replace(
      /\{@([\w.]+)\}/g,
      (place, key: string) => entries.get(key) ?? place
    );
  return new Map([...entries].map(([key, value]) => [key, named(value)]));
};

/**
 * The text function of a catalogue. With a number `count` the plural form `key.one`,
 * `key.other`, … is taken where there is one. An unknown key shows itself.
 */
export const textOf = (entries: Catalogue, language: string): Text => {
  const plural = new Intl.PluralRules(language);
  return (key, values = {}, write = String) => {
    const { count } = values;
    const sentence =
      (typeof count === "number"
        ? entries.get(`${key}.${plural.select(count)}`)
        : undefined) ??
      entries.get(key) ??
      entries.get(`${key}.other`);
    return sentence === undefined
      ? key
      : sentence.replace(/\{(\w+)\}/g, (place, name: string) => {
          const value = values[name] ?? place;
          return typeof value === "number" ? write(value) : value;
        });
  };
};
