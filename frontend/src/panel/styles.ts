/** The page's grid: twelve columns by the width of the panel itself, never of the window. */
import { css } from "lit";
import {
  baseStyles,
  buttonStyles,
  footerStyles,
} from "../components/styles.js";
import { tokenStyles } from "../theme/tokens.js";

export const panelStyles = [
  tokenStyles,
  baseStyles,
  buttonStyles,
  footerStyles,
  css`
    :host {
      min-height: 100vh;
      min-height: 100dvh;
      background: var(--hp-background);
    }
    .page {
      display: flex;
      flex-direction: column;
      min-height: inherit;
      container-type: inline-size;
    }
    .page > :is(main, hp-history-page, hp-insights-page) {
      flex: auto;
      align-content: start;
      width: 100%;
    }
    hp-app-bar {
      position: sticky;
      top: 0;
      z-index: 3;
    }
    /* Nothing is on its way. */
    .still {
      --hp-waiting: none;
    }
    .skip {
      position: absolute;
      z-index: 3;
      padding: 8px 16px;
      border-radius: 18px;
      background: var(--hp-overlay);
      box-shadow: 0 2px 8px rgb(0 0 0 / 30%);
    }
    .skip:not(:focus-visible) {
      overflow: hidden;
      width: 1px;
      height: 1px;
      padding: 0;
      clip-path: inset(50%);
    }
    main {
      --gap: 16px;
      display: grid;
      gap: var(--gap);
      max-width: 1600px;
      margin: 0 auto;
      padding: var(--gap)
        calc(var(--gap) + var(--safe-area-content-inset-right, 0px))
        calc(var(--gap) + var(--safe-area-inset-bottom, 0px))
        calc(var(--gap) + var(--safe-area-content-inset-left, 0px));
    }
    .line {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
      padding: 8px 8px 8px 16px;
      border-radius: 12px;
      background: color-mix(in srgb, var(--hp-compressor) 12%, transparent);
    }
    /* Above every page. */
    .page > .line {
      margin: 12px max(12px, (100% - 1568px) / 2);
    }
    .line span {
      flex: 1 1 200px;
    }
    .line b {
      font-weight: 500;
    }
    .trouble {
      background: color-mix(in srgb, var(--hp-alarm) 10%, transparent);
    }
    .trouble svg.icon {
      fill: var(--hp-alarm-text);
    }
    /* Of a period that is over, what is now comes last, and without colour: words stay as clear. */
    .past > hp-pills:not(:hover, :focus-within),
    .past .views hp-schematic:not(:hover, :focus-within) {
      filter: saturate(0.15);
    }
    .past > hp-pills {
      order: 1;
    }
    .past > footer {
      order: 2;
    }
    .past .views hp-schematic {
      order: 3;
    }
    main.message {
      min-height: 60vh;
    }
    .kpis,
    .views {
      display: grid;
      grid-template-columns: repeat(12, minmax(0, 1fr));
      gap: var(--gap);
    }
    .kpis {
      grid-auto-rows: minmax(168px, auto);
    }
    hp-kpi-card {
      grid-column: span 2;
    }
    hp-schematic {
      grid-column: 1 / -1;
    }
    /* It comes after the first picture, and moves nothing. */
    hp-verdict-line {
      min-height: 44px;
    }
    /* Their elements come with their own chunks. */
    :is(hp-pills, hp-schematic, hp-events):not(:defined) {
      display: none;
    }
    hp-view-card,
    hp-events {
      /* Below the bars that stay. */
      scroll-margin: 120px 0 var(--gap);
      height: 384px;
      grid-column: span 6;
    }
    .views .sankey {
      height: 400px;
      grid-column: span 5;
    }
    .views .cop {
      height: 400px;
      grid-column: span 7;
    }
    .views .temperature {
      height: 480px;
      grid-column: span 8;
    }
    .views .runtime {
      height: 480px;
      grid-column: span 4;
    }
    /* Stays in sight wherever one looks. */
    .back {
      position: sticky;
      bottom: calc(
        var(--gap) + var(--tabs, 0px) + var(--safe-area-inset-bottom, 0px)
      );
      z-index: 2;
      justify-self: center;
      border: 1px solid var(--hp-divider);
      background: var(--hp-overlay);
      box-shadow: 0 4px 16px rgb(0 0 0 / 20%);
    }
    .back:hover {
      background: color-mix(
        in srgb,
        var(--hp-compressor) 12%,
        var(--hp-overlay)
      );
    }
    @container (max-width: 1299px) {
      hp-kpi-card {
        grid-column: span 4;
      }
    }
    @container (max-width: 1099px) {
      main {
        --gap: 12px;
      }
      .views .sankey,
      .views .cop,
      .views .runtime {
        grid-column: span 6;
      }
      .views .temperature,
      .views hp-events {
        grid-column: 1 / -1;
      }
      .views .runtime {
        --hp-view-direction: row;
        height: 384px;
      }
      .performance,
      .valve {
        order: 1;
      }
      hp-events {
        order: 2;
      }
    }
    @container (max-width: 939px) {
      hp-schematic:defined {
        grid-column: span 6;
        grid-row: span 2;
      }
      .views .sankey,
      .views .cop {
        height: auto;
        min-height: 344px;
      }
      /* Too narrow for the donut and its table side by side. */
      .views .runtime,
      .power {
        --hp-view-direction: column;
        height: 448px;
      }
    }
    @container (max-width: 699px) {
      main {
        --gap: 8px;
        --tabs: 64px;
      }
      .kpis {
        --hp-kpi-padding: 16px 12px;
        --hp-kpi-size: 28px;
        --hp-kpi-line: 36px;
        grid-auto-rows: minmax(160px, auto);
      }
      hp-kpi-card {
        grid-column: span 6;
      }
      /* As specific as what it takes back. */
      .page .views > * {
        grid-column: 1 / -1;
        order: 0;
        height: 336px;
        min-height: 0;
      }
      .views .sankey {
        --hp-plot-height: 248px;
        height: auto;
      }
      .views .temperature {
        --hp-plot-height: 272px;
        height: auto;
      }
      .views .runtime {
        --hp-plot-height: 208px;
        height: auto;
      }
      /* Legends take the lines they need, and the plots keep their height. */
      .views :is(.cop, .performance, .power, .valve) {
        --hp-plot-height: 232px;
        height: auto;
      }
      .views hp-view-card[folded] {
        height: auto;
      }
      .views :is(hp-schematic:defined, hp-events) {
        grid-column: 1 / -1;
        grid-row: auto;
        height: auto;
      }
    }
  `,
];
