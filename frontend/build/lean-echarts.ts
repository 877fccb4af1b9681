/** Leaves out the parts of ECharts that no option of ours can reach, but its core imports. */
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { functionsOf } from "./functions.js";

const NOTHING = "export default () => undefined;";
const EMPTY = "export default {};";
const CLASS = "export default class {}";

/** Files that are replaced. */
const REPLACED: Record<string, string> = {
  // Options of ECharts 2 to 5.
  "echarts/preprocessor/backwardCompat": NOTHING,
  "echarts/legacy/dataSelectAction":
    "export const createLegacyDataSelectAction = () => undefined;" +
    "export const handleLegacySelectEvents = () => undefined;",
  // Our colours come from Home Assistant's theme, our texts from our own files.
  "echarts/theme/dark": EMPTY,
  "echarts/i18n/langEN":
    "const names = []; export default { time:" +
    " { month: names, monthAbbr: names, dayOfWeek: names, dayOfWeekAbbr: names } };",
  "echarts/i18n/langZH": EMPTY,
  "echarts/loading/default": NOTHING,
  // Nothing is animated, no axis is logarithmic, tooltips are HTML, data come as they are drawn.
  "zrender/animation/easing": EMPTY,
  "echarts/chart/line/lineAnimationDiff": NOTHING,
  "echarts/scale/Log": CLASS,
  "echarts/component/tooltip/TooltipRichContent": CLASS,
  "echarts/data/helper/transform":
    "export class ExternalSource {}" +
    "export const registerExternalTransform = () => undefined;" +
    "export const applyDataTransform = () => [];",
  // Hatches are pictures of our own; every node of the Sankey has its colour and its place.
  "echarts/util/decal":
    "export const createOrUpdatePatternFromDecal = () => null;",
  "echarts/visual/VisualMapping":
    "export default class { mapValueToVisual() { return undefined; } }",
  "echarts/component/helper/RoamController":
    "export default class { enable() {} disable() {} dispose() {} on() { return this; } off() { return this; } }",
};

/**
 * Functions that are emptied, by file: `name`, or `Class.method`. A file's name begins a line, its
 * functions are indented below it.
 */
const readEmptied = (): Map<string, Set<string>> => {
  const emptied = new Map<string, Set<string>>();
  let names = new Set<string>();
  const text = readFileSync(new URL("unreached.txt", import.meta.url), "utf8");
  for (const line of text.split("\n")) {
    const words = line.trim().split(/\s+/);
    if (/^\w/.test(line)) emptied.set(line.trim(), (names = new Set()));
    else for (const word of words) if (word) names.add(word);
  }
  return emptied;
};

const inLibrary = /[\\/](echarts|zrender)[\\/]lib[\\/](.+)\.js$/;

const nameOf = (id: string): string => {
  const [, library = "", path = ""] = inLibrary.exec(id) ?? [];
  return `${library}/${path.replaceAll("\\", "/")}`;
};

/**
 * `loud`: what was emptied throws where it is reached nevertheless, to find out.
 * Fails where a new version of ECharts no longer has one of the files or functions.
 */
export const leanEcharts = ({ loud = false } = {}): Plugin => {
  const emptied = readEmptied();
  const missed = new Set<string>();
  return {
    name: "lean-echarts",
    apply: "build",
    enforce: "pre",
    buildStart() {
      for (const name of Object.keys(REPLACED)) missed.add(name);
      for (const name of emptied.keys()) missed.add(name);
    },
    load: {
      filter: { id: inLibrary },
      handler(id) {
        const code = REPLACED[nameOf(id)];
        if (code === undefined) return null;
        missed.delete(nameOf(id));
        return { code, moduleSideEffects: false };
      },
    },
    transform: {
      filter: { id: inLibrary },
      handler(code, id) {
        const file = nameOf(id);
        const names = emptied.get(file);
        if (!names) return null;
        missed.delete(file);
        const found = functionsOf(this.parse(code)).filter(({ name }) =>
          names.has(name)
        );
        for (const name of names) {
          if (found.filter((each) => each.name === name).length !== 1) {
            missed.add(`${file} ${name}`);
          }
        }
        let lean = "";
        let place = 0;
        for (const { name, start, end } of found) {
          // A function within one that was emptied is gone.
          if (start < place) continue;
          const body = loud ? `{throw new Error("Left out: ${name}")}` : "{}";
          lean += code.slice(place, start) + body;
          place = end;
        }
        return { code: lean + code.slice(place), map: null };
      },
    },
    buildEnd(error) {
      if (!error && missed.size) {
        this.error(`ECharts no longer has ${[...missed].join(", ")}`);
      }
    },
  };
};
