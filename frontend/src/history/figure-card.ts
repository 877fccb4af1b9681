import { css, html, LitElement, nothing, svg } from "lit";
import { property } from "lit/decorators.js";
import type { Look } from "../components/context.js";
import { icon } from "../components/icon.js";
import { baseStyles, buttonStyles, cardStyles } from "../components/styles.js";
import { define } from "../ha/define.js";
import { INTEGRATION_PATH, navigate } from "../ha/navigate.js";
import { historyCardStyles } from "./card-styles.js";
import type { FigureCard, Spark } from "./figure-cards.js";
import { seriesStyles } from "./tokens.js";

const WIDTH = 300;
const HEIGHT = 40;

const scaleOf = (values: readonly (number | null)[]) => {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return (value: number) =>
    HEIGHT - 2 - ((value - low) / (high - low || 1)) * (HEIGHT - 4);
};

const pathOf = (
  values: readonly (number | null)[],
  y: (value: number) => number
): string => {
  let pen = "M";
  return values
    .map((value, i) => {
      if (value === null) {
        pen = "M";
        return "";
      }
      const step = `${pen}${((i + 0.5) * WIDTH) / values.length} ${y(value).toFixed(1)}`;
      pen = "L";
      return step;
    })
    .join("");
};

const spark = (of: Spark) => {
  if (of.kind === "lines") {
    const y = scaleOf([...of.values, ...of.before]);
    return svg`<path class="line before" d=${pathOf(of.before, y)}></path>
      <path class="line" style="stroke:${of.color}" d=${pathOf(of.values, y)}></path>`;
  }
  const { bars } = of;
  const sums = bars.map(({ parts }) =>
    parts.reduce((sum, { value }) => sum + value, 0)
  );
  const most = Math.max(...sums, ...bars.map(({ tick }) => tick ?? 0)) || 1;
  const place = WIDTH / bars.length;
  return svg`<path class="ground" d="M0 ${HEIGHT - 0.5}H${WIDTH}"></path>${bars.map(
    ({ parts, tick }, i) => {
      let y = HEIGHT;
      return svg`${parts.map(({ series, value }) => {
        const height = (value / most) * HEIGHT;
        y -= height;
        return height
          ? svg`<rect class="series ${series}" x=${i * place + place * 0.2} y=${y.toFixed(1)} width=${place * 0.6} height=${height.toFixed(1)}></rect>`
          : nothing;
      })}${tick === null ? nothing : svg`<path class="tick" d="M${i * place + place * 0.1} ${(HEIGHT - (tick / most) * HEIGHT).toFixed(1)}h${place * 0.8}"></path>`}`;
    }
  )}`;
};

/** One figure of a period with its change and its course. */
export class HistoryFigure extends LitElement {
  @property({ attribute: false }) card: FigureCard | null = null;
  @property({ attribute: false }) look: Look | undefined;
  @property({ type: Boolean }) admin = false;

  static override styles = [
    baseStyles,
    cardStyles,
    buttonStyles,
    historyCardStyles,
    seriesStyles,
    css`
      article {
        padding: var(--hp-kpi-padding, 16px);
      }
      /* The change is below the name where there is no room beside it. */
      h3 {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 8px;
        min-height: 22px;
        color: var(--hp-secondary-text);
        font-size: inherit;
        font-weight: 500;
        line-height: 1.43;
      }
      .change {
        flex: none;
        margin-left: auto;
        padding: 0 8px;
        border-radius: 1lh;
        background: color-mix(in srgb, var(--hp-text) 7%, transparent);
        color: var(--hp-text);
        font-size: var(--ha-font-size-s, 12px);
        line-height: 1.83;
      }
      /* What is said of it in a line of its own where there is no room: it is never cut off. */
      .figure {
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-l, 16px);
        line-height: 1.25;
      }
      .figure span {
        white-space: nowrap;
      }
      .figure b {
        color: var(--hp-text);
        font-size: var(--hp-kpi-size, 32px);
        font-weight: 400;
        line-height: 40px;
      }
      .context {
        margin-top: 2px;
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
        line-height: 1.33;
      }
      .context b {
        color: var(--hp-text);
        font-weight: 500;
      }
      svg.spark {
        display: block;
        overflow: visible;
        width: 100%;
        height: 36px;
        margin-top: auto;
        padding-top: 4px;
      }
      .cost {
        --series: var(--hp-compressor);
      }
      .ground {
        stroke: var(--hp-divider);
      }
      .tick {
        stroke: var(--hp-text);
        stroke-width: 1.5px;
        vector-effect: non-scaling-stroke;
      }
      .line {
        fill: none;
        stroke-width: 1.5px;
        stroke-linejoin: round;
        vector-effect: non-scaling-stroke;
      }
      .line.before {
        stroke: var(--hp-ghost);
        stroke-dasharray: 4 3;
      }
      .action {
        align-self: start;
        margin-top: auto;
      }
      @container (max-width: 190px) {
        .figure {
          font-size: var(--ha-font-size-s, 12px);
        }
        h3 svg.icon {
          display: none;
        }
      }
    `,
  ];

  override render() {
    const { card, look } = this;
    if (!look) return nothing;
    if (!card)
      return html`<article aria-busy="true">
        <i class="bone" style="width:50%;height:14px;margin:3px 0"></i>
        <i class="bone" style="width:70%;height:26px;margin:8px 0"></i>
      </article>`;
    const { change, context, spark: picture } = card;
    return html`<article data-figure=${card.key}>
      <h3>
        ${icon(card.icon)}${card.name}
        ${change ? html`<span class="change">${change}</span>` : nothing}
      </h3>
      <div class="figure">
        <span><b>${card.value}</b> ${card.unit}</span>
        <span>${card.margin}</span>
      </div>
      <p class="context">
        ${context.map(({ text, strong }) => (strong ? html`<b>${text}</b> ` : `${text} `))}
      </p>
      ${card.isPriceMissing && this.admin ? this.choosePrice(look) : nothing}
      ${
        picture
          ? html`<svg
              class="spark"
              viewBox="0 0 ${WIDTH} ${HEIGHT}"
              preserveAspectRatio="none"
              aria-hidden="true"
            >
              ${spark(picture)}
            </svg>`
          : nothing
      }
    </article>`;
  }

  private choosePrice({ text }: Look) {
    return html`<button
      type="button"
      class="action"
      @click=${() => {
        navigate(INTEGRATION_PATH);
      }}
    >
      ${text("history.choose_price")}
    </button>`;
  }
}

define("hp-history-figure")(HistoryFigure);

declare global {
  interface HTMLElementTagNameMap {
    "hp-history-figure": HistoryFigure;
  }
}
