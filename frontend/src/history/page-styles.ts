/** The grid of the page: twelve columns by the width of the panel. */
import { css } from "lit";
import {
  baseStyles,
  buttonStyles,
  footerStyles,
  progressStyles,
} from "../components/styles.js";
import { historyTokens } from "./tokens.js";

export const pageStyles = [
  baseStyles,
  buttonStyles,
  footerStyles,
  progressStyles,
  historyTokens,
  css`
    hp-history-bar {
      position: sticky;
      top: calc(56px + var(--safe-area-inset-top, 0px));
      z-index: 2;
    }
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
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
      padding: 10px 16px;
      border-radius: 12px;
      background: color-mix(in srgb, var(--hp-text) 5%, transparent);
    }
    .line span {
      flex: 1 1 200px;
    }
    progress {
      width: 200px;
    }
    hp-history-answer {
      grid-column: span 4;
      min-height: 352px;
    }
    .figures {
      display: grid;
      grid-column: span 8;
      grid-template-columns: repeat(3, minmax(0, 1fr));
      grid-auto-rows: minmax(168px, 1fr);
      gap: var(--gap);
    }
    hp-history-figure,
    hp-history-energy,
    hp-history-map,
    hp-history-temperatures,
    hp-history-odd,
    hp-history-winters,
    hp-history-years,
    hp-history-table,
    hp-history-cost {
      container-type: inline-size;
    }
    hp-history-temperatures,
    hp-history-winters:has(+ hp-history-years),
    hp-history-table:has(+ hp-history-cost) {
      grid-column: span 8;
    }
    hp-history-odd,
    hp-history-winters + hp-history-years,
    hp-history-cost {
      grid-column: span 4;
    }
    hp-history-temperatures,
    hp-history-odd,
    hp-history-winters,
    hp-history-years {
      min-height: 416px;
    }
    hp-history-cost {
      min-height: 480px;
    }
    hp-history-energy {
      height: 560px;
    }
    @container (max-width: 1099px) {
      main {
        --gap: 12px;
      }
      hp-history-answer,
      .figures {
        grid-column: 1 / -1;
      }
      hp-history-answer {
        min-height: 300px;
      }
    }
    @container (max-width: 1099px) {
      main > :is(hp-history-temperatures, hp-history-winters, hp-history-table),
      main > :is(hp-history-odd, hp-history-years, hp-history-cost) {
        grid-column: 1 / -1;
      }
      hp-history-odd {
        min-height: 0;
      }
    }
    @container (max-width: 699px) {
      main {
        --gap: 8px;
      }
      .figures {
        --hp-kpi-padding: 12px;
        --hp-kpi-size: 28px;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        grid-auto-rows: minmax(160px, auto);
      }
      hp-history-energy {
        height: 580px;
      }
    }
  `,
];
