/** The styles of elements without comments and indentation, which no minifier of scripts takes out. */
import type { Plugin } from "vite";

interface Part {
  start: number;
  end: number;
}

interface Node {
  type?: string;
  tag?: { name?: string };
  quasi?: { quasis: Part[] };
}

const STRINGS_OR_COMMENTS = /"[^"\n]*"|'[^'\n]*'|\/\*[\s\S]*?\*\//g;

/** No string of CSS goes over the end of a line: indentation is never inside one. */
export const leanStyles = (styles: string): string =>
  styles
    .replace(STRINGS_OR_COMMENTS, (each) => (each.startsWith("/*") ? "" : each))
    .replace(/\s*\n\s*/g, "\n");

/** What stands between the values of templates of styles, wherever they are in a program. */
const stylesIn = (node: unknown): Part[] => {
  if (typeof node !== "object" || node === null) return [];
  const { type, tag, quasi } = node as Node;
  const isStyles = type === "TaggedTemplateExpression" && tag?.name === "css";
  return [
    ...(isStyles && quasi ? quasi.quasis : []),
    ...Object.values(node).flatMap(stylesIn),
  ];
};

/** A script with lean styles; `program` is its syntax, so that nothing else is touched. */
export const withLeanStyles = (code: string, program: unknown): string =>
  stylesIn(program)
    .toSorted((one, other) => other.start - one.start)
    .reduce(
      (rest, { start, end }) =>
        rest.slice(0, start) +
        leanStyles(rest.slice(start, end)) +
        rest.slice(end),
      code
    );

/** Of our own sources, when they are built. */
export const leanStylesPlugin = (): Plugin => ({
  name: "lean-styles",
  enforce: "post",
  apply: "build",
  transform(code, id) {
    return /\/src\/.*\.ts$/.test(id) && code.includes("css`")
      ? { code: withLeanStyles(code, this.parse(code)), map: null }
      : null;
  },
});
