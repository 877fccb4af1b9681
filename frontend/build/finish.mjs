/** After Vite: compressed siblings, the manifest Python reads, and the size budget. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const BUDGET_BYTES = 190_000;
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

let total = 0;
for (const name of [...files, ...languages]) {
  const data = readFileSync(join(output, name));
  const small = brotli(data);
  writeFileSync(join(output, `${name}.br`), small);
  writeFileSync(join(output, `${name}.gz`), gzipSync(data, { level: 9 }));
  if (files.includes(name)) total += small.length;
  console.log(
    `${name}: ${(data.length / 1000).toFixed(1)} kB, brotli ${(small.length / 1000).toFixed(1)} kB`
  );
}

const panel = files.find((name) => /^panel-[\w-]+\.js$/.test(name));
if (!panel) throw new Error("The build has no panel-<hash>.js");
// The entry's hash covers the chunks too, since their hashed names are in it.
const version = panel.slice("panel-".length, -".js".length);
writeFileSync(
  join(output, "manifest.json"),
  `${JSON.stringify({ version, panel, files, languages }, null, 2)}\n`
);

console.log(
  `All JavaScript: brotli ${(total / 1000).toFixed(1)} kB of ${BUDGET_BYTES / 1000} kB`
);
if (total > BUDGET_BYTES) {
  console.error("Over the size budget");
  process.exit(1);
}
