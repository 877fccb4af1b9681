import { html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { mdiChartLine } from "@mdi/js";
import type { Look } from "../components/context.js";
import { errorNotice } from "../components/view-state.js";
import type { Notice } from "../components/view-state.js";
import "../components/notice.js";
import type { PanelError } from "../data/error.js";
import type { PumpInfo } from "../data/types.js";
import { usesFahrenheit } from "../data/units.js";
import type { Span } from "../data/period.js";
import { define } from "../ha/define.js";
import { navigate } from "../ha/navigate.js";
import type { HomeAssistant } from "../ha/types.js";
import { addressOf } from "./addresses.js";
import { answerOf } from "./answer.js";
import "./answer-card.js";
import { calendarSource } from "./calendar-source.js";
import "./cost-card.js";
import { askDetails, detailsOf, NO_DETAILS } from "./details.js";
import type { Details } from "./details.js";
import { detailSource } from "./detail-source.js";
import "./energy-card.js";
import "./figure-card.js";
import { FIGURE_KEYS, figureCards } from "./figure-cards.js";
import { isReported } from "./figures.js";
import "./history-bar.js";
import { HistoryData } from "./history-data.js";
import "./map-card.js";
import { outside } from "./model.js";
import type { HistoryModel } from "./model.js";
import { COMPARISONS, readPeriod } from "./period.js";
import type { Comparison, HistoryPeriod } from "./period.js";
import { pageFooter, progressOf, readingLine } from "./page-lines.js";
import { pageStyles } from "./page-styles.js";
import "./odd-card.js";
import "./table-card.js";
import "./temperature-card.js";
import "./winters-card.js";
import "./years-card.js";

const hasCost = (model: HistoryModel | null): boolean =>
  model?.figures?.cost != null;

const COMPARE = "compare";

/** The page "History": how it was, by day, month and year. */
export class HistoryPage extends LitElement {
  @property({ attribute: false }) hass: HomeAssistant | undefined;
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) info: PumpInfo | undefined;
  /** Of the address: ["year", "2025"]. */
  @property({ attribute: false }) parts: readonly string[] = [];
  /** ms; of the last reading, so that today counts. */
  @property({ attribute: false }) last: number | null = null;
  /** Why nothing new comes. */
  @property({ attribute: false }) error: PanelError | null = null;

  private readonly data: HistoryData = new HistoryData(this, askDetails);
  @state() private comparison: Comparison = "year";
  private details: Details = NO_DETAILS;
  /** The days that are pointed at, in the calendar or among the odd ones. */
  @state() private lit: Span | null = null;

  static override styles = pageStyles;

  protected override willUpdate(): void {
    const { hass, look, info, data } = this;
    if (!hass || !look || !info) return;
    data.follow(hass, look);
    if (!data.look) return;
    this.toggleAttribute("dark", look.theme.dark);
    const compare = new URLSearchParams(location.search).get(COMPARE);
    this.comparison = COMPARISONS.find((each) => each === compare) ?? "year";
    detailSource.connect(hass.connection, usesFahrenheit(hass));
    const { period } = this;
    if (period.unit === "day") this.openDay(period);
    else data.show(period, this.comparison, info);
    if (data.model) this.details = detailsOf(data.model);
  }

  private get period(): HistoryPeriod {
    return readPeriod(this.parts, this.data.now);
  }

  override render() {
    const { info } = this;
    const { look, model } = this.data;
    if (!look || !info) return this.waiting();
    return html`<hp-history-bar
        .look=${look}
        .period=${this.period}
        .comparison=${this.comparison}
        .first=${model?.first ?? 0}
        .now=${this.data.now}
        .progress=${model ? progressOf(model, look) : ""}
        @hp-period=${this.choosePeriod}
        @hp-compare=${this.chooseComparison}
      ></hp-history-bar>
      <main
        data-view="history"
        data-state=${this.currentOf(look)}
        @hp-period=${this.choosePeriod}
        @hp-light=${this.light}
        @hp-retry=${this.retry}
      >
        ${this.content(look)}
      </main>`;
  }

  private waiting() {
    const { home } = this.data;
    return html`<main data-view="history" data-state=${home.state}>
      ${home.meanwhile(this.look)}
    </main>`;
  }

  /** Why there is nothing to see of the period; empty where there is. */
  private whyEmpty({ text, format }: Look): string {
    const { model } = this.data;
    if (!model) return "";
    if (!model.months.size) return text("history.empty");
    const date = format.date(format.zone.utc(model.first));
    const where = outside(model);
    return where ? text(`history.outside.${where}`, { date }) : "";
  }

  private currentOf(look: Look): "loading" | "ready" | "empty" | "error" {
    if (this.whyEmpty(look)) return "empty";
    if (this.data.model) return "ready";
    return calendarSource.error ? "error" : "loading";
  }

  private content(look: Look) {
    const current = this.currentOf(look);
    const { model } = this.data;
    const { text } = look;
    const error = calendarSource.error ?? this.error;
    if (current === "error" && error)
      return this.notice(errorNotice(error, look), error.retryAt);
    if (current === "empty")
      return this.notice(
        {
          ...{ state: "empty", icon: mdiChartLine, action: null },
          title: text("blank.no_readings.title"),
          help: this.whyEmpty(look),
        },
        null
      );
    const figures = model && figureCards(model, look);
    return html`${model ? readingLine(model, look) : nothing}
      ${
        isReported(model?.figures, "electricity")
          ? html`<hp-history-answer
              .answer=${model && answerOf(model, look)}
              .look=${look}
            ></hp-history-answer>`
          : nothing
      }
      <section class="figures" aria-label=${text("panel.figures")}>
        ${FIGURE_KEYS.map(
          (key, i) =>
            html`<hp-history-figure
              data-key=${key}
              .card=${figures?.[i] ?? null}
              .look=${look}
              .admin=${this.hass?.user?.is_admin ?? false}
            ></hp-history-figure>`
        )}
      </section>
      <hp-history-energy .model=${model} .look=${look}></hp-history-energy>
      <hp-history-map
        .model=${model}
        .look=${look}
        .odd=${this.details.odd.found ?? []}
        .lit=${this.lit}
      ></hp-history-map>
      ${this.evidence(look)}
      <hp-history-table
        .model=${model}
        .look=${look}
        .connection=${this.hass?.connection}
      ></hp-history-table>
      ${
        hasCost(model) && model?.period.unit !== "all"
          ? html`<hp-history-cost
              .model=${model}
              .look=${look}
            ></hp-history-cost>`
          : nothing
      }
      ${model ? pageFooter(model, this.last, look) : nothing}`;
  }

  /** Of all years the winters over one another, of one period its temperatures and its odd days. */
  private evidence(look: Look) {
    const { lit } = this;
    const { model } = this.data;
    const { temperatures, odd, winters } = this.details;
    if (model?.period.unit !== "all")
      return html`<hp-history-temperatures
          .model=${model}
          .look=${look}
          .found=${temperatures.found}
          .error=${temperatures.error}
        ></hp-history-temperatures>
        <hp-history-odd
          .model=${model}
          .look=${look}
          .odd=${odd.found}
          .error=${odd.error}
          .lit=${lit}
        ></hp-history-odd>`;
    const years = hasCost(model)
      ? html`<hp-history-years
          .model=${model}
          .look=${look}
        ></hp-history-years>`
      : nothing;
    return winters.length
      ? html`<hp-history-winters
            .model=${model}
            .look=${look}
            .winters=${winters}
          ></hp-history-winters>
          ${years}`
      : years;
  }

  private notice(notice: Notice, retryAt: number | null) {
    return html`<hp-notice
      .look=${this.data.look}
      .notice=${notice}
      .retryAt=${retryAt}
    ></hp-notice>`;
  }

  private choosePeriod({ detail }: CustomEvent<HistoryPeriod>): void {
    this.go(detail, this.comparison);
  }

  private light({ detail }: CustomEvent<Span | null>): void {
    this.lit = detail;
  }

  private chooseComparison({ detail }: CustomEvent<Comparison>): void {
    this.go(this.period, detail);
  }

  private go(period: HistoryPeriod, comparison: Comparison): void {
    const { look } = this.data;
    if (!look || !this.info) return;
    const more = comparison === "year" ? {} : { [COMPARE]: comparison };
    navigate(addressOf(period, this.info, look, more));
  }

  /** An address that names a day leads to it in its place. */
  private openDay(day: HistoryPeriod): void {
    const { look } = this.data;
    if (look && this.info) navigate(addressOf(day, this.info, look), true);
  }

  /** Tries again what failed. */
  retry(): void {
    detailSource.retry();
    this.data.retry();
    this.requestUpdate();
  }
}

define("hp-history-page")(HistoryPage);

declare global {
  interface HTMLElementTagNameMap {
    "hp-history-page": HistoryPage;
  }
}
