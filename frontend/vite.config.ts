import { defineConfig } from "vite";

/**
 * The panel's bundle: application mode (library mode would keep white space),
 * hashed names everywhere, since a query on the entry does not reach its chunks.
 */
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "../custom_components/heatpump_dashboard/frontend",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { panel: "src/panel/heatpump-dashboard-panel.ts" },
      preserveEntrySignatures: "strict",
      output: {
        format: "es",
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
      },
    },
  },
});
