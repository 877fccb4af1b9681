/** Leaves out the parts of ECharts that no option of ours can reach, but its core imports. */
import type { Plugin } from "vite";

const NOTHING = "export default () => undefined;";
const EMPTY = "export default {};";
const CLASS = "export default class {}";

const UNREACHABLE: Record<string, string> = {
  // Options of ECharts 2 to 5.
  "preprocessor/backwardCompat": NOTHING,
  "legacy/dataSelectAction":
    "export const createLegacyDataSelectAction = () => undefined;" +
    "export const handleLegacySelectEvents = () => undefined;",
  // Our colours come from Home Assistant's theme, our texts from our own files.
  "theme/dark": EMPTY,
  "i18n/langZH": EMPTY,
  // Nothing is animated, no axis is logarithmic, tooltips are HTML, data come as they are drawn.
  "chart/line/lineAnimationDiff": NOTHING,
  "scale/Log": CLASS,
  "component/tooltip/TooltipRichContent": CLASS,
  "data/helper/transform":
    "export class ExternalSource {}" +
    "export const registerExternalTransform = () => undefined;" +
    "export const applyDataTransform = () => [];",
  // Hatches are pictures of our own; every node of the Sankey has its colour and its place.
  "util/decal": "export const createOrUpdatePatternFromDecal = () => null;",
  "visual/VisualMapping":
    "export default class { mapValueToVisual() { return undefined; } }",
  "component/helper/RoamController":
    "export default class { enable() {} disable() {} dispose() {} on() { return this; } off() { return this; } }",
};

const inEcharts = /[\\/]echarts[\\/]lib[\\/](.+)\.js$/;

/** Fails where a new version of ECharts no longer has one of the files. */
export const leanEcharts = (): Plugin => {
  const left = new Set<string>();
  return {
    name: "lean-echarts",
    apply: "build",
    enforce: "pre",
    buildStart() {
      left.clear();
    },
    load: {
      filter: { id: inEcharts },
      handler(id) {
        const name = inEcharts.exec(id)?.[1]?.replaceAll("\\", "/") ?? "";
        const code = UNREACHABLE[name];
        if (code === undefined) return null;
        left.add(name);
        return { code, moduleSideEffects: false };
      },
    },
    buildEnd(error) {
      const missed = Object.keys(UNREACHABLE).filter((name) => !left.has(name));
      if (!error && missed.length) {
        this.error(`ECharts no longer has ${missed.join(", ")}`);
      }
    },
  };
};
