/** After Vite: compressed siblings, the manifest Python reads, and the size budget. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const BUDGET_BYTES = 190_000;
/** Fetched with every page of Home Assistant: the loader, and the elements of the cards after it. */
const LOADER_BUDGET_BYTES = 3_000;
const EVERY_PAGE_BUDGET_BYTES = 8_000;
const output = new URL(
  "../../custom_components/heatpump_dashboard/frontend/",
  import.meta.url
).pathname;

const brotli = (data) =>
  brotliCompressSync(data, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    },
  });

const built = readdirSync(output).sort();
const files = built.filter((name) => name.endsWith(".js"));
const languages = built.filter((name) => name.endsWith(".json"));

for (const name of languages) {
  const path = join(output, name);
  writeFileSync(path, JSON.stringify(JSON.parse(readFileSync(path, "utf8"))));
}

const sizes = {};
for (const name of [...files, ...languages]) {
  const data = readFileSync(join(output, name));
  const small = brotli(data);
  writeFileSync(join(output, `${name}.br`), small);
  writeFileSync(join(output, `${name}.gz`), gzipSync(data, { level: 9 }));
  sizes[name] = small.length;
  console.log(
    `${name}: ${(data.length / 1000).toFixed(1)} kB, brotli ${(small.length / 1000).toFixed(1)} kB`
  );
}

const entry = (name) => {
  const found = files.find(
    (file) => /^(.+)-[\w-]{8}\.js$/.exec(file)?.[1] === name
  );
  if (!found) throw new Error(`The build has no ${name}-<hash>.js`);
  return found;
};
/** A chunk and all that it imports at once. */
const withImports = (name, found = new Set()) => {
  if (found.has(name)) return found;
  found.add(name);
  const code = readFileSync(join(output, name), "utf8");
  for (const [, other] of code.matchAll(/\b(?:from|import)"\.\/([^"]+)"/g)) {
    withImports(other, found);
  }
  return found;
};

const panel = entry("panel");
const cards = entry("cards-loader");
const everyPage = withImports(entry("cards"), withImports(cards));
// The entry's hash covers the chunks too, since their hashed names are in it.
const version = panel.slice("panel-".length, -".js".length);
writeFileSync(
  join(output, "manifest.json"),
  `${JSON.stringify({ version, panel, cards, files, languages }, null, 2)}\n`
);

const budgets = [
  ["All JavaScript", files, BUDGET_BYTES],
  ["The cards' loader", [cards], LOADER_BUDGET_BYTES],
  ["Every page", [...everyPage], EVERY_PAGE_BUDGET_BYTES],
];
for (const [what, names, budget] of budgets) {
  const size = names.reduce((sum, name) => sum + sizes[name], 0);
  console.log(
    `${what}: brotli ${(size / 1000).toFixed(1)} kB of ${budget / 1000} kB`
  );
  if (size > budget) {
    console.error("Over the size budget");
    process.exitCode = 1;
  }
}
