/** Colours of what is well, what is worth a look, and what is to be done. */
import { css } from "lit";

export const stateTokens = css`
  :host {
    --hp-ok-text: #2b6e30;
    --hp-ok-bg: color-mix(in srgb, var(--hp-live) 16%, transparent);
    --hp-warn-text: var(--hp-auxiliary-text);
    --hp-watch-bg: color-mix(in srgb, var(--hp-auxiliary) 14%, transparent);
    --hp-watch-line: color-mix(in srgb, var(--hp-warn-text) 55%, transparent);
    --hp-act-text: var(--hp-alarm-text);
    --hp-act-bg: color-mix(in srgb, var(--hp-alarm) 10%, transparent);
    --hp-tile: color-mix(in srgb, var(--hp-text) 5%, transparent);
  }
  :host([dark]) {
    --hp-ok-text: #7fc784;
  }
`;
