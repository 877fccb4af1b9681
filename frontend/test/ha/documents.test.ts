import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DOCUMENTS } from "../../src/ha/documents.js";
import { HELP_URL } from "../../src/panel/menu-items.js";

const REPOSITORY = join(import.meta.dirname, "../../..");
const MANIFEST = "custom_components/heatpump_dashboard/manifest.json";

it("leads to the documents of the repository that the manifest names", () => {
  const manifest = readFileSync(join(REPOSITORY, MANIFEST), "utf-8");
  const { documentation } = JSON.parse(manifest) as { documentation: string };
  expect(DOCUMENTS).toBe(`${documentation}/blob/main/docs/`);
  const page = HELP_URL.replace(`${documentation}/blob/main/`, "");
  expect(existsSync(join(REPOSITORY, page))).toBe(true);
});
