/** Colours that only the history has; more is always stronger against the card. */
import { css } from "lit";
import { stateTokens } from "../theme/state-tokens.js";

export const historyTokens = [
  stateTokens,
  css`
    :host {
      --hp-ghost: var(--heatpump-ghost, #8b9298);
      --hp-r0: #e6f3f8;
      --hp-r1: #bfe2ee;
      --hp-r2: #8fcbe1;
      --hp-r3: #52aed0;
      --hp-r4: #0d89b3;
      --hp-r5: #006a90;
      --hp-r6: #004560;
      /* From cold to warm, the only ramp with two ends. */
      --hp-t0: #1f5fbf;
      --hp-t1: #6f9ee0;
      --hp-t2: #b3cdf2;
      --hp-t3: #eceff1;
      --hp-t4: #fad3b8;
      --hp-t5: #f6a06c;
      --hp-t6: #e2601a;
    }
    :host([dark]) {
      --hp-ghost: var(--heatpump-ghost, #878d93);
      --hp-r0: #1d2b31;
      --hp-r1: #1a3d4a;
      --hp-r2: #175265;
      --hp-r3: #176d88;
      --hp-r4: #1d8fb2;
      --hp-r5: #4fb9d9;
      --hp-r6: #a6e3f5;
      --hp-t0: #7db1ff;
      --hp-t1: #4479bd;
      --hp-t2: #2b4a73;
      --hp-t3: #2c3033;
      --hp-t4: #6b412b;
      --hp-t5: #b0633a;
      --hp-t6: #ff9a5c;
    }
  `,
];

/** Fill of a series, and of its ghost: 18 % with a line of 70 %. */
export const seriesStyles = css`
  .heating {
    --series: var(--hp-heating);
  }
  .hot_water {
    --series: var(--hp-hot-water);
  }
  .compressor {
    --series: var(--hp-compressor);
  }
  .auxiliary {
    --series: var(--hp-auxiliary);
  }
  rect.series {
    fill: var(--series);
  }
  rect.ghost {
    fill: color-mix(in srgb, var(--series) 18%, transparent);
    stroke: color-mix(in srgb, var(--series) 70%, transparent);
  }
`;
