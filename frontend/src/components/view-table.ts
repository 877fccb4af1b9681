import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { ViewTable } from "../charts/types.js";
import { define } from "../ha/define.js";
import { baseStyles } from "./styles.js";

/** What a chart shows as a table that scrolls in its place. */
export class ChartTable extends LitElement {
  @property({ attribute: false }) table: ViewTable | undefined;
  @property() label = "";

  static override styles = [
    baseStyles,
    css`
      :host {
        position: absolute;
        inset: 0;
        background: var(--hp-overlay);
      }
      div {
        overflow: auto;
        height: 100%;
        padding: 0 16px 8px;
      }
      table {
        min-width: 100%;
        border-spacing: 0;
        font-size: 13px;
      }
      th,
      td {
        height: 32px;
        padding: 0 0 0 12px;
        border-bottom: 1px solid var(--hp-divider);
        font-weight: 400;
        text-align: right;
        white-space: nowrap;
      }
      /* What the row is stays in sight. */
      th:first-child {
        left: 0;
        padding-left: 0;
        text-align: left;
      }
      thead th,
      th:first-child {
        position: sticky;
        background: var(--hp-overlay);
      }
      thead th:first-child {
        z-index: 1;
      }
      thead th {
        top: 0;
        white-space: normal;
        color: var(--hp-secondary-text);
        font-weight: 500;
      }
      tr {
        content-visibility: auto;
      }
    `,
  ];

  override render() {
    const { table, label } = this;
    if (!table) return nothing;
    return html`<div role="region" aria-label=${label} tabindex="0">
      <table aria-label=${label}>
        <thead>
          <tr>
            ${[{ name: table.first }, ...table.columns].map(
              ({ name }) => html`<th scope="col">${name}</th>`
            )}
          </tr>
        </thead>
        <tbody>
          ${table.rows().map(
            ({ head, cells }) =>
              html`<tr>
                <th scope="row">${head}</th>
                ${cells.map(({ text }) => html`<td>${text}</td>`)}
              </tr>`
          )}
        </tbody>
      </table>
    </div>`;
  }
}

define("hp-view-table")(ChartTable);

declare global {
  interface HTMLElementTagNameMap {
    "hp-view-table": ChartTable;
  }
}
