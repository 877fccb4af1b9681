import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import { NO_VALUE } from "../../format/format.js";
import { define } from "../../ha/define.js";
import { moreInfo } from "../../ha/more-info.js";
import type { Look } from "../context.js";
import "../explain/explain.js";
import { icon } from "../icon.js";
import { baseStyles, cardStyles } from "../styles.js";
import { wholeStyles } from "../whole.js";
import type { Kpi, Piece } from "./figures.js";
import { course, sparkline } from "./sparkline.js";
import type { TemperatureRow } from "./temperatures.js";

/** The pieces from dot to dot. */
const phrases = (context: readonly Piece[]): Piece[][] =>
  context.reduce<Piece[][]>((all, each) => {
    if (each.text === "·" || !all.length) all.push([]);
    all.at(-1)?.push(each);
    return all;
  }, []);

const word = ({ text, strong }: Piece) => {
  if (text === "·") return html`<i>·</i>`;
  return strong ? html`<b>${text}</b>` : text;
};

const piece = (each: Piece, index: number) =>
  html`${index ? " " : nothing}${word(each)}`;

/** One figure: name, value, a line of context, a small picture. */
export class KpiCard extends LitElement {
  /** Null while nothing is known yet. */
  @property({ attribute: false }) kpi: Kpi | null = null;
  /** What it will be, while it is not known yet. */
  @property({ attribute: false }) name: Kpi["key"] | undefined;
  /** Nothing is being read: why is said elsewhere. */
  @property({ attribute: false }) failed = false;
  @property({ attribute: false }) look: Look | undefined;

  static override styles = [
    baseStyles,
    cardStyles,
    wholeStyles,
    css`
      :host {
        height: 100%;
        container-type: inline-size;
      }
      article {
        display: flex;
        flex-direction: column;
        height: 100%;
        padding: var(--hp-kpi-padding, 16px);
        white-space: nowrap;
      }
      h2 {
        display: flex;
        align-items: center;
        gap: 8px;
        overflow: hidden;
        color: var(--hp-secondary-text);
        font-size: inherit;
        font-weight: 500;
        line-height: max(20px, 1.2em);
        white-space: normal;
      }
      h2 span {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .figure {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        column-gap: 6px;
        margin-top: 4px;
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-l, 16px);
        line-height: 24px;
      }
      .value {
        color: var(--hp-text);
        font-size: var(--hp-kpi-size, 32px);
        line-height: var(--hp-kpi-line, 40px);
      }
      .context {
        height: 1lh;
        margin-top: 4px;
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
        line-height: max(16px, 1.2em);
        white-space: normal;
      }
      .context i {
        font-style: normal;
      }
      .context.why {
        height: auto;
      }
      .context.why > span {
        white-space: inherit;
      }
      article,
      h2.explained {
        position: relative;
        overflow: visible;
      }
      /* As large as a finger. */
      .explained hp-explain {
        inset: -16px -8px -8px;
      }
      .rows {
        display: grid;
        flex: 1;
        grid-template-columns: auto minmax(0, 1fr) auto;
        grid-auto-rows: minmax(0, 1fr);
        min-height: 0;
        margin: 4px -6px -12px;
      }
      .row {
        display: grid;
        grid-column: 1 / -1;
        grid-template-columns: subgrid;
        align-items: center;
        gap: 8px;
        padding: 0 6px;
        border-radius: 8px;
        text-align: left;
      }
      button.row:hover {
        background: color-mix(in srgb, var(--hp-text) 5%, transparent);
      }
      @media (pointer: coarse) {
        button.row {
          min-height: 44px;
        }
      }
      .row .name {
        font-size: 13px;
        line-height: 18px;
      }
      .row .range {
        display: block;
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
        line-height: 14px;
      }
      .row .spark {
        height: 20px;
        margin: 0;
      }
      .row .value {
        font-size: calc(var(--hp-kpi-size, 32px) * 0.625);
        text-align: right;
      }
      b {
        color: var(--hp-text);
        font-weight: 500;
      }
      .spark,
      .strip {
        width: 100%;
        height: 36px;
        margin-top: auto;
      }
      .spark {
        display: block;
        overflow: visible;
      }
      .line,
      .reference,
      .ground {
        fill: none;
        vector-effect: non-scaling-stroke;
      }
      .line {
        stroke-width: 1.5px;
        stroke-linejoin: round;
      }
      .reference {
        stroke: var(--hp-secondary-text);
        stroke-dasharray: 4 3;
      }
      .ground {
        stroke: var(--hp-divider);
      }
      .strip {
        position: relative;
        height: 14px;
        margin-bottom: 10px;
        border-radius: 3px;
        overflow: hidden;
      }
      .strip i {
        position: absolute;
        top: 0;
        bottom: 0;
      }
      .heating,
      .defrost {
        background: var(--hp-heating);
      }
      .cooling {
        background: var(--hp-brine-in);
      }
      .running {
        background: var(--hp-compressor);
      }
      .hot_water {
        background: var(--hp-hot-water);
      }
      .auxiliary {
        background: var(--hp-auxiliary);
      }
      .idle {
        background: color-mix(in srgb, var(--hp-idle) 40%, transparent);
      }
      /* Where it is narrow, words take two lines; where it is narrower, the sign's place too. */
      @container (max-width: 190px) {
        .context {
          height: 2lh;
        }
        .context > span {
          display: block;
        }
        .context i {
          display: none;
        }
        .spark,
        .strip {
          max-height: 28px;
        }
      }
      @container (max-width: 170px) {
        article {
          --hp-kpi-padding: 12px;
          --hp-kpi-size: 26px;
          --hp-kpi-line: 36px;
        }
        h2 svg.icon {
          display: none;
        }
      }
      .bone {
        border-radius: 4px;
        background: color-mix(in srgb, var(--hp-text) 8%, transparent);
        animation: var(--hp-waiting, pulse 2s ease-in-out infinite);
      }
      @keyframes pulse {
        50% {
          opacity: 0.5;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .bone {
          animation: none;
        }
      }
    `,
  ];

  override render() {
    const { kpi } = this;
    if (!kpi) return this.failed ? this.notKnown() : this.skeleton();
    const { beside, spark, rows } = kpi;
    const context = phrases(kpi.context).map(
      (pieces) => html`<span>${pieces.map(piece)}</span> `
    );
    return html`<article data-kpi=${kpi.key}>
      ${this.head(kpi.name, kpi)}
      ${
        rows
          ? html`<div class="rows">${rows.map((row) => this.row(row))}</div>`
          : html`<div class="figure">
                <span class="value">${kpi.value}</span>${kpi.unit}
                ${
                  beside === undefined
                    ? nothing
                    : html`<span class="beside">${beside}</span>`
                }
              </div>
              <p class="context whole ${spark ? "" : "why"}">${context}</p>
              ${spark ? sparkline(spark) : nothing}${this.explain(kpi)}`
      }
    </article>`;
  }

  /** Rows have their own buttons: of them the head alone explains. */
  private head(name: string, kpi: Kpi | null) {
    const explained = kpi?.rows ? this.explain(kpi) : nothing;
    return html`<h2 class=${kpi?.rows ? "explained" : ""}>
      ${kpi ? icon(kpi.icon) : nothing}<span>${name}</span>${explained}
    </h2>`;
  }

  private explain({ key, of }: Kpi) {
    return html`<hp-explain .figure=${key} .of=${of}></hp-explain>`;
  }

  private row({ name, range, value, points, color, entity }: TemperatureRow) {
    const content = html`<span class="name"
        >${name} <span class="range">${range}</span></span
      >
      ${course(points, color)}
      <span class="value">${value}</span>`;
    return entity
      ? html`<button
          type="button"
          class="row"
          @click=${() => {
            moreInfo(this, entity);
          }}
        >
          ${content}
        </button>`
      : html`<div class="row">${content}</div>`;
  }

  private get label(): string {
    return (this.name && this.look?.text(`kpi.${this.name}`)) ?? "";
  }

  /** What is wrong is said by the views beside it. */
  private notKnown() {
    return html`<article>
      ${this.head(this.label, null)}
      <div class="figure"><span class="value">${NO_VALUE}</span></div>
    </article>`;
  }

  private skeleton() {
    return html`<article aria-busy="true">
      ${this.head(this.label, null)}
      <div class="bone" style="width:60%;height:32px;margin-top:8px"></div>
      <div class="bone" style="width:75%;height:12px;margin-top:10px"></div>
      <div class="bone" style="height:24px;margin-top:auto"></div>
    </article>`;
  }
}

define("hp-kpi-card")(KpiCard);

declare global {
  interface HTMLElementTagNameMap {
    "hp-kpi-card": KpiCard;
  }
}
