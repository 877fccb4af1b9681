/** Colours of what is well, what is worth a look, and what is to be done. */
import { css } from "lit";

export const stateTokens = css`
  :host {
    --hp-ok-text: #2b6e30;
    --hp-ok-bg: #43a04724;
    --hp-warn-text: #8a5600;
    --hp-watch-bg: #ffa60026;
    --hp-watch-line: #8a56008c;
    --hp-act-text: #b3261e;
    --hp-act-bg: #db443714;
    --hp-tile: color-mix(in srgb, var(--hp-text) 4%, transparent);
  }
  :host([dark]) {
    --hp-ok-text: #7fc784;
    --hp-ok-bg: #43a04733;
    --hp-warn-text: #ffc152;
    --hp-watch-bg: #ffb52e1f;
    --hp-watch-line: #ffc1528c;
    --hp-act-text: #ff8a80;
    --hp-act-bg: #f0564a1f;
    --hp-tile: color-mix(in srgb, var(--hp-text) 6%, transparent);
  }
`;
