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
      },
    },
  },
});
