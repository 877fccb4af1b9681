import { html, LitElement, nothing } from "lit";
import type { PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { mdiChartLine } from "@mdi/js";
import type { Look } from "../components/context.js";
import { errorNotice } from "../components/view-state.js";
import type { Notice } from "../components/view-state.js";
import "../components/notice.js";
import { writePath } from "../data/page.js";
import type { PanelError } from "../data/error.js";
import type { PumpInfo } from "../data/types.js";
import { usesFahrenheit } from "../data/units.js";
import { writeUrl } from "../data/url-state.js";
import { DAY } from "../format/calendar.js";
import { createFormat } from "../format/format.js";
import { define } from "../ha/define.js";
import { navigate } from "../ha/navigate.js";
import type { HomeAssistant } from "../ha/types.js";
import { answerOf } from "./answer.js";
import "./answer-card.js";
import { calendarSource } from "./calendar-source.js";
import type { Question } from "./calendar-source.js";
import "./energy-card.js";
import "./figure-card.js";
import { FIGURE_KEYS, figureCards } from "./figure-cards.js";
import "./history-bar.js";
import "./map-card.js";
import {
  dayQuestions,
  firstDay,
  firstQuestions,
  modelOf,
  wholeQuestion,
} from "./model.js";
import type { HistoryModel, ModelInput } from "./model.js";
import { COMPARISONS, moments, readPeriod, writePeriod } from "./period.js";
import type { Comparison, HistoryPeriod } from "./period.js";
import { pageStyles } from "./page-styles.js";
import "./table-card.js";

/** How often it is looked whether something is to be asked again. */
const TICK_MS = 2_000;
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

  /** With the days of the home, whatever the user's zone is. */
  private own: Look | undefined;
  private model: HistoryModel | null = null;
  @state() private comparison: Comparison = "year";
  private timer = 0;

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
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { hass, look, info } = this;
    if (!hass || !look || !info) return;
    if (changed.has("look") || !this.own) this.own = this.homeLook(hass, look);
    this.toggleAttribute("dark", look.theme.dark);
    const compare = new URLSearchParams(location.search).get(COMPARE);
    this.comparison = COMPARISONS.find((each) => each === compare) ?? "year";
    calendarSource.connect(hass.connection, usesFahrenheit(hass));
    const { period } = this;
    if (period.unit === "day") this.openDay(period, true);
    else this.model = modelOf(this.input(info));
  }

  protected override updated(): void {
    void this.ask();
  }

  private homeLook({ locale, config }: HomeAssistant, look: Look): Look {
    const zone = { ...locale, time_zone: "server" };
    const isFahrenheit = look.format.units.temperature === "°F";
    return {
      ...look,
      format: createFormat(
        zone,
        config.time_zone,
        isFahrenheit,
        look.text("language")
      ),
    };
  }

  private get now(): number {
    return this.own?.format.zone.local(Date.now()) ?? Date.now();
  }

  private get period(): HistoryPeriod {
    return readPeriod(this.parts, this.now);
  }

  private input(info: PumpInfo): ModelInput {
    const { period, comparison, now } = this;
    const rows = (question: Question) => calendarSource.rows(info.id, question);
    const { first_reading: first } = info;
    const firstReading =
      first === null ? null : (this.own?.format.zone.local(first) ?? null);
    return { period, comparison, info, firstReading, now, rows };
  }

  /** What is missing or old: first since when there are readings, then the days of them. */
  private async ask(): Promise<void> {
    const { info, own, period } = this;
    if (!info || !own || period.unit === "day") return;
    const input = this.input(info);
    const first = firstDay(input);
    const whole = wholeQuestion(period, input.now);
    const questions = [
      ...firstQuestions(input.now),
      ...(whole?.unit === "week" ? [whole] : []),
      ...(first === null || Number.isNaN(first)
        ? []
        : dayQuestions(input, first)),
    ];
    if (await calendarSource.ask(info.id, questions, own.format.zone))
      this.requestUpdate();
  }

  override render() {
    const { own: look, model, info } = this;
    if (!look || !info) return nothing;
    return html`<hp-history-bar
        .look=${look}
        .period=${this.period}
        .comparison=${this.comparison}
        .first=${model?.first ?? 0}
        .now=${this.now}
        .progress=${this.progress(look)}
        @hp-period=${this.choosePeriod}
        @hp-compare=${this.chooseComparison}
      ></hp-history-bar>
      <main
        data-view="history"
        data-state=${this.current}
        @hp-period=${this.choosePeriod}
        @hp-retry=${this.retry}
      >
        ${this.content(look)}
      </main>`;
  }

  private get hasReadings(): boolean {
    const { model } = this;
    return !model || [...model.months.values()].length > 0;
  }

  private get current(): "loading" | "ready" | "empty" | "error" {
    if (!this.hasReadings) return "empty";
    if (this.model) return "ready";
    return calendarSource.error ? "error" : "loading";
  }

  private content(look: Look) {
    const { model, current } = this;
    const { text } = look;
    const error = calendarSource.error ?? this.error;
    if (current === "error" && error)
      return this.notice(errorNotice(error, look), error.retryAt);
    if (current === "empty")
      return this.notice(
        {
          ...{ state: "empty", icon: mdiChartLine, action: null },
          title: text("blank.no_readings.title"),
          help: text("history.empty"),
        },
        null
      );
    const figures = model && figureCards(model, look);
    return html`${model ? this.reading(model, look) : nothing}
      <hp-history-answer
        .answer=${model && answerOf(model, look)}
        .look=${look}
      ></hp-history-answer>
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
      <hp-history-map .model=${model} .look=${look}></hp-history-map>
      <hp-history-table .model=${model} .look=${look}></hp-history-table>
      ${model ? this.footer(model, look) : nothing}`;
  }

  private notice(notice: Notice, retryAt: number | null) {
    return html`<hp-notice
      .look=${this.own}
      .notice=${notice}
      .retryAt=${retryAt}
    ></hp-notice>`;
  }

  /** The past is being read for the first time. */
  private reading({ reading }: HistoryModel, { text, format }: Look) {
    const { read, of, back } = reading;
    if (read >= of) return nothing;
    const values = { read, of, time: back === null ? "" : format.date(back) };
    return html`<div class="line reading" role="status" data-state="reading">
      <span
        >${text(back === null ? "history.reading_first" : "history.reading", values)}</span
      >
      <progress
        max=${of}
        value=${read}
        aria-label=${text("history.progress")}
      ></progress>
    </div>`;
  }

  private progress({ text }: Look): string {
    const { model, period } = this;
    if (!model?.isRunning || period.unit === "all") return "";
    const days = ({ start, end }: { start: number; end: number }) =>
      Math.round((end - start) / DAY);
    return text("history.days_of", {
      days: days(model.elapsed),
      of: days(model.days),
    });
  }

  private footer(
    { first, figures, isRunning, info }: HistoryModel,
    { text, format }: Look
  ) {
    const { flow_factor } = info.settings;
    const share =
      figures?.cop && figures.copUncertainty
        ? figures.copUncertainty / figures.cop
        : null;
    return html`<footer>
      <span
        >${text("history.since", { date: format.date(format.zone.utc(first)) })}</span
      >
      ${
        isRunning && this.last !== null
          ? html`<span
              >${text("history.counts_until", { time: format.time(this.last) })}</span
            >`
          : nothing
      }
      ${
        figures?.counted
          ? html`<span
              >${text("history.counted", {
                share: format.percent(
                  figures.counted / (figures.covered + figures.uncovered)
                ),
              })}</span
            >`
          : nothing
      }
      ${
        figures?.isUnchecked
          ? html`<span
              >${text("panel.footnote_unchecked", { factor: format.number(flow_factor, 1) })}</span
            >`
          : nothing
      }
      ${
        share === null
          ? nothing
          : html`<span
              >${text("history.within", { share: format.percent(share), factor: format.number(flow_factor, 1) })}</span
            >`
      }
    </footer>`;
  }

  private choosePeriod({ detail }: CustomEvent<HistoryPeriod>): void {
    if (detail.unit === "day") this.openDay(detail, false);
    else this.go(detail, this.comparison);
  }

  private chooseComparison({ detail }: CustomEvent<Comparison>): void {
    this.go(this.period, detail);
  }

  private go(period: HistoryPeriod, comparison: Comparison): void {
    const query = new URLSearchParams(this.info ? { pump: this.info.id } : {});
    if (comparison !== "year") query.set(COMPARE, comparison);
    navigate(
      `${writePath({ page: "history", parts: writePeriod(period) })}?${query.toString()}`
    );
  }

  /** A day is the page Now of that day; an address that names one leads there in its place. */
  private openDay({ start }: HistoryPeriod, replaces: boolean): void {
    const { own, info } = this;
    if (!own || !info) return;
    const span = moments({ start, end: start + DAY }, own.format.zone);
    const search = writeUrl("", { pump: info.id, period: span });
    navigate(writePath({ page: "now", parts: [] }) + search, replaces);
  }

  private retry(): void {
    calendarSource.retry();
    void this.ask();
    this.requestUpdate();
  }
}

define("hp-history-page")(HistoryPage);

declare global {
  interface HTMLElementTagNameMap {
    "hp-history-page": HistoryPage;
  }
}
