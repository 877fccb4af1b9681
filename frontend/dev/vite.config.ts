import { defineConfig } from "vite";

export default defineConfig({
  root: "dev",
  server: { host: "127.0.0.1", port: 5179, strictPort: true },
});
