/** The look of the printed page: our light colours whatever the theme, and nothing cut in two. */
import { css } from "lit";
import { paperStyles } from "./paper-styles.js";

/** In the document itself: everything but the page that is printed goes. */
export const documentStyles = `
  @page { margin: 12mm; }
  @media print {
    html, body {
      overflow: visible !important;
      height: auto !important;
      background: #fff !important;
    }
    body > :not(hp-print-page) { display: none !important; }
  }
  @media screen {
    hp-print-page { position: fixed; top: 0; left: -10000px; }
  }
`;

export const printStyles = css`
  :host {
    ${paperStyles}
    --gap: 8px;
  }
  header {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 16px;
    margin-bottom: 12px;
    padding-bottom: 8px;
    border-bottom: 1px solid var(--hp-divider);
  }
  h1 {
    font-size: 20px;
    font-weight: 400;
    line-height: 28px;
  }
  header p,
  footer,
  .remark {
    color: var(--hp-secondary-text);
  }
  .first {
    display: grid;
    grid-template-columns: 1fr 356px;
    align-items: start;
    gap: 12px;
    margin-bottom: 12px;
  }
  .first.past {
    grid-template-columns: 1fr;
  }
  .kpis {
    display: grid;
    grid-template-columns: 1fr 1fr;
    grid-auto-rows: 160px;
    gap: 8px;
    margin-bottom: 12px;
    --hp-kpi-size: 28px;
    --hp-kpi-line: 36px;
    --hp-kpi-padding: 12px;
  }
  .past .kpis {
    grid-template-columns: repeat(3, 1fr);
  }
  .charts {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 12px;
  }
  figure {
    display: flex;
    grid-column: 1 / -1;
    flex-direction: column;
    margin: 0;
    padding: 10px 12px 4px;
    border: 1px solid var(--hp-divider);
    border-radius: 12px;
    break-inside: avoid;
  }
  .half {
    grid-column: span 1;
  }
  h2 {
    display: inline;
    font-size: 16px;
    font-weight: 500;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
    margin: 6px 0;
    font-size: 13px;
  }
  .legend span {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  b {
    font-weight: 500;
  }
  img {
    width: 100%;
    margin-top: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  tr {
    break-inside: avoid;
  }
  td,
  th {
    padding: 4px 12px 4px 0;
    border-bottom: 1px solid var(--hp-divider);
    font-weight: 400;
    text-align: left;
    vertical-align: baseline;
  }
  :is(td, th):last-child {
    padding-right: 0;
    text-align: right;
  }
  th svg,
  th i {
    display: inline-block;
    margin-right: 8px;
    vertical-align: middle;
  }
  .events {
    margin-top: 16px;
  }
  .events h2 {
    display: block;
    margin-bottom: 4px;
    break-after: avoid;
  }
  .events td {
    font-size: 13px;
  }
  .events td:nth-child(3) {
    color: var(--hp-secondary-text);
  }
  .events td:is(:first-child, :last-child) {
    white-space: nowrap;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin-top: 12px;
    font-size: 12px;
    line-height: 16px;
  }
  /* Where the charts of the page are drawn, to be printed as pictures. */
  .drawn {
    position: absolute;
    visibility: hidden;
  }
  .drawn hp-view-card {
    --hp-plot-height: 200px;
    display: block;
    width: 674px;
  }
  .drawn .half {
    --hp-plot-height: 320px;
    width: 320px;
  }
  /* Its table stands below it. */
  .drawn .runtime {
    --hp-plot-height: 160px;
  }
`;
