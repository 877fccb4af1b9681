import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    environment: "happy-dom",
    setupFiles: ["test/setup.ts"],
    // A busy machine is no failure: this is for what never ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { TZ: "Etc/UTC" },
  },
});
