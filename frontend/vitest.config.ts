import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    environment: "happy-dom",
    setupFiles: ["test/setup.ts"],
    env: { TZ: "Etc/UTC" },
    // Also on a machine that does something else.
    testTimeout: 20_000,
  },
});
