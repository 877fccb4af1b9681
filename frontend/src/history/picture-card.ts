import { css, html, LitElement, nothing } from "lit";
import type { SVGTemplateResult } from "lit";
import { property } from "lit/decorators.js";
import type { Size } from "../charts/frame.js";
import type { LegendItem } from "../charts/types.js";
import type { Look } from "../components/context.js";
import type { PanelError } from "../data/error.js";
import { swatch, swatchStyles } from "../components/legend.js";
import { baseStyles, cardStyles } from "../components/styles.js";
import { cardError, cardHead } from "./card-head.js";
import { historyCardStyles } from "./card-styles.js";
import { plotStyles } from "./drawing.js";
import type { HistoryModel } from "./model.js";
import { PlotSize } from "./plot-size.js";

/** A sample, its name and a figure of it. */
export interface Sample extends Pick<LegendItem, "style" | "color"> {
  name: string;
  value?: string;
}

export interface PictureWords {
  title: string;
  remark: string;
  /** All of it for those who do not see it. */
  summary: string;
  samples: Sample[];
}

/** A card of the history with one picture, drawn at its true size. */
export abstract class PictureCard extends LitElement {
  @property({ attribute: false }) model: HistoryModel | null = null;
  @property({ attribute: false }) look: Look | undefined;
  /** Why it is not known what is to be shown. */
  @property({ attribute: false }) error: PanelError | null = null;

  protected abstract readonly view: string;
  protected readonly plot: PlotSize = new PlotSize(this, () =>
    this.renderRoot.querySelector(".plot")
  );

  static override styles = [
    baseStyles,
    cardStyles,
    historyCardStyles,
    swatchStyles,
    plotStyles,
    css`
      .samples {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
        margin: 0;
        padding: 4px 16px 8px;
        font-size: 13px;
        list-style: none;
      }
      .samples li {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .samples b {
        font-weight: 500;
      }
      .plot {
        position: relative;
        flex: 1;
        min-height: var(--hp-plot-height, 200px);
      }
      .picture {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
      .bone {
        position: absolute;
        inset: 20px 20px 28px 44px;
      }
    `,
  ];

  /** Null while it is not known what is to be shown. */
  protected abstract words(
    model: HistoryModel,
    look: Look
  ): PictureWords | null;
  protected abstract drawing(
    model: HistoryModel,
    look: Look,
    size: Size
  ): SVGTemplateResult | typeof nothing;
  protected abstract named(look: Look): string;

  /** Between the head and the samples. */
  protected above?(model: HistoryModel, look: Look): unknown;

  override render() {
    const { look, model, error } = this;
    if (!look) return nothing;
    const words = model && this.words(model, look);
    const state = words ? "ready" : error ? "error" : "loading";
    return html`<article
      data-view=${this.view}
      data-state=${state}
      aria-busy=${state === "loading" ? "true" : "false"}
      aria-labelledby="title"
    >
      ${cardHead(words?.title ?? this.named(look), words?.remark ?? "")}
      ${words ? this.above?.(model, look) : nothing}
      ${words ? samples(words.samples) : nothing}
      <div class="plot">
        ${
          words
            ? this.picture(words, model, look)
            : error
              ? cardError(error, look)
              : html`<i class="bone"></i>`
        }
      </div>
    </article>`;
  }

  private picture({ summary }: PictureWords, model: HistoryModel, look: Look) {
    const { width, height } = this.plot;
    if (!width || !height) return nothing;
    return html`<svg
      class="picture"
      viewBox="0 0 ${width} ${height}"
      role="img"
      aria-label=${summary}
    >
      ${this.drawing(model, look, { width, height })}
    </svg>`;
  }
}

const samples = (all: readonly Sample[]) =>
  html`<ul class="samples">
    ${all.map(
      ({ name, value, ...sample }) =>
        html`<li>
          ${swatch(sample)}<span
            >${name} ${value ? html`<b>${value}</b>` : nothing}</span
          >
        </li>`
    )}
  </ul>`;
