/** The grid of History and Insights: twelve columns by the width of the panel. */
import { css } from "lit";
import {
  baseStyles,
  buttonStyles,
  footerStyles,
} from "../components/styles.js";
import { boneStyles } from "./card-styles.js";
import { historyTokens } from "./tokens.js";

export const gridStyles = [
  baseStyles,
  boneStyles,
  buttonStyles,
  footerStyles,
  historyTokens,
  css`
    main {
      --gap: 16px;
      display: grid;
      grid-template-columns: repeat(12, minmax(0, 1fr));
      gap: var(--gap);
      max-width: 1600px;
      margin: 0 auto;
      padding: var(--gap)
        calc(var(--gap) + var(--safe-area-content-inset-right, 0px))
        calc(var(--gap) + var(--safe-area-inset-bottom, 0px))
        calc(var(--gap) + var(--safe-area-content-inset-left, 0px));
    }
    main > * {
      grid-column: 1 / -1;
      min-width: 0;
    }
    hp-notice {
      min-height: 60vh;
    }
    .line {
      padding: 10px 16px;
      border-radius: 12px;
      background: color-mix(in srgb, var(--hp-text) 5%, transparent);
    }
    @container (max-width: 1099px) {
      main {
        --gap: 12px;
      }
    }
    @container (max-width: 699px) {
      main {
        --gap: 8px;
      }
    }
  `,
];
