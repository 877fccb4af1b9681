/** After Vite: compressed siblings, the manifest Python reads, and the size budgets. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const PANEL = "src/panel/panel.ts";
const LOADER = "src/cards/cards-loader.ts";
const CARDS = "src/cards/cards.ts";
/** Pages that only they fetch who look at them. */
const HISTORY = "src/history/history-page.ts";
const INSIGHTS = "src/insights/insights-page.ts";
/** The first line of Now, which comes after the first picture. */
const VERDICT = "src/insights/verdict-line.ts";
/** What the browser's own "Print" takes, which waits for nothing; Now fetches it after that. */
const PAPER = "src/print/paper.ts";
const output = new URL(
  "../../custom_components/heatpump_dashboard/frontend/",
  import.meta.url
).pathname;

const read = (name) => readFileSync(join(output, name), "utf8");

const brotli = (data) =>
  brotliCompressSync(data, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    },
  });

/** Vite's own account of its chunks, by module: `file`, `imports`, `dynamicImports`. */
const chunks = JSON.parse(read("chunks.json"));
rmSync(join(output, "chunks.json"));

const built = readdirSync(output).sort();
const files = built.filter((name) => name.endsWith(".js"));
const languages = built.filter((name) => name.endsWith(".json"));

for (const name of languages) {
  writeFileSync(join(output, name), JSON.stringify(JSON.parse(read(name))));
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

const chunk = (module) => {
  const found = chunks[module];
  if (!found) throw new Error(`The build has no chunk of ${module}`);
  return found;
};

/** What nobody fetches who does not ask for it: with a click of its own. */
const ON_REQUEST = [
  "src/components/date-range/date-range.ts",
  "src/components/explain/explanations.ts",
  "src/components/view-table.ts",
  "src/export/export.ts",
  "src/insights/letter-dialog.ts",
  HISTORY,
  INSIGHTS,
  VERDICT,
  PAPER,
  "src/print/print-page.ts",
];
/** Of these, what is a load of its own. */
const APART = [HISTORY, INSIGHTS, VERDICT, PAPER];

/** The files of a module: its own and those it imports, also those `later` where wanted. */
const filesOf = (module, later, found = new Set()) => {
  const { file, imports = [], dynamicImports = [] } = chunk(module);
  if (found.has(file) || ON_REQUEST.includes(module)) return found;
  found.add(file);
  for (const other of later ? [...imports, ...dynamicImports] : imports) {
    filesOf(other, later, found);
  }
  return found;
};

/** The files of a module, and of what it imports, that Now has not. */
const withoutNow = (module) => {
  const now = filesOf(PANEL, true);
  const { file, imports = [] } = chunk(module);
  const files = imports.reduce(
    (found, each) => filesOf(each, false, found),
    new Set([file])
  );
  return [...files].filter((each) => !now.has(each));
};

/** The texts of Now in each language, and those of the pages that have their own. */
const TEXTS = { now: 9_000, history: 3_000, insights: 8_000 };

/** What is loaded on an occasion, and how large it may be (bytes, brotli). */
const LOADS = {
  now: { files: filesOf(PANEL, true), budget: 240_000 },
  on_request: {
    files: new Set(
      ON_REQUEST.filter((module) => !APART.includes(module)).flatMap(withoutNow)
    ),
    budget: 20_000,
  },
  /** Beside Now, of which it takes parts. */
  history: { files: withoutNow(HISTORY), budget: 40_000 },
  insights: { files: withoutNow(INSIGHTS), budget: 30_000 },
  verdict: { files: withoutNow(VERDICT), budget: 5_000 },
  paper: { files: withoutNow(PAPER), budget: 2_000 },
  cards_loader: { files: [chunk(LOADER).file], budget: 3_000 },
  // Of Home Assistant: the loader, and the elements of the cards after it.
  every_page: {
    files: filesOf(CARDS, false, filesOf(LOADER, false)),
    budget: 8_000,
  },
};

const panel = chunk(PANEL).file;
// The entry's hash covers the chunks too, since their hashed names are in it.
const version = panel.slice("panel-".length, -".js".length);
const loads = Object.fromEntries(
  Object.entries(LOADS).map(([name, load]) => [name, [...load.files].sort()])
);
const manifest = {
  version,
  panel,
  cards: chunk(LOADER).file,
  files,
  languages,
  loads,
};
writeFileSync(
  join(output, "manifest.json"),
  `${JSON.stringify(manifest, null, 2)}\n`
);

for (const [name, { files, budget }] of Object.entries(LOADS)) {
  const size = [...files].reduce((sum, file) => sum + sizes[file], 0);
  console.log(
    `${name}: brotli ${(size / 1000).toFixed(1)} kB of ${budget / 1000} kB`
  );
  if (size > budget) {
    console.error("Over the size budget");
    process.exitCode = 1;
  }
}

for (const name of languages) {
  const [, page = "now"] = /^\w+\.(\w+)/.exec(name) ?? [];
  if (sizes[name] > TEXTS[page]) {
    console.error(`${name} is over its budget of ${TEXTS[page] / 1000} kB`);
    process.exitCode = 1;
  }
}
