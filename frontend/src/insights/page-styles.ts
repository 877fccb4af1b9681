/** In the grid of the page: the verdict, then sections of cards in rows without holes. */
import { css } from "lit";
import { gridStyles } from "../history/grid-styles.js";
import { insightTokens } from "./tokens.js";

export const pageStyles = [
  ...gridStyles,
  insightTokens,
  css`
    @media print {
      hp-verdict-card,
      hp-insight-card {
        break-inside: avoid;
      }
      h2 {
        break-after: avoid;
      }
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
    @container (max-width: 1099px) {
      section hp-insight-card {
        grid-column: span 6;
      }
      section hp-insight-card:nth-of-type(3) {
        min-height: 320px;
        grid-column: 1 / -1;
      }
    }
    @container (max-width: 699px) {
      section[data-count] hp-insight-card {
        min-height: 0;
        grid-column: 1 / -1;
      }
    }
  `,
];
