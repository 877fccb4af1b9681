/** The grid of the page: the verdict, then sections of cards in rows without holes. */
import { css } from "lit";
import {
  baseStyles,
  buttonStyles,
  footerStyles,
} from "../components/styles.js";
import { historyTokens } from "../history/tokens.js";
import { insightTokens } from "./tokens.js";

export const pageStyles = [
  baseStyles,
  buttonStyles,
  footerStyles,
  historyTokens,
  insightTokens,
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
    hp-verdict-card {
      min-height: 234px;
    }
    section {
      display: grid;
      grid-template-columns: subgrid;
      gap: inherit;
      grid-column: 1 / -1;
    }
    h2 {
      grid-column: 1 / -1;
      margin: 8px 4px -4px;
      font-size: var(--ha-font-size-l, 16px);
      font-weight: 500;
      line-height: 24px;
    }
    h2 small {
      margin-left: 4px;
      color: var(--hp-secondary-text);
      font-size: var(--ha-font-size-m, 14px);
      font-weight: 400;
    }
    hp-insight-card {
      min-height: 368px;
      grid-column: span 4;
      scroll-margin: 80px 0 var(--gap);
    }
    [data-count="2"] hp-insight-card {
      grid-column: span 6;
    }
    [data-count="1"] hp-insight-card {
      grid-column: 1 / -1;
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
      section hp-insight-card {
        grid-column: span 6;
      }
      section hp-insight-card:nth-of-type(3) {
        min-height: 320px;
        grid-column: 1 / -1;
      }
    }
    @container (max-width: 699px) {
      main {
        --gap: 8px;
      }
      section[data-count] hp-insight-card {
        min-height: 0;
        grid-column: 1 / -1;
      }
    }
  `,
];
