/** Takes white space that means nothing out of our templates; nobody else would. */
import type { Plugin } from "vite";

const leanStyles = (styles: string): string =>
  styles
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/\s*([{};,>])\s*/g, "$1")
    .replace(/:\s+/g, ":")
    .replace(/;}/g, "}");

export const leanTemplates = (): Plugin => ({
  name: "lean-templates",
  apply: "build",
  enforce: "pre",
  transform: {
    filter: { id: /[\\/]src[\\/].*\.ts$/ },
    handler: (code) => ({
      code: code
        .replace(
          /\bcss`([^`]*)`/g,
          (_, styles: string) => `css\`${leanStyles(styles)}\``
        )
        .replace(/\n\s+/g, "\n"),
      map: null,
    }),
  },
});
