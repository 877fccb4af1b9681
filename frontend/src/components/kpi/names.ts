/** Which figures there are; beside their builders, for those who only name them. */
import type { Kpi } from "./figures.js";

/** A table, so that none is forgotten. */
const ALL: Record<Kpi["key"], true> = {
  cop: true,
  heat: true,
  electricity: true,
  compressor: true,
  auxiliary: true,
  temperatures: true,
};

/** In the order of the page. */
export const FIGURES = Object.keys(ALL) as Kpi["key"][];
