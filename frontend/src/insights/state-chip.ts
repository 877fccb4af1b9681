/** The state of an answer: an icon and a word, never a hue alone. */
import { css, html, nothing, svg } from "lit";
import type { Look } from "../components/context.js";
import { icon } from "../components/icon.js";
import { STATE_ICONS } from "./state-icons.js";
import { numberOf } from "./types.js";
import type { Insight } from "./types.js";

export const stateStyles = css`
  .state {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 4px;
    min-height: 24px;
    margin-left: auto;
    padding: 0 10px;
    border-radius: 12px;
    font-size: var(--ha-font-size-s, 12px);
    font-weight: 500;
    line-height: 16px;
    white-space: nowrap;
  }
  .state svg.icon,
  .state svg.ring {
    width: 16px;
    height: 16px;
  }
  .state.ok {
    padding: 0;
    color: var(--hp-ok-text);
  }
  .state.watch {
    background: var(--hp-watch-bg);
    color: var(--hp-warn-text);
  }
  .state.act {
    background: var(--hp-act-bg);
    color: var(--hp-act-text);
  }
  .state.learning {
    background: var(--hp-tile);
    color: var(--hp-secondary-text);
  }
  .state.unknown {
    border: 1px dashed var(--hp-secondary-text);
    color: var(--hp-secondary-text);
  }
  .ring circle {
    fill: none;
    stroke: color-mix(in srgb, var(--hp-text) 16%, transparent);
    stroke-width: 3;
  }
  .ring .part {
    stroke: var(--hp-compressor);
  }
`;

const AROUND = 2 * Math.PI * 6;

/** How much of what is needed is known. */
export const shareOf = ({ params }: Insight): number | null => {
  const [have, need] = [numberOf(params, "have"), numberOf(params, "need")];
  if (have !== null && need) return Math.min(1, have / need);
  return numberOf(params, "coverage");
};

const ring = (share: number) =>
  html`<svg class="ring" viewBox="0 0 16 16" aria-hidden="true">
    ${svg`<circle cx="8" cy="8" r="6"></circle>
      <circle class="part" cx="8" cy="8" r="6" transform="rotate(-90 8 8)" stroke-dasharray="${share * AROUND} ${AROUND}"></circle>`}
  </svg>`;

const wordOf = ({ state, params }: Insight, { text }: Look): string => {
  const count = numberOf(params, "missing");
  return state === "learning" && count !== null
    ? text("insights.more_days", { count })
    : text(`insights.state.${state}`);
};

/** `brief`: on a folded card what is well needs no word beside its sign. */
export const stateChip = (insight: Insight, look: Look, brief = false) => {
  const { state } = insight;
  const word = wordOf(insight, look);
  const isBrief = brief && state === "ok";
  return html`<span
    class="state ${state}"
    role=${isBrief ? "img" : nothing}
    aria-label=${isBrief ? word : nothing}
    >${
      state === "learning"
        ? ring(shareOf(insight) ?? 0)
        : icon(STATE_ICONS[state])
    }${isBrief ? nothing : word}</span
  >`;
};
