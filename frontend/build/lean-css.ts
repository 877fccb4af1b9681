/** Leaves comments and indentation out of what is tagged as css; nothing else is touched. */
import type { Plugin } from "vite";

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value;

/** The texts of all templates with the tag `css`, in the order of the source. */
const texts = (node: Node): Node[] => {
  const { type, tag, quasi } = node;
  const isCss =
    type === "TaggedTemplateExpression" && isNode(tag) && tag.name === "css";
  const own = isCss && isNode(quasi) ? (quasi.quasis as Node[]) : [];
  const inside = Object.values(node).flat().filter(isNode).flatMap(texts);
  return [...own, ...inside];
};

/** White space between two lines of CSS means nothing: no string goes over the end of a line. */
export const lean = (css: string): string =>
  css.replace(/\/\*.*?\*\//gs, "").replace(/\n\s+/g, "\n");

export const leanCss = (): Plugin => ({
  name: "lean-css",
  apply: "build",
  enforce: "post",
  transform(code) {
    if (!code.includes("css`")) return null;
    let result = "";
    let copied = 0;
    const found = texts(this.parse(code) as unknown as Node);
    for (const { start, end, value } of found.sort(
      (a, b) => a.start - b.start
    )) {
      const { raw } = value as { raw: string };
      if (code.slice(start, end) !== raw)
        this.error("A template is not where it is said to be");
      result += code.slice(copied, start) + lean(raw);
      copied = end;
    }
    return { code: result + code.slice(copied), map: null };
  },
});
