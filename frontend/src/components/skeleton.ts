/** Grey shapes of each chart for the time it takes to come. */
import { html, svg } from "lit";
import type { SVGTemplateResult, TemplateResult } from "lit";
import type { View } from "../data/types.js";

const hill = (from: number, to: number, top: number) =>
  svg`<path class="shape" d="M${from} 92V${top + 3}Q${from + (to - from) / 4} ${top - 3} ${(from + to) / 2} ${top}T${to} ${top - 1}V92Z"></path>`;

const lines = [10, 37.3, 64.7, 92].map(
  (y) => svg`<path class="rule" d="M5 ${y}H98"></path>`
);

const hills = svg`${lines}${hill(5, 27, 48)}${hill(32, 56, 46)}${hill(61, 80, 45)}${hill(85, 98, 47)}`;

const waves = svg`${lines}${[24, 44, 72].map(
  (y) =>
    svg`<path class="wave" d="M5 ${y}q8 -10 16 0t16 0t16 0t16 0t16 0t13 -3"></path>`
)}`;

const strips = svg`${lines.slice(0, 3)}<path class="wave" d="M5 40q8 -10 16 0t16 0t16 0t16 0t16 0t13 -3"></path>
  <rect class="shape" x="5" y="76" width="93" height="4"></rect><rect class="shape" x="5" y="88" width="93" height="4"></rect>`;

const flow = svg`<path class="shape" d="M20 12H50V84H20V60C35 60 35 56 50 56V50H20Z"></path>
  <path class="shape" d="M52 12H80V66H52ZM52 70C66 70 66 78 80 78V84C66 84 66 80 52 80Z"></path>`;

const ring = svg`<circle class="ring" cx="50" cy="50" r="40"></circle>`;

const SHAPES: Record<View, SVGTemplateResult> = {
  sankey: flow,
  cop: hills,
  runtime: ring,
  temperature: waves,
  performance: strips,
  power: hills,
  valve: strips,
};

/** The shapes of a view; all but the ring fill the place they are given. */
export const skeletonShapes = (view: View): TemplateResult =>
  html`<svg
    viewBox="0 0 100 100"
    preserveAspectRatio=${view === "runtime" ? "xMidYMid meet" : "none"}
  >
    ${SHAPES[view]}
  </svg>`;

/** Where the legend will be. */
export const legendBones = html`<div class="bars" aria-hidden="true">
  <i class="bone"></i><i class="bone"></i>
</div>`;

/** Where the rows of durations will be. */
export const rowBones = html`<div class="rows" aria-hidden="true">
  ${[1, 2, 3, 4, 5].map(() => html`<i class="bone"></i>`)}
</div>`;
