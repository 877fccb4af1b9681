import { css, html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { mdiFileDelimitedOutline } from "@mdi/js";
import type { Look } from "../components/context.js";
import { icon } from "../components/icon.js";
import { baseStyles, buttonStyles, cardStyles } from "../components/styles.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import { fetched } from "../ha/replaced.js";
import type { Connection } from "../ha/types.js";
import { cardChips, cardHead } from "./card-head.js";
import { historyCardStyles } from "./card-styles.js";
import { isReported, ofSpan } from "./figures.js";
import type { Figures } from "./figures.js";
import type { HistoryModel } from "./model.js";
import { columnUnit, moments } from "./period.js";
import {
  copParts,
  historyCsv,
  historyRows,
  tableColumns,
  TABLES,
} from "./table.js";
import type { HistoryRow, TableColumn, TableUnit } from "./table.js";
import { beforeName } from "./answer.js";
import { currencyName, kwh, nameOf, signedPercent } from "./words.js";

const VIEW = "history-table";

/** Days, months and years with all their figures; a row opens its period. */
export class TableCard extends LitElement {
  @property({ attribute: false }) model: HistoryModel | null = null;
  @property({ attribute: false }) look: Look | undefined;
  /** Of whom hours are asked, which are in files only; without one there are none. */
  @property({ attribute: false }) connection: Connection | undefined;
  /** Instead of its own title. */
  @property() heading: string | undefined;
  @state() private hours: "saving" | "failed" | null = null;
  /** Null: what fits the period. */
  @state() private chosen: TableUnit | null = null;

  static override styles = [
    baseStyles,
    cardStyles,
    buttonStyles,
    historyCardStyles,
    css`
      .scroll {
        overflow-x: auto;
        padding: 0 16px 8px;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th,
      td {
        height: 36px;
        padding: 0 0 0 16px;
        font-weight: 400;
        line-height: 36px;
        text-align: right;
        /* In the middle, what has small words beside it would stand higher than the rest. */
        vertical-align: baseline;
        white-space: nowrap;
      }
      thead th {
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
        line-height: 16px;
        vertical-align: middle;
        white-space: normal;
      }
      tbody tr,
      tfoot tr {
        border-top: 1px solid var(--hp-divider);
      }
      tbody tr:hover {
        background: color-mix(in srgb, var(--hp-compressor) 6%, transparent);
      }
      th:first-child {
        padding-left: 0;
        text-align: left;
      }
      th button {
        min-height: 36px;
        padding-right: 8px;
      }
      th button:hover {
        color: var(--hp-compressor-text);
      }
      small {
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
      }
      .bar {
        width: 18%;
        min-width: 60px;
        vertical-align: middle;
      }
      .bar i {
        display: block;
        height: 8px;
        border-radius: 2px;
        background: var(--hp-compressor);
      }
      .change,
      .coverage {
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
      }
      tfoot tr:first-child {
        border-top: 2px solid var(--hp-text);
        font-weight: 500;
      }
      tfoot tr:first-child th {
        font-weight: 500;
      }
      tfoot tr + tr {
        color: var(--hp-secondary-text);
      }
      @media (pointer: fine) {
        .action {
          min-height: 32px;
        }
      }
      @media (pointer: coarse) {
        th button {
          min-height: 40px;
        }
      }
      /* Beside the cost. */
      @container (max-width: 880px) {
        .bar {
          width: 4%;
          min-width: 32px;
          padding-left: 0;
        }
      }
      /* Below the title, so that all tools have room beside that. */
      @container (min-width: 700px) and (max-width: 880px) {
        h2 + .remark {
          flex: 1 1 100%;
          order: 1;
        }
      }
      @container (max-width: 699px) {
        .late,
        .bar {
          display: none;
        }
        th,
        td {
          padding-left: 8px;
        }
        .head .chips {
          flex: 1 1 100%;
          order: 1;
        }
        /* Two of them have no room beside the title. */
        .action:has(~ .hours),
        .hours {
          order: 2;
        }
        .chips button {
          flex: 1;
          padding: 0 4px;
        }
      }
      @container (max-width: 320px) {
        th small {
          display: none;
        }
      }
    `,
  ];

  override render() {
    const { look, model } = this;
    if (!look) return nothing;
    const { text } = look;
    return html`<article
      data-view=${VIEW}
      data-state=${model ? "ready" : "loading"}
      aria-busy=${model ? "false" : "true"}
      aria-labelledby="title"
    >
      ${cardHead(
        this.heading ?? text("history.table.title"),
        text("history.table.remark"),
        model ? this.tools(model, look) : nothing
      )}
      <div class="scroll" tabindex="-1">
        ${model ? this.table(model, look) : html`<i class="bone" style="display:block;height:300px"></i>`}
      </div>
    </article>`;
  }

  private get unit(): TableUnit {
    const unit = this.model?.period.unit ?? "heating_year";
    if (this.chosen && (this.chosen !== "day" || unit !== "all"))
      return this.chosen;
    if (unit === "all") return "heating_year";
    return unit === "month" ? "month" : columnUnit(unit);
  }

  private tools({ period }: HistoryModel, { text }: Look) {
    const units = TABLES.filter(
      (each) => each !== "day" || period.unit !== "all"
    );
    const chips = cardChips(units, this.unit, {
      label: text("history.table.rows"),
      name: "history.table",
      text,
      choose: (unit) => {
        this.chosen = unit;
      },
    });
    return html`${chips}
      <button type="button" class="action" @click=${this.save}>
        ${icon(mdiFileDelimitedOutline)}CSV
      </button>
      ${
        this.connection
          ? html`<button
                type="button"
                class="action hours"
                aria-busy=${this.hours === "saving" ? "true" : "false"}
                @click=${this.saveHours}
              >
                ${icon(mdiFileDelimitedOutline)}${text("history.table.hours")}
              </button>
              <span class="remark" role="status"
                >${this.hours ? text(`history.table.hours_${this.hours}`) : ""}</span
              >`
          : nothing
      }`;
  }

  private columns(model: HistoryModel): TableColumn[] {
    const hasCost = model.figures?.cost != null;
    const columns = tableColumns(model.info.settings.currency, hasCost);
    if (isReported(model.figures, "electricity")) return columns;
    return columns.map((each) =>
      each.key === "heat" ? { ...each, isFirst: true } : each
    );
  }

  private table(model: HistoryModel, look: Look) {
    const { text } = look;
    const rows = historyRows(this.unit, model, look);
    const columns = this.columns(model);
    const currency = currencyName(model.info.settings.currency, look);
    const hasBars = this.unit !== "year";
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${text(`history.table.${this.unit}`)}</th>
          ${hasBars ? html`<td class="bar"></td>` : nothing}
          <th scope="col">${text("name.electricity")}</th>
          <th scope="col">${text("history.column.change")}</th>
          ${columns.map(
            ({ name, isFirst }) =>
              html`<th scope="col" class=${isFirst ? "" : "late"}>
                ${text(name, { currency })}
              </th>`
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => this.row(row, columns, hasBars, look))}
      </tbody>
      ${this.feet(rows, model, columns, hasBars, look)}
    </table>`;
  }

  private row(
    row: HistoryRow,
    columns: readonly TableColumn[],
    hasBars: boolean,
    look: Look
  ) {
    const { name, aside, figures, bar, change, opens } = row;
    return html`<tr>
      <th scope="row">
        <button
          type="button"
          @click=${() => {
            fireEvent(this, "hp-period", opens);
          }}
        >
          ${name} ${aside ? html`<small>${aside}</small>` : nothing}
        </button>
      </th>
      ${hasBars ? html`<td class="bar"><i style="width:${Math.round(bar * 100)}%"></i></td>` : nothing}
      ${this.cells(figures, columns, signedPercent(change, look) ?? "", look)}
    </tr>`;
  }

  private cells(
    figures: Figures | null,
    columns: readonly TableColumn[],
    change: string,
    look: Look
  ) {
    if (!figures) {
      const why = look.text("history.state.unread");
      return html`<td colspan=${columns.length + 2}><small>${why}</small></td>`;
    }
    const isYear = this.unit === "heating_year" || this.unit === "year";
    const cell = ({ key, text }: TableColumn) => {
      if (key !== "cop") return text(figures, look);
      const { value, margin, aside } = copParts(figures, isYear, look);
      return html`${value} <small>${margin}${aside}</small>`;
    };
    return html`<td>${kwh(figures.electricity, look)}</td>
      <td class="change">${change}</td>
      ${columns.map((each) => html`<td class="${each.key} ${each.isFirst ? "" : "late"}">${cell(each)}</td>`)}`;
  }

  /** The period as a whole and what it is compared with, below its own rows. */
  private feet(
    rows: readonly HistoryRow[],
    model: HistoryModel,
    columns: readonly TableColumn[],
    hasBars: boolean,
    look: Look
  ) {
    const { figures, before, period, sameDays } = model;
    const isOwn =
      this.unit === columnUnit(period.unit) &&
      !(period.unit === "month" && this.unit === "month");
    if (!isOwn || !figures || !rows.length) return nothing;
    const foot = (name: string, of: Figures) =>
      html`<tr>
        <th scope="row">${name}</th>
        ${hasBars ? html`<td class="bar"></td>` : nothing}${this.cells(of, columns, "", look)}
      </tr>`;
    return html`<tfoot>
      ${foot(nameOf(period, look), figures)}
      ${before && sameDays ? foot(beforeName(model, look), ofSpan(before, sameDays)) : nothing}
    </tfoot>`;
  }

  private async save(): Promise<void> {
    const { model, look } = this;
    if (!model || !look) return;
    const { saveRows } = await fetched(() => import("../export/export.js"));
    const rows = historyRows(this.unit, model, look);
    saveRows(
      historyCsv(rows, this.columns(model)),
      {
        ...{ info: model.info, look, snapshot: { end: Date.now() } },
      },
      look.text(`history.table.${this.unit}`)
    );
  }

  /** Of the days that are shown, as far as there are any. */
  private async saveHours(): Promise<void> {
    const { model, look, connection } = this;
    if (!model || !look || !connection || this.hours === "saving") return;
    this.hours = "saving";
    const { days, first, now, info } = model;
    const shown = {
      start: Math.max(days.start, first),
      end: Math.min(days.end, now),
    };
    try {
      const { hoursCsv, saveRows } = await fetched(
        () => import("../export/export.js")
      );
      const fahrenheit = look.format.units.temperature === "°F";
      const span = moments(shown, look.format.zone);
      saveRows(
        await hoursCsv(connection, info, span, fahrenheit),
        { info, look, snapshot: { end: Date.now() } },
        look.text("history.table.hour")
      );
      this.hours = null;
    } catch {
      this.hours = "failed";
    }
  }
}

define("hp-history-table")(TableCard);

declare global {
  interface HTMLElementTagNameMap {
    "hp-history-table": TableCard;
  }
}
