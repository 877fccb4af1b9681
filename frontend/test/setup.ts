/** Serves the languages' files, as Home Assistant does. */
import { existsSync, readFileSync } from "node:fs";

const root = `${import.meta.dirname}/..`;

globalThis.fetch = (path) => {
  const file = root + (path as string);
  return Promise.resolve(
    existsSync(file)
      ? new Response(readFileSync(file, "utf8"))
      : new Response(null, { status: 404 })
  );
};
