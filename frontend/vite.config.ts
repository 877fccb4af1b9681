import { defineConfig } from "vite";
import { leanEcharts } from "./build/lean-echarts.js";
import { leanPreload } from "./build/lean-preload.js";
import { leanTemplates } from "./build/lean-templates.js";

/**
 * The panel's bundle: application mode (library mode would keep white space),
 * hashed names everywhere, since a query on the entry does not reach its chunks.
 * `--mode loud`: parts of ECharts that were left out throw where they are reached nevertheless.
 */
export default defineConfig(({ mode }) => ({
  base: "./",
  publicDir: false,
  plugins: [
    leanTemplates(),
    leanPreload(),
    leanEcharts({ loud: mode === "loud" }),
  ],
  build: {
    outDir: "../custom_components/heatpump_dashboard/frontend",
    emptyOutDir: true,
    target: "es2022",
    minify: "terser",
    terserOptions: {
      module: true,
      compress: { passes: 3, unsafe_arrows: true },
    },
    modulePreload: { polyfill: false },
    // Languages stay files of their own.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      input: {
        panel: "src/panel/heatpump-dashboard-panel.ts",
        "cards-loader": "src/cards/cards-loader.ts",
      },
      preserveEntrySignatures: "strict",
      output: {
        format: "es",
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash].[ext]",
      },
    },
  },
}));
