/** Serves the languages' files, as Home Assistant does. */
import { readFileSync } from "node:fs";

const root = `${import.meta.dirname}/..`;

globalThis.fetch = (path) =>
  Promise.resolve(new Response(readFileSync(root + (path as string), "utf8")));
