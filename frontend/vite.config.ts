import { defineConfig } from "vite";
import { leanStylesPlugin } from "./build/lean-styles.js";

/** Pages and cards show themselves with these; in small parts they would be larger. */
const SHARED =
  /\/src\/(components|charts|data|format|theme)\/|panel\/(derived|footnotes|period-name)|\/@mdi\//;
/** What comes with a click. */
const APART =
  /date-range|explanations|view-table|\/echarts-|format\/calendar|home-look|state-tokens/;
/** What every page of Home Assistant has already. */
const BASE =
  /\/src\/(i18n|ha)\/|kpi\/names|data\/(range|session|period)\.ts|preload-helper/;

/**
 * The panel's bundle: application mode (library mode would keep white space),
 * hashed names everywhere, since a query on the entry does not reach its chunks.
 */
export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [leanStylesPlugin()],
  build: {
    outDir: "../custom_components/heatpump_dashboard/frontend",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    // What imports what; `build/finish.mjs` reads it and takes it away.
    manifest: "chunks.json",
    // Languages stay files of their own.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      input: {
        panel: "src/panel/panel.ts",
        "cards-loader": "src/cards/cards-loader.ts",
      },
      preserveEntrySignatures: "strict",
      output: {
        format: "es",
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash].[ext]",
        codeSplitting: {
          groups: [
            { name: "lit", test: /\/node_modules\/(@?lit|@lit)/, priority: 3 },
            { name: "base", test: BASE, priority: 2 },
            {
              name: "view",
              test: (module) => SHARED.test(module) && !APART.test(module),
              priority: 1,
            },
          ],
        },
      },
    },
  },
});
