/** The look of a view's card, its lines above the chart, its table and its grey shapes. */
import { css } from "lit";
import { heardStyles, progressStyles } from "./styles.js";

export const viewCardStyles = [
  heardStyles,
  progressStyles,
  css`
    article {
      container-type: inline-size;
      display: flex;
      flex-direction: column;
      height: 100%;
    }
    .head {
      position: relative;
      display: flex;
      align-items: center;
      gap: 8px;
      min-height: 48px;
      padding: 8px 16px 0;
    }
    h2 {
      overflow: hidden;
      text-overflow: ellipsis;
      font-size: var(--ha-font-size-l, 16px);
      font-weight: 500;
      line-height: 24px;
      white-space: nowrap;
    }
    h2 button {
      font: inherit;
    }
    /* All of the head folds the card, but what lies over it. */
    h2 button::after {
      position: absolute;
      inset: 0;
      content: "";
    }
    h2 button:focus-visible {
      outline: none;
    }
    h2 button:focus-visible::after {
      border-radius: 12px;
      outline: 2px solid var(--hp-compressor-text);
      outline-offset: -3px;
    }
    .head > svg.icon {
      margin-left: auto;
      fill: var(--hp-secondary-text);
      transform: rotate(180deg);
    }
    .head > :is(hp-menu, .zoom) {
      position: relative;
    }
    .head > hp-menu + svg.icon {
      margin-left: 0;
    }
    :host([folded]) .head {
      min-height: 56px;
      padding-bottom: 8px;
    }
    :host([folded]) .head > svg.icon {
      transform: none;
    }
    .remark {
      /* All of it gives way before a pixel of the title does. */
      flex-shrink: 1000000;
      overflow: hidden;
      height: 20px;
      color: var(--hp-secondary-text);
    }
    /* A part without room stands in a line below, which nobody sees. */
    .remark::before {
      display: inline-block;
      content: "";
    }
    .remark > span {
      display: inline-block;
      white-space: nowrap;
    }
    .remark b {
      color: var(--hp-text);
      font-weight: 500;
    }
    .head hp-menu {
      margin: -4px -8px -4px auto;
      color: var(--hp-secondary-text);
    }
    .zoom + hp-menu {
      margin-left: 0;
    }
    .aside {
      position: absolute;
      top: 4px;
      right: 16px;
      z-index: 2;
      padding: 4px 12px;
      border-radius: 14px;
      background: var(--hp-overlay);
    }
    .aside:not(:focus-visible) {
      overflow: hidden;
      width: 1px;
      height: 1px;
      padding: 0;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    hp-view-table {
      z-index: 1;
    }
    .zoom {
      display: flex;
      flex-shrink: 0;
      gap: 4px;
      margin-left: auto;
    }
    .zoom button {
      min-height: 28px;
      padding: 0 12px;
      border-radius: 14px;
      background: color-mix(in srgb, var(--hp-text) 6%, transparent);
      font-size: 13px;
      white-space: nowrap;
    }
    .zoom svg {
      display: none;
      width: 20px;
      height: 20px;
      fill: currentColor;
    }
    @container (max-width: 479px) {
      .head:has(.zoom) {
        flex-wrap: wrap;
        row-gap: 0;
      }
      .head:has(.zoom) .remark {
        flex-basis: 100%;
        order: 1;
      }
      .zoom span {
        display: none;
      }
      .zoom svg {
        display: block;
      }
      .zoom button {
        min-width: 36px;
        padding: 0 8px;
      }
    }
    @media (pointer: coarse) {
      .zoom button {
        min-width: 44px;
        min-height: 44px;
        border-radius: 22px;
      }
    }
    hp-legend {
      padding: 0 10px 4px;
    }
    .line {
      display: flex;
      align-items: center;
      gap: 8px;
      margin: 0 16px 8px;
      padding: 5px 12px;
      border-radius: 8px;
      background: color-mix(in srgb, var(--hp-text) 5%, transparent);
      font-size: 13px;
    }
    .line.stale {
      background: color-mix(in srgb, var(--hp-auxiliary) 20%, transparent);
    }
    .line.stale svg.icon {
      fill: var(--hp-auxiliary-text);
    }
    .line b {
      font-weight: 500;
    }
    progress {
      margin-left: auto;
    }
    .body {
      display: flex;
      flex: 1;
      flex-direction: var(--hp-view-direction, column);
      min-height: 0;
    }
    .plot {
      position: relative;
      flex: 1 0 var(--hp-plot-height, 0px);
      min-width: 0;
      min-height: 0;
    }
    .canvas {
      position: absolute;
      inset: 0;
    }
    .canvas:focus-visible {
      border-radius: 8px;
      outline: 2px solid var(--hp-compressor-text);
      outline-offset: -2px;
    }
    .bones {
      position: absolute;
      inset: 8px 16px 16px;
      background: var(--hp-card);
    }
    .bones svg {
      width: 100%;
      height: 100%;
      animation: var(--hp-waiting, pulse 2s ease-in-out infinite);
    }
    .shape {
      fill: color-mix(in srgb, var(--hp-text) 8%, transparent);
    }
    .ring {
      fill: none;
      stroke: color-mix(in srgb, var(--hp-text) 8%, transparent);
      stroke-width: 14;
    }
    .rule,
    .wave {
      fill: none;
      stroke: var(--hp-grid-line);
      vector-effect: non-scaling-stroke;
    }
    .wave {
      stroke: color-mix(in srgb, var(--hp-text) 12%, transparent);
      stroke-width: 3px;
    }
    .bars {
      display: flex;
      gap: 16px;
      padding: 8px 16px;
    }
    .bone {
      height: 12px;
      border-radius: 6px;
      background: color-mix(in srgb, var(--hp-text) 8%, transparent);
      animation: var(--hp-waiting, pulse 2s ease-in-out infinite);
    }
    .bars .bone {
      width: 96px;
    }
    .rows .bone {
      min-width: 200px;
      margin: 11px 0;
    }
    @keyframes pulse {
      50% {
        opacity: 0.5;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .bones svg,
      .bone {
        animation: none;
      }
    }
    .rows {
      display: flex;
      flex: none;
      flex-direction: column;
      justify-content: center;
      max-width: 100%;
      padding: 0 16px 16px;
    }
    table {
      width: 100%;
      border-collapse: collapse;
    }
    td,
    th {
      padding: 7px 0;
      font-weight: 400;
      text-align: right;
    }
    td {
      padding-left: 12px;
      white-space: nowrap;
    }
    /* With more to say than usual the ring keeps its size. */
    .line ~ .body :is(td, th),
    table:has(tr:nth-child(6)) :is(td, th) {
      padding-block: 4px;
    }
    tr:not(:last-child) {
      border-bottom: 1px solid var(--hp-divider);
    }
    th {
      display: flex;
      align-items: center;
      gap: 10px;
      text-align: left;
    }
    td.share {
      color: var(--hp-secondary-text);
    }
    /* By the letters' size: the ring shows the shares too. */
    @container (max-width: 20em) {
      td.share {
        display: none;
      }
    }
    i.square.no-data {
      border: 1px dashed var(--hp-secondary-text);
    }
    .note {
      /* The table alone says how wide it is. */
      width: 0;
      min-width: 100%;
      padding-top: 8px;
      color: var(--hp-secondary-text);
      font-size: var(--ha-font-size-s, 12px);
      line-height: 16px;
      text-wrap: balance;
    }
  `,
];
