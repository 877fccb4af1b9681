/** The grid of the page: twelve columns by the width of the panel. */
import { css } from "lit";
import { baseStyles, buttonStyles } from "../components/styles.js";
import { historyTokens } from "./tokens.js";

export const pageStyles = [
  baseStyles,
  buttonStyles,
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
      height: 4px;
      border: none;
      border-radius: 2px;
      overflow: hidden;
      appearance: none;
      background: color-mix(in srgb, var(--hp-text) 12%, transparent);
    }
    progress::-webkit-progress-bar {
      background: none;
    }
    progress::-webkit-progress-value {
      background: var(--hp-compressor);
    }
    progress::-moz-progress-bar {
      background: var(--hp-compressor);
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
    hp-history-table {
      container-type: inline-size;
    }
    hp-history-energy {
      height: 560px;
    }
    footer {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 16px;
      padding: 0 4px;
      color: var(--hp-secondary-text);
      font-size: var(--ha-font-size-s, 12px);
      line-height: 16px;
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
