/** Where the parts of the page are in its grid. */
import { css } from "lit";
import { progressStyles } from "../components/styles.js";
import { gridStyles } from "./grid-styles.js";

export const pageStyles = [
  ...gridStyles,
  progressStyles,
  css`
    hp-history-bar {
      position: sticky;
      top: calc(56px + var(--safe-area-inset-top, 0px));
      z-index: 2;
    }
    @media print {
      hp-history-bar {
        position: static;
      }
      main > *,
      .figures > * {
        break-inside: avoid;
      }
      hp-history-table {
        break-inside: auto;
      }
    }
    .line {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
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
    /* Beside the answer, where there is one. */
    .figures {
      display: grid;
      grid-column: 1 / -1;
      grid-template-columns: repeat(3, minmax(0, 1fr));
      grid-auto-rows: minmax(168px, auto);
      gap: var(--gap);
    }
    hp-history-answer + .figures {
      grid-column: span 8;
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
      hp-history-answer,
      hp-history-answer + .figures {
        grid-column: 1 / -1;
      }
      hp-history-answer {
        min-height: 300px;
      }
      main > :is(hp-history-temperatures, hp-history-winters, hp-history-table),
      main > :is(hp-history-odd, hp-history-years, hp-history-cost) {
        grid-column: 1 / -1;
      }
      hp-history-odd {
        min-height: 0;
      }
    }
    @container (max-width: 699px) {
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
