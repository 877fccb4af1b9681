import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** Elements of Home Assistant that exist whenever the panel is open. */
const ALLOWED = new Set(["ha-menu-button"]);

it("uses no element of Home Assistant that may not be there", () => {
  const folder = `${import.meta.dirname}/../src`;
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(`${folder}/${name}`, "utf8"));
  const used = sources.flatMap((source) =>
    [...source.matchAll(/<((?:ha|hui|hass|state)-[\w-]+)/g)].map(
      ([, tag]) => tag ?? ""
    )
  );
  expect(used).toContain("ha-menu-button");
  expect(used.filter((tag) => !ALLOWED.has(tag))).toEqual([]);
});
