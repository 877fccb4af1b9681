import { html, nothing } from "lit";
import { property } from "lit/decorators.js";
import {
  mdiChartLine,
  mdiChevronDown,
  mdiCog,
  mdiFileDelimitedOutline,
} from "@mdi/js";
import type { Look } from "../components/context.js";
import type {
  ChosenSpan,
  DateRange,
} from "../components/date-range/date-range.js";
import { icon } from "../components/icon.js";
import { Popover } from "../components/popover.js";
import {
  baseStyles,
  buttonStyles,
  popoverStyles,
  roundButtonStyles,
} from "../components/styles.js";
import type { PanelError } from "../data/error.js";
import type { PumpInfo } from "../data/types.js";
import { DAY } from "../format/calendar.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import { INTEGRATION_PATH, navigate } from "../ha/navigate.js";
import { fetched } from "../ha/replaced.js";
import { historyCardStyles } from "../history/card-styles.js";
import type { CardDefinition } from "./cards.js";
import { daysTable, rowsOf, sureOf } from "./detail.js";
import { dialogStyles } from "./dialog-styles.js";
import "./insight-chart.js";
import { ModalDialog } from "./modal-dialog.js";
import { momentsOf } from "./moments.js";
import { rich } from "./rich.js";
import { stateChip, stateStyles } from "./state-chip.js";
import type { Explained, Insight } from "./types.js";
import { found } from "./check-words.js";
import type { Words } from "./check-words.js";
import { helpOf, sentenceOf } from "./words.js";

const CHART = 408;
const PHONE_CHART = 320;

const openSettings = () => {
  navigate(INTEGRATION_PATH);
};

/** Why an answer is what it is: its picture large, its figures, and how sure they are. */
export class InsightDialog extends ModalDialog {
  @property({ attribute: false }) card: CardDefinition | undefined;
  @property({ attribute: false }) insight: Insight | null = null;
  @property({ attribute: false }) explained: Explained | null = null;
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) info: PumpInfo | undefined;
  @property({ type: Boolean }) admin = false;
  @property({ type: Boolean }) narrow = false;
  /** Why what it is asked about did not come. */
  @property({ attribute: false }) error: PanelError | null = null;
  /** A day of one's own that it is asked about: "2026-01-14". */
  @property() date = "";

  private readonly popup: Popover = new Popover(
    this,
    () => this.opener,
    () => {
      void this.focusDay();
    }
  );

  static override styles = [
    baseStyles,
    buttonStyles,
    popoverStyles,
    roundButtonStyles,
    historyCardStyles,
    stateStyles,
    dialogStyles,
  ];

  override render() {
    const { card, insight, look, info } = this;
    if (!card || !look || !info || !(insight || this.date)) return nothing;
    const words = { look, info };
    const question = look.text(`insights.question.${card.id}`);
    return html`<dialog
      aria-label=${question}
      @close=${this.closed}
      closedby="any"
    >
      ${this.header(look, question, insight ? stateChip(insight, look) : nothing)}
      <div class="content" role="group" aria-label=${question} tabindex="0">
        <p class="sentence" role="status">${this.sentence(words)}</p>
        ${card.dated ? this.dates(look, info) : nothing}
        <div class="picture">${this.picture(words)}</div>
        <div class="beside">
          ${insight ? this.table(insight, words) : nothing}
          ${this.moments(words)}
          ${this.paragraph("sure_title", insight ? sureOf(insight, words) : "", words)}
          ${this.paragraph("not_title", found(words, [`insights.not.${card.id}`]) ?? "", words)}
        </div>
      </div>
      ${insight ? this.actions(insight, look) : nothing}
    </dialog>`;
  }

  private sentence(words: Words) {
    const { insight, error } = this;
    if (insight) return rich(sentenceOf(insight, words));
    return error ? this.failed(error, words) : "\u00a0";
  }

  private failed({ retryAt }: PanelError, { look: { text } }: Words) {
    return text(
      this.date && retryAt === null
        ? "insights.change.refused"
        : "insights.failed"
    );
  }

  /** What one changed oneself, no setting tells of. */
  private dates(look: Look, info: PumpInfo) {
    const { date, popup } = this;
    const { text, format } = look;
    const day = date
      ? format.date(format.zone.utc(Date.parse(date)))
      : text("insights.change.choose");
    return html`<div class="dates">
      <span id="own">${text("insights.change.date")}</span>
      <button
        type="button"
        class="day"
        id="day"
        aria-labelledby="own day"
        aria-haspopup="dialog"
        aria-expanded=${popup.open ? "true" : "false"}
        @click=${popup.toggle}
        @keydown=${popup.openByKey}
      >
        ${day} ${icon(mdiChevronDown)}
      </button>
      ${
        date
          ? html`<button
              type="button"
              class="action plain"
              @click=${this.chooseLast}
            >
              ${text("insights.change.last")}
            </button>`
          : nothing
      }
      ${popup.open ? this.calendar(look, info) : nothing}
    </div>`;
  }

  /** Its Escape is the browser's: ours would leave the next one to the dialog. */
  private calendar(look: Look, { first_reading: first }: PumpInfo) {
    const { utc, dayStart } = look.format.zone;
    const now = Date.now();
    const local = Date.parse(this.date);
    return html`<div
      class="popover"
      popover="auto"
      role="dialog"
      aria-labelledby="own"
      @toggle=${this.popup.toggled}
    >
      <hp-date-range
        .single=${true}
        .look=${look}
        .start=${this.date ? utc(local) : dayStart(now)}
        .end=${this.date ? utc(local + DAY) : now}
        .earliest=${first ?? 0}
        .latest=${now}
        @hp-span=${this.chooseDate}
      ></hp-date-range>
    </div>`;
  }

  private get opener(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>("button.day") ?? this;
  }

  private async focusDay(): Promise<void> {
    try {
      await fetched(() => import("../components/date-range/date-range.js"));
    } catch {
      this.popup.close();
      return;
    }
    await this.renderRoot.querySelector<DateRange>("hp-date-range")?.focusDay();
  }

  private chooseDate({ detail }: CustomEvent<ChosenSpan>): void {
    this.popup.close();
    const local = this.look?.format.zone.local(detail.start);
    if (local !== undefined)
      fireEvent(this, "hp-date", new Date(local).toISOString().slice(0, 10));
  }

  /** Its button goes, and the focus stays beside where it was. */
  private chooseLast(): void {
    this.opener.focus();
    fireEvent(this, "hp-date", "");
  }

  private picture(words: Words) {
    const { look, info } = words;
    const { card, explained, insight, error } = this;
    const isDrawn = insight?.state !== "unknown" && insight?.code !== "days";
    if (!explained && isDrawn && !error) return html`<div class="bone"></div>`;
    // Without an answer the sentence says it.
    if (!explained && isDrawn && error)
      return insight
        ? html`<p class="why">${this.failed(error, words)}</p>`
        : nothing;
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
    return html`<p class="why">${insight ? helpOf(insight, words) : ""}</p>`;
  }

  private table(insight: Insight, words: Words) {
    const { evidence = {} } = this.explained ?? {};
    const rows = rowsOf(insight, words, evidence);
    const isSaid = insight.state !== "unknown" && insight.code !== "days";
    if (!rows.length || !(isSaid || evidence.methods?.length)) return nothing;
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
  private moments(words: Words) {
    const { text, format } = words.look;
    const told = momentsOf(this.explained?.evidence ?? {}, words);
    return told.map(
      ({ title, moments }) =>
        html`<h3>${text(title)}</h3>
          <ul>
            ${moments.map(
              ({ from, to, what, value }) =>
                html`<li>
                  <button
                    type="button"
                    @click=${() => {
                      fireEvent(this, "hp-charts", { from, to });
                    }}
                  >
                    <span>${format.dayTime(from)}</span>
                    <small>${what}</small>
                    <b>${value}</b>
                  </button>
                </li>`
            )}
          </ul>`
    );
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
    saveRows(
      daysTable(days, look.format),
      { info, look, snapshot: { end: Date.now() } },
      card.id
    );
  }
}

define("hp-insight-dialog")(InsightDialog);

declare global {
  interface HTMLElementTagNameMap {
    "hp-insight-dialog": InsightDialog;
  }
}
