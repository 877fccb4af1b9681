/** The parts of ECharts, each fetched when it is wanted. */
import type { EChartsType } from "echarts/core";
import { fetched } from "../ha/replaced.js";
import type { ViewResult } from "./types.js";

export type Chunk = ViewResult["chunk"];

export interface Library {
  init: (
    element: HTMLElement,
    theme: null,
    options: { devicePixelRatio: number }
  ) => EChartsType;
}

/** Those that are there. */
export const FETCHED: Partial<Record<Chunk, Library>> = {};

export const LIBRARIES: Record<Chunk, () => Promise<Library>> = {
  line: async () =>
    (FETCHED.line = await fetched(() => import("./echarts-line.js"))),
  flow: async () =>
    (FETCHED.flow = await fetched(() => import("./echarts-flow.js"))),
};

/** Fetches what nearly all charts need, before the first of them knows what to draw. */
export const fetchCharts = (): void => {
  LIBRARIES.line().catch(() => undefined);
};
