import { html, LitElement, nothing } from "lit";
import type { PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { mdiClockAlertOutline } from "@mdi/js";
import type { Look } from "../components/context.js";
import { HomeLook } from "../components/home-look.js";
import { errorNotice } from "../components/view-state.js";
import "../components/notice.js";
import { icon } from "../components/icon.js";
import { writePath } from "../data/page.js";
import { isStale } from "../data/stale.js";
import type { PumpInfo } from "../data/types.js";
import { writeUrl } from "../data/url-state.js";
import { define } from "../ha/define.js";
import { navigate } from "../ha/navigate.js";
import type { HomeAssistant } from "../ha/types.js";
import { DAY } from "../format/calendar.js";
import { CARDS, SECTIONS, cardOf } from "./cards.js";
import type { CardDefinition, Section } from "./cards.js";
import "./insight-card.js";
import "./insight-dialog.js";
import { insightsSource } from "./insights-source.js";
import { pageStyles } from "./page-styles.js";
import type { Answers, Check, Insight } from "./types.js";
import "./verdict-card.js";

/** How often it is looked whether something is to be asked again. */
const TICK_MS = 2_000;
/** A longer span is better seen by months. */
const MOST_CHARTED = 100 * DAY;
const LIT_MS = 2_000;

/** From when to when something is to be looked at in the charts, ms. */
interface Moment {
  from: number | null;
  to: number | null;
}

/** The page "Insights": whether all is well, and what every question's answer is. */
export class InsightsPage extends LitElement {
  @property({ attribute: false }) hass: HomeAssistant | undefined;
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) info: PumpInfo | undefined;
  /** Of the address: ["house"] is that card opened. */
  @property({ attribute: false }) parts: readonly string[] = [];
  /** ms; of the last reading. */
  @property({ attribute: false }) last: number | null = null;
  @property({ type: Boolean }) narrow = false;

  /** The card that a tile has led to. */
  @state() private lit = "";
  private readonly home = new HomeLook();
  private timer = 0;
  private dimmer = 0;
  /** Opened here, so that closing goes back. */
  private isOpened = false;

  static override styles = pageStyles;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = window.setInterval(() => {
      if (!document.hidden) void this.ask();
    }, TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.timer);
    window.clearTimeout(this.dimmer);
  }

  protected override willUpdate(): void {
    const { hass, look } = this;
    if (!hass || !look) return;
    this.toggleAttribute("dark", look.theme.dark);
    this.home.follow(hass, look);
    insightsSource.connect(hass.connection);
    if (!this.parts.length) this.isOpened = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    void this.ask();
  }

  private get answers(): Answers | null {
    return this.info ? insightsSource.answers(this.info.id) : null;
  }

  /** First the answers, then what each of them rests on, side by side. */
  private async ask(): Promise<void> {
    const { info } = this;
    if (!info) return;
    if (await insightsSource.ask(info.id)) this.requestUpdate();
    const shown = this.insights.filter(
      ({ id, from }) =>
        from !== null || CARDS.some((card) => card.id === id && card.methods)
    );
    const came = await insightsSource.explain(
      info.id,
      shown.map(({ id }) => id)
    );
    if (came) this.requestUpdate();
  }

  /** Those that have a card here. */
  private get insights(): Insight[] {
    return (this.answers?.insights ?? []).filter(({ id }) =>
      CARDS.some((card) => card.id === id)
    );
  }

  override render() {
    const { info, answers } = this;
    const look = this.home.own;
    if (!look || !info) return nothing;
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

  private get current(): "loading" | "ready" | "error" {
    if (this.answers) return "ready";
    return insightsSource.error ? "error" : "loading";
  }

  private content(look: Look, info: PumpInfo, answers: Answers | null) {
    const { error } = insightsSource;
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
    if (last !== null && isStale(last, Date.now()))
      return html`<div class="line" role="status" data-state="stale">
        ${icon(mdiClockAlertOutline)}
        ${text("insights.stale", { time: format.dayTime(last) })}
      </div>`;
    const progress = info.history?.progress ?? 1;
    if (info.history?.complete !== false || progress >= 1) return nothing;
    return html`<div class="line" role="status" data-state="reading">
      ${text("insights.reading", { share: format.percent(progress) })}
    </div>`;
  }

  private get admin(): boolean {
    return this.hass?.user?.is_admin ?? false;
  }

  private section(section: Section, look: Look, info: PumpInfo) {
    const { answers, insights } = this;
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
      .insight=${this.insights.find((each) => each.id === id) ?? null}
      .explained=${insightsSource.evidence(info.id, id)}
      .failed=${insightsSource.error !== null}
      .look=${look}
      .info=${info}
      .admin=${this.admin}
      .foldable=${this.narrow}
    ></hp-insight-card>`;
  }

  private dialog(look: Look, info: PumpInfo) {
    const [id] = this.parts;
    const card = CARDS.find((each) => each.id === id);
    const insight = this.insights.find((each) => each.id === id);
    if (!card || !insight) return nothing;
    return html`<hp-insight-dialog
      .card=${card}
      .insight=${insight}
      .explained=${insightsSource.evidence(info.id, card.id)}
      .look=${look}
      .info=${info}
      .admin=${this.admin}
      .narrow=${this.narrow}
      @hp-close=${this.closeInsight}
      @hp-charts=${this.openCharts}
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

  private address(parts: readonly string[]): string {
    const search = writeUrl("", { pump: this.info?.id ?? null, period: null });
    return writePath({ page: "insights", parts }) + search;
  }

  private openInsight({ detail }: CustomEvent<string>): void {
    this.isOpened = true;
    navigate(this.address([detail]));
  }

  /** Closed by its button or by Escape; by the way back it is gone already. */
  private closeInsight(): void {
    if (!this.parts.length) return;
    if (this.isOpened) history.back();
    else navigate(this.address([]), true);
  }

  private async openCheck({ detail }: CustomEvent<Check>): Promise<void> {
    const id = cardOf(detail.id);
    const card = this.renderRoot.querySelector<
      HTMLElementTagNameMap["hp-insight-card"]
    >(`#card-${id ?? ""}`);
    if (!id || !card) {
      this.show(detail);
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
    this.show(detail);
  }

  /** A moment in the charts of Now, a long time in the history; else Now as it was left. */
  private show({ from, to }: Moment): void {
    const pump = this.info?.id ?? null;
    const isLong = from !== null && to !== null && to - from > MOST_CHARTED;
    const span = from === null || to === null ? null : { start: from, end: to };
    const path = writePath({ page: isLong ? "history" : "now", parts: [] });
    const period = isLong ? null : span && around(span, Date.now());
    navigate(path + writeUrl("", { pump, period }));
  }

  private retry(): void {
    insightsSource.forget();
    void this.ask();
    this.requestUpdate();
  }
}

const LEAST_MS = 6 * 3_600_000;

/** What is short is seen with some hours around it, not beyond now. */
const around = (
  { start, end }: { start: number; end: number },
  now: number
): { start: number; end: number } => {
  const more = Math.max(0, LEAST_MS - (end - start)) / 2;
  return {
    start: Math.floor((start - more) / 60_000) * 60_000,
    end: Math.min(now, Math.ceil((end + more) / 60_000) * 60_000),
  };
};

define("hp-insights-page")(InsightsPage);

declare global {
  interface HTMLElementTagNameMap {
    "hp-insights-page": InsightsPage;
  }
}
