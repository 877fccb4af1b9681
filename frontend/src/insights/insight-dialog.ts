import { html, LitElement, nothing } from "lit";
import type { PropertyValues } from "lit";
import { property } from "lit/decorators.js";
import {
  mdiChartLine,
  mdiClose,
  mdiCog,
  mdiFileDelimitedOutline,
} from "@mdi/js";
import type { Look } from "../components/context.js";
import { icon } from "../components/icon.js";
import {
  baseStyles,
  buttonStyles,
  roundButtonStyles,
} from "../components/styles.js";
import type { PumpInfo } from "../data/types.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import { INTEGRATION_PATH, navigate } from "../ha/navigate.js";
import { fetched } from "../ha/replaced.js";
import { historyCardStyles } from "../history/card-styles.js";
import type { CardDefinition } from "./cards.js";
import { rowsOf, sureOf } from "./detail.js";
import { dialogStyles } from "./dialog-styles.js";
import "./insight-chart.js";
import { kwh } from "./quantities.js";
import { rich } from "./rich.js";
import { stateChip, stateStyles } from "./state-chip.js";
import { cell } from "./types.js";
import type { Explained, Insight, Row } from "./types.js";
import { found } from "./check-words.js";
import type { Words } from "./check-words.js";
import { helpOf, sentenceOf } from "./words.js";

const CHART = 408;
const PHONE_CHART = 320;
/** Of the runs of the heater the last ones are listed. */
const MOST_EPISODES = 12;

const openSettings = () => {
  navigate(INTEGRATION_PATH);
};

/** Why an answer is what it is: its picture large, its figures, and how sure they are. */
export class InsightDialog extends LitElement {
  @property({ attribute: false }) card: CardDefinition | undefined;
  @property({ attribute: false }) insight: Insight | null = null;
  @property({ attribute: false }) explained: Explained | null = null;
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) info: PumpInfo | undefined;
  @property({ type: Boolean }) admin = false;
  @property({ type: Boolean }) narrow = false;

  static override styles = [
    baseStyles,
    buttonStyles,
    roundButtonStyles,
    historyCardStyles,
    stateStyles,
    dialogStyles,
  ];

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const dialog = this.renderRoot.querySelector("dialog");
    if (!dialog || dialog.open) return;
    dialog.showModal();
    // Else the first button would have the ring of the keyboard.
    this.renderRoot.querySelector("h2")?.focus();
  }

  override render() {
    const { card, insight, look, info } = this;
    if (!card || !insight || !look || !info) return nothing;
    const words = { look, info };
    const question = look.text(`insights.question.${card.id}`);
    const close = look.text("insights.close");
    return html`<dialog
      aria-label=${question}
      @close=${this.closed}
      closedby="any"
    >
      <header>
        <button
          type="button"
          class="round"
          aria-label=${close}
          title=${close}
          @click=${this.close}
        >
          ${icon(mdiClose)}
        </button>
        <h2 tabindex="-1">${question}</h2>
        ${stateChip(insight, look)}
      </header>
      <div class="content">
        <p class="sentence">${rich(sentenceOf(insight, words))}</p>
        <div class="picture">${this.picture(words)}</div>
        <div class="beside">
          ${this.table(insight, words)} ${this.episodes(words)}
          ${this.paragraph("sure_title", sureOf(insight, words), words)}
          ${this.paragraph("not_title", found(words, [`insights.not.${card.id}`]) ?? "", words)}
        </div>
      </div>
      ${this.actions(insight, look)}
    </dialog>`;
  }

  private picture({ look, info }: Words) {
    const { card, explained, insight } = this;
    const isDrawn = insight?.state !== "unknown" && insight?.code !== "days";
    if (!explained && isDrawn) return html`<div class="bone"></div>`;
    const chart =
      card && explained && isDrawn
        ? card.draw({
            ...{
              insight: explained,
              look: look as Look,
              info: info as PumpInfo,
            },
            ...{ shift: -1, large: true },
          })
        : null;
    if (chart)
      return html`<hp-insight-chart
        .chart=${chart}
        .height=${this.narrow ? PHONE_CHART : CHART}
      ></hp-insight-chart>`;
    return html`<p class="why">
      ${insight ? helpOf(insight, { look, info }) : ""}
    </p>`;
  }

  private table(insight: Insight, words: Words) {
    const methods = this.explained?.evidence.methods ?? [];
    const rows = rowsOf(insight, words, methods);
    const isSaid = insight.state !== "unknown" && insight.code !== "days";
    if (!rows.length || !(isSaid || methods.length)) return nothing;
    return html`<table>
      ${rows.map(
        ({ name, how, value }) =>
          html`<tr>
            <th scope="row">
              ${name}${how ? html`<small>${how}</small>` : nothing}
            </th>
            <td>${value}</td>
          </tr>`
      )}
    </table>`;
  }

  /** When it was; each leads to its moment in the charts. */
  private episodes(words: Words) {
    const rows = (this.explained?.evidence.episodes ?? []).slice(
      -MOST_EPISODES
    );
    if (!rows.length) return nothing;
    const { text } = words.look;
    return html`<h3>${text("insights.episodes")}</h3>
      <ul>
        ${rows.reverse().map((row) => html`<li>${this.episode(row, words)}</li>`)}
      </ul>`;
  }

  private episode(row: Row, { look }: Words) {
    const [time, end] = [row.time, cell(row, "end") ?? row.time];
    return html`<button
      type="button"
      @click=${() => {
        fireEvent(this, "hp-charts", { from: time, to: end });
      }}
    >
      <span>${look.format.dayTime(time)}</span>
      <small>${look.text(`insights.cause.${String(row.cause)}`)}</small>
      <b>${kwh(cell(row, "kwh"), look)}</b>
    </button>`;
  }

  private paragraph(title: string, said: string, { look }: Words) {
    return said
      ? html`<h3>${look.text(`insights.${title}`)}</h3>
          <p>${said}</p>`
      : nothing;
  }

  private actions({ from, to }: Insight, { text }: Look) {
    if (this.card?.methods)
      return this.admin
        ? html`<footer>
            <button type="button" class="action" @click=${openSettings}>
              ${icon(mdiCog)}${text("insights.settings.open")}
            </button>
          </footer>`
        : nothing;
    if (from === null || to === null) return nothing;
    return html`<footer>
      <button
        type="button"
        class="action"
        @click=${() => {
          fireEvent(this, "hp-charts", { from, to });
        }}
      >
        ${icon(mdiChartLine)}${text("insights.show_days")}
      </button>
      ${
        this.explained?.evidence.days?.length
          ? html`<button
              type="button"
              class="action plain csv"
              @click=${this.save}
            >
              ${icon(mdiFileDelimitedOutline)}CSV
            </button>`
          : nothing
      }
    </footer>`;
  }

  private async save(): Promise<void> {
    const { explained, look, info, card } = this;
    const days = explained?.evidence.days;
    if (!days?.length || !look || !info || !card) return;
    const { saveRows } = await fetched(() => import("../export/export.js"));
    const columns = Object.keys(days[0] ?? {}).filter((key) => key !== "time");
    saveRows(
      [
        ["day", ...columns],
        ...days.map((row) => [
          new Date(row.time).toISOString(),
          ...columns.map((key) => row[key]),
        ]),
      ],
      { info, look, snapshot: { end: Date.now() } },
      card.id
    );
  }

  private close(): void {
    this.renderRoot.querySelector("dialog")?.close();
  }

  private closed(): void {
    fireEvent(this, "hp-close");
  }
}

define("hp-insight-dialog")(InsightDialog);

declare global {
  interface HTMLElementTagNameMap {
    "hp-insight-dialog": InsightDialog;
  }
}
