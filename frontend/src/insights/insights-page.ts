import { html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { mdiClockAlertOutline } from "@mdi/js";
import type { Look } from "../components/context.js";
import { errorNotice } from "../components/view-state.js";
import "../components/notice.js";
import { icon } from "../components/icon.js";
import { isStale } from "../data/stale.js";
import type { LastReading } from "../data/stale.js";
import type { PumpInfo, Status } from "../data/types.js";
import { define } from "../ha/define.js";
import { navigate } from "../ha/navigate.js";
import { fetched } from "../ha/replaced.js";
import type { HomeAssistant } from "../ha/types.js";
import { insightAddress, momentAddress } from "./addresses.js";
import type { Moment } from "./addresses.js";
import { CARDS, SECTIONS, cardOf } from "./cards.js";
import type { CardDefinition, Section } from "./cards.js";
import "./insight-card.js";
import "./insight-dialog.js";
import { InsightsData } from "./insights-data.js";
import { pageStyles } from "./page-styles.js";
import type { Answers, Check } from "./types.js";
import "./verdict-card.js";

const LIT_MS = 2_000;
const LETTER = "letter";
const DATE = /^\d{4}-\d\d-\d\d$/;

/** Whether there is such a day: "2026-02-31" is read as one of March. */
const isDate = (text: string): boolean => {
  const read = new Date(DATE.test(text) ? text : NaN);
  return read.getUTCDate() === Number(text.slice(8));
};

/** The page "Insights": whether all is well, and what every question's answer is. */
export class InsightsPage extends LitElement {
  @property({ attribute: false }) hass: HomeAssistant | undefined;
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) info: PumpInfo | undefined;
  /** Of the address: ["house"] is that card opened. */
  @property({ attribute: false }) parts: readonly string[] = [];
  @property({ attribute: false }) last:
    (LastReading & Partial<Pick<Status, "history">>) | null = null;
  @property({ type: Boolean }) narrow = false;

  /** The card that a tile has led to. */
  @state() private lit = "";
  private readonly data: InsightsData = new InsightsData(this);
  private dimmer = 0;
  /** Opened here, so that closing goes back. */
  private isOpened = false;

  static override styles = pageStyles;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.dimmer);
  }

  protected override willUpdate(): void {
    const { hass, look } = this;
    if (!hass || !look) return;
    this.data.follow(hass, look, this.info);
    this.data.also = this.dated;
    if (!this.parts.length) this.isOpened = false;
  }

  override render() {
    const { info } = this;
    const { look, answers } = this.data;
    if (!look || !info) return this.waiting();
    return html`<main
        data-view="insights"
        data-state=${this.current}
        @hp-insight=${this.openInsight}
        @hp-check=${this.openCheck}
        @hp-charts=${this.openCharts}
        @hp-retry=${this.retry}
      >
        ${this.content(look, info, answers)}
      </main>
      ${answers ? this.dialog(look, info) : nothing}`;
  }

  private waiting() {
    const { home } = this.data;
    return html`<main data-view="insights" data-state=${home.state}>
      ${home.meanwhile(this.look)}
    </main>`;
  }

  private get current(): "loading" | "ready" | "error" {
    if (this.data.answers) return "ready";
    return this.data.error() ? "error" : "loading";
  }

  private content(look: Look, info: PumpInfo, answers: Answers | null) {
    const error = this.data.error();
    if (!answers && error)
      return html`<hp-notice
        .look=${look}
        .notice=${errorNotice(error, look)}
        .retryAt=${error.retryAt}
      ></hp-notice>`;
    return html`${this.line(look, info)}
      <hp-verdict-card
        .answers=${answers}
        .look=${look}
        .info=${info}
        .admin=${this.admin}
      ></hp-verdict-card>
      ${SECTIONS.map((section) => this.section(section, look, info))}
      ${answers ? this.footer(look, info) : nothing}`;
  }

  /** Old readings, or a past that is still being read. */
  private line(look: Look, info: PumpInfo) {
    const { text, format } = look;
    const { last } = this;
    if (last?.time != null && isStale(last, Date.now()))
      return html`<div class="line" role="status" data-state="stale">
        ${icon(mdiClockAlertOutline)}
        ${text("insights.stale", { time: format.dayTime(last.time) })}
      </div>`;
    // With each reading comes how far it is by then.
    const { complete, progress = 1 } = last?.history ?? info.history ?? {};
    const isRead = complete !== false || progress >= 1;
    if (isRead && this.data.answers?.whole !== false) return nothing;
    return html`<div class="line" data-state="reading">
      ${text("insights.reading", { share: format.percent(progress) })}
    </div>`;
  }

  private get admin(): boolean {
    return this.hass?.user?.is_admin ?? false;
  }

  private section(section: Section, look: Look, info: PumpInfo) {
    const { answers, insights } = this.data;
    const cards = CARDS.filter(
      (card) =>
        card.section === section &&
        (!answers || insights.some(({ id }) => id === card.id))
    );
    if (!cards.length) return nothing;
    const { text } = look;
    return html`<section
      data-count=${cards.length}
      aria-labelledby="section-${section}"
    >
      <h2 id="section-${section}">
        ${text(`insights.section.${section}.name`)}
        <small>${text(`insights.section.${section}.remark`)}</small>
      </h2>
      ${cards.map((card) => this.card(card, look, info))}
    </section>`;
  }

  private card(card: CardDefinition, look: Look, info: PumpInfo) {
    const { id } = card;
    return html`<hp-insight-card
      id="card-${id}"
      ?lit=${this.lit === id}
      .card=${card}
      .insight=${this.data.insight(id)}
      .explained=${this.data.evidence(id)}
      .failed=${this.data.error(id) !== null}
      .look=${look}
      .info=${info}
      .admin=${this.admin}
      .foldable=${this.narrow}
    ></hp-insight-card>`;
  }

  /** What is asked about a day of one's own, as the address says it. */
  private get dated(): string | null {
    const [id, date = ""] = this.parts;
    const card = CARDS.find((each) => each.id === id);
    return card?.dated && isDate(date) ? `${card.id}/${date}` : null;
  }

  /** Fetched by whom the event of a letter has led there. */
  private letter(look: Look, info: PumpInfo) {
    fetched(() => import("./letter-dialog.js")).catch(() => undefined);
    const insights = this.data.answers?.insights ?? [];
    return html`<hp-letter-dialog
      .hass=${this.hass}
      .insight=${insights.find(({ id }) => id === LETTER) ?? null}
      .look=${look}
      .info=${info}
      @hp-close=${this.closeInsight}
    ></hp-letter-dialog>`;
  }

  private dialog(look: Look, info: PumpInfo) {
    const [id] = this.parts;
    if (id === LETTER) return this.letter(look, info);
    const card = CARDS.find((each) => each.id === id);
    const { dated } = this;
    const explained = card && this.data.evidence(dated ?? card.id);
    const insight = dated ? explained : card && this.data.insight(card.id);
    if (!card || !(insight || dated)) return nothing;
    return html`<hp-insight-dialog
      .card=${card}
      .insight=${insight ?? null}
      .explained=${explained ?? null}
      .error=${this.data.error(dated ?? card.id)}
      .date=${dated ? (this.parts[1] ?? "") : ""}
      .look=${look}
      .info=${info}
      .admin=${this.admin}
      .narrow=${this.narrow}
      @hp-close=${this.closeInsight}
      @hp-charts=${this.openCharts}
      @hp-date=${this.chooseDate}
    ></hp-insight-dialog>`;
  }

  private footer({ text, format }: Look, info: PumpInfo) {
    const { first_reading: first, calibration } = info;
    return html`<footer>
      <span
        >${
          first === null
            ? text("insights.computed")
            : text("insights.computed_since", { date: format.date(first) })
        }</span
      >
      <span>${text("insights.scatter_means")}</span>
      ${
        calibration === "unchecked"
          ? html`<span
              >${text("panel.footnote_unchecked", {
                factor: format.number(info.settings.flow_factor, 1),
              })}</span
            >`
          : nothing
      }
    </footer>`;
  }

  private openInsight({ detail }: CustomEvent<string>): void {
    this.isOpened = true;
    navigate(insightAddress(this.info, [detail]));
  }

  /** In its place, so that closing still goes back to the page. */
  private chooseDate({ detail }: CustomEvent<string>): void {
    const [id = ""] = this.parts;
    const parts = detail ? [id, detail] : [id];
    navigate(insightAddress(this.info, parts), true);
  }

  /** Closed by its button or by Escape; by the way back it is gone already. */
  private closeInsight(): void {
    if (!this.parts.length) return;
    if (this.isOpened) history.back();
    else navigate(insightAddress(this.info), true);
  }

  private async openCheck({ detail }: CustomEvent<Check>): Promise<void> {
    const id = cardOf(detail.id);
    const card = this.renderRoot.querySelector<
      HTMLElementTagNameMap["hp-insight-card"]
    >(`#card-${id ?? ""}`);
    if (!id || !card) {
      navigate(momentAddress(this.info, detail));
      return;
    }
    card.unfold();
    await card.updateComplete;
    card.scrollIntoView({ block: "center" });
    card.shadowRoot?.querySelector<HTMLElement>(".open")?.focus({
      preventScroll: true,
    });
    this.lit = id;
    window.clearTimeout(this.dimmer);
    this.dimmer = window.setTimeout(() => {
      this.lit = "";
    }, LIT_MS);
  }

  private openCharts({ detail }: CustomEvent<Moment>): void {
    navigate(momentAddress(this.info, detail));
  }

  /** Tries again what failed. */
  retry(): void {
    this.data.retry();
  }
}

define("hp-insights-page")(InsightsPage);

declare global {
  interface HTMLElementTagNameMap {
    "hp-insights-page": InsightsPage;
  }
}
