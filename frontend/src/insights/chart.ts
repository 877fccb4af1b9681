/** What a card draws: a picture with axes, bars with names, or methods beside each other. */
import type { Look } from "../components/context.js";
import type { PumpInfo } from "../data/types.js";
import type { Axis, Color, Plot } from "./plot.js";
import type { Explained } from "./types.js";

export interface ShareRow {
  name: string;
  aside?: string;
  value: string;
  beside?: string;
  /** Of the longest. */
  share: number;
  color: Color;
  hatched: boolean;
}

export interface Shares {
  kind: "shares";
  rows: readonly ShareRow[];
}

export interface Method {
  name: string;
  value: number;
  /** Twice the standard error. */
  margin: number;
  together: boolean;
}

export interface Whiskers {
  kind: "whiskers";
  methods: readonly Method[];
  /** What is used now. */
  used: { at: number; label: string } | null;
  name: string;
  axis: Axis;
}

export type Chart = Plot | Shares | Whiskers;

export interface Asked {
  insight: Explained;
  look: Look;
  info: PumpInfo;
  /** As the slider of a card says, K. */
  shift: number;
  /** In the detail there is room for more. */
  large: boolean;
}

export type Draw = (asked: Asked) => Chart | null;
