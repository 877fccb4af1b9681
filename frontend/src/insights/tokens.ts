/** Colours that only the insights have, beside those of the history. */
import { css } from "lit";

export const insightTokens = css`
  :host {
    --hp-autumn: #8a5a2b;
    --hp-winter: #1f5fbf;
    --hp-spring: #00796b;
  }
  :host([dark]) {
    --hp-autumn: #d3a06a;
    --hp-winter: #5b9dff;
    --hp-spring: #35bba9;
  }
`;
