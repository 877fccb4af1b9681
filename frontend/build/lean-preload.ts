/** Vite's helper for chunks also preloads style sheets and fires events; ours has scripts only. */
import type { Plugin } from "vite";

const HELPER = `const asked = new Set();
export const __vitePreload = (load, names = [], base) => {
  for (const name of names) {
    const { href } = new URL(name, base);
    if (asked.has(href)) continue;
    asked.add(href);
    document.head.append(
      Object.assign(document.createElement("link"), { rel: "modulepreload", href })
    );
  }
  return load();
};`;

export const leanPreload = (): Plugin => ({
  name: "lean-preload",
  apply: "build",
  enforce: "pre",
  load: {
    filter: { id: /vite\/preload-helper\.js$/ },
    handler: () => HELPER,
  },
});
