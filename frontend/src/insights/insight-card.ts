import { html, LitElement, nothing } from "lit";
import type { PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { mdiChevronDown, mdiHelpCircleOutline } from "@mdi/js";
import type { Look } from "../components/context.js";
import { readFolded, saveFolded } from "../components/folded.js";
import { icon } from "../components/icon.js";
import { baseStyles, cardStyles } from "../components/styles.js";
import type { PumpInfo } from "../data/types.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import { INTEGRATION_PATH, navigate } from "../ha/navigate.js";
import { historyCardStyles } from "../history/card-styles.js";
import type { CardDefinition } from "./cards.js";
import type { Chart } from "./chart.js";
import "./insight-chart.js";
import { insightStyles } from "./insight-styles.js";
import { kelvin } from "./quantities.js";
import { rich } from "./rich.js";
import { stateChip, stateStyles } from "./state-chip.js";
import { numberOf } from "./types.js";
import type { Explained, Insight } from "./types.js";
import { found } from "./check-words.js";
import type { Words } from "./check-words.js";
import { helpOf, moved, sentenceOf, valuesIn } from "./words.js";

const CHART = 204;
const SLIDER = 32;
/** So many days are a dot each. */
const MOST_DOTS = 60;

export type InsightState =
  "loading" | "ready" | "empty" | "missing" | "error" | "learning" | "unknown";

/** One question with its answer, what it rests on, and what can be done. */
export class InsightCard extends LitElement {
  @property({ attribute: false }) card: CardDefinition | undefined;
  @property({ attribute: false }) insight: Insight | null = null;
  /** With what it rests on; null until that is there. */
  @property({ attribute: false }) explained: Explained | null = null;
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) info: PumpInfo | undefined;
  /** Instead of its question. */
  @property() heading: string | undefined;
  @property({ type: Boolean }) admin = false;
  @property({ type: Boolean }) failed = false;
  /** On a phone, where what is well is one line until somebody wants more. */
  @property({ type: Boolean }) foldable = false;
  @property({ type: Number }) shift = -1;
  @property({ type: Boolean, reflect: true }) folded = false;
  @property({ reflect: true }) state = "ok";

  /** Folded or unfolded here, which counts where the browser does not remember it. */
  @state() private chosen: boolean | null = null;

  static override styles = [
    baseStyles,
    cardStyles,
    historyCardStyles,
    stateStyles,
    insightStyles,
  ];

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { insight, foldable } = this;
    if (changed.has("card")) this.chosen = null;
    this.state = insight?.state ?? "learning";
    this.folded =
      foldable &&
      insight !== null &&
      (this.chosen ?? readFolded(this.key, insight.state === "ok"));
  }

  private get key(): string {
    return `insight.${this.card?.id ?? ""}`;
  }

  private get words(): Words | null {
    const { look, info } = this;
    return look && info ? { look, info } : null;
  }

  override render() {
    const { card, insight, look, words } = this;
    if (!card || !look || !words) return nothing;
    const chart = this.chart;
    return html`<article
      data-insight=${card.id}
      data-state=${this.stateOf(chart)}
    >
      <div class="head">
        ${icon(card.icon)}
        <h3>${this.heading ?? look.text(`insights.question.${card.id}`)}</h3>
        ${insight ? stateChip(insight, look, this.folded) : nothing}
        ${insight && this.foldable ? this.foldButton(look) : nothing}
      </div>
      ${
        insight
          ? html`<p class="sentence">
              ${rich(sentenceOf(moved(insight, this.shift), words))}
            </p>`
          : html`<div class="sentence"></div>`
      }
      ${this.folded ? nothing : this.rest(chart, card, words)}
    </article>`;
  }

  private rest(chart: Chart | null, card: CardDefinition, words: Words) {
    const { insight } = this;
    const slides = card.slides && chart && insight?.code === "lower";
    return html`<div class="body">
        ${
          chart
            ? html`<hp-insight-chart
                .chart=${chart}
                .height=${CHART - (slides ? SLIDER : 0)}
              ></hp-insight-chart>`
            : this.nothingDrawn(words)
        }
        ${slides ? this.slider(words) : nothing}
      </div>
      ${insight ? this.foot(insight, words) : nothing}`;
  }

  private stateOf(chart: Chart | null): InsightState {
    const { insight } = this;
    if (!insight) return this.failed ? "error" : "loading";
    const { state, code } = insight;
    if (state === "unknown")
      return code === "no_metric" ? "missing" : "unknown";
    if (state === "learning") return "learning";
    if (chart) return "ready";
    if (this.explained) return "empty";
    return this.failed ? "error" : "loading";
  }

  private get chart(): Chart | null {
    const { card, explained, insight, look, info, shift } = this;
    if (!card || !explained || !look || !info || !insight) return null;
    if (insight.state === "unknown" || insight.code === "days") return null;
    return card.draw({ insight: explained, look, info, shift, large: false });
  }

  private foldButton({ text }: Look) {
    const label = text(`insights.question.${this.card?.id ?? ""}`);
    return html`<button
      type="button"
      class="fold"
      aria-expanded=${this.folded ? "false" : "true"}
      aria-label=${label}
      @click=${this.toggle}
    >
      ${icon(mdiChevronDown)}
    </button>`;
  }

  private toggle(): void {
    this.chosen = !this.folded;
    saveFolded(this.key, this.chosen);
  }

  /** Open, whatever was chosen before. */
  unfold(): void {
    if (this.folded) this.toggle();
  }

  private nothingDrawn(words: Words) {
    const { insight, explained } = this;
    const { text } = words.look;
    if (insight?.code === "days") return this.dots(insight, words);
    if (insight?.state === "unknown")
      return html`<div class="nothing">
        ${icon(mdiHelpCircleOutline)}
        <p>${helpOf(insight, words)}</p>
      </div>`;
    if (explained)
      return html`<div class="nothing">
        <p>${this.why(insight, words)}</p>
      </div>`;
    if (this.failed)
      return html`<div class="nothing"><p>${text("insights.failed")}</p></div>`;
    return html`<div class="bone"></div>`;
  }

  /** Why there is no picture. */
  private why(insight: Insight | null, words: Words): string {
    const said = insight ? helpOf(insight, words) : "";
    if (said) return said;
    const id = this.card?.id ?? "";
    const { text } = words.look;
    return (
      found(words, [`insights.help.${id}.none`]) ?? text("insights.no_chart")
    );
  }

  /** One dot a day: a picture of two days would be believed. */
  private dots(insight: Insight, words: Words) {
    const { params } = insight;
    const [have, need] = ["have", "need"].map(
      (key) => numberOf(params, key) ?? 0
    ) as [number, number];
    const total = Math.min(need, MOST_DOTS);
    const read = Math.round((have / Math.max(need, 1)) * total);
    const { text } = words.look;
    return html`<div class="nothing">
      <div class="days" aria-hidden="true">
        ${Array.from({ length: total }, (_, i) => html`<i class=${i < read ? "read" : ""}></i>`)}
      </div>
      <p>
        ${text("insights.days_read", { have, need })} ${helpOf(insight, words)}
      </p>
    </div>`;
  }

  private slider({ look }: Words) {
    const { shift } = this;
    const label = look.text("insights.curve.slider");
    const sign = shift > 0 ? "+" : "";
    return html`<div class="slider">
      <span aria-hidden="true">${label}</span>
      <input
        type="range"
        min="-3"
        max="3"
        step="1"
        .value=${String(shift)}
        aria-label=${label}
        aria-valuetext="${sign}${kelvin(shift, 0, look)}"
        @input=${this.slide}
      />
      <output>${sign}${kelvin(shift, 0, look)}</output>
    </div>`;
  }

  private slide(event: Event): void {
    this.shift = Number((event.target as HTMLInputElement).value);
  }

  private foot(insight: Insight, words: Words) {
    const { id, code, state } = insight;
    const { text } = words.look;
    // What needs no setting can be asked all the same.
    const needs =
      state === "unknown" && !this.card?.dated
        ? `insights.settings.${code}`
        : "";
    const settings = needs && found(words, [needs]);
    const values = valuesIn(insight, words);
    const days =
      insight.n === null ? "" : text("insights.days", { count: insight.n });
    const basis = found(words, [`insights.basis.${id}`], values);
    return html`<div class="foot">
      ${
        settings
          ? this.admin
            ? this.button(settings, () => {
                navigate(INTEGRATION_PATH);
              })
            : nothing
          : this.button(text(`insights.open.${id}`), () => {
              fireEvent(this, "hp-insight", id);
            })
      }
      <span class="basis">${insight.n === null ? "" : (basis ?? days)}</span>
    </div>`;
  }

  private button(label: string, act: () => void) {
    return html`<button type="button" class="open" @click=${act}>
      ${label}
    </button>`;
  }
}

define("hp-insight-card")(InsightCard);

declare global {
  interface HTMLElementTagNameMap {
    "hp-insight-card": InsightCard;
  }
}
