import { css, html, LitElement, nothing, svg } from "lit";
import { property } from "lit/decorators.js";
import { baseStyles } from "../components/styles.js";
import { define } from "../ha/define.js";
import { PlotSize } from "../history/plot-size.js";
import type { Chart, Shares } from "./chart.js";
import { drawingOf } from "./plot.js";
import type { LegendItem, Plot, Shape } from "./plot.js";
import { whiskersOf } from "./whiskers.js";

const LEGEND = 28;
/** Of the detail, px. */
const LARGE = 300;

/** Draws what an insight rests on, at its true size. */
export class InsightChart extends LitElement {
  @property({ attribute: false }) chart: Chart | null = null;
  /** px, with the legend. */
  @property({ type: Number }) height = 200;

  private readonly widths: PlotSize = new PlotSize(this, () =>
    this.renderRoot.querySelector(".plot")
  );

  static override styles = [
    baseStyles,
    css`
      svg.drawing {
        display: block;
        overflow: visible;
        width: 100%;
      }
      text {
        font-size: 12px;
      }
      text.strong {
        font-weight: 500;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 0 16px;
        min-height: ${LEGEND}px;
        font-size: 13px;
      }
      .legend span {
        display: inline-flex;
        align-items: center;
        gap: 8px;
      }
      .legend i {
        flex: none;
        width: 10px;
        height: 10px;
        border-radius: 3px;
        background: var(--c);
      }
      .legend .ghost {
        border: 1px solid color-mix(in srgb, var(--c) 70%, transparent);
        background: color-mix(in srgb, var(--c) 18%, transparent);
      }
      .legend .dot {
        border-radius: 50%;
      }
      .legend .cross {
        background:
          linear-gradient(
            45deg,
            transparent 42%,
            var(--c) 42% 58%,
            transparent 58%
          ),
          linear-gradient(
            -45deg,
            transparent 42%,
            var(--c) 42% 58%,
            transparent 58%
          );
      }
      .legend .line,
      .legend .dashed {
        width: 18px;
        height: 2px;
        border-radius: 0;
      }
      .legend .dashed {
        background: repeating-linear-gradient(
          90deg,
          var(--c) 0 6px,
          transparent 6px 9px
        );
      }
      .shares {
        display: grid;
        align-content: center;
        gap: 14px;
        height: 100%;
      }
      .shares.large {
        align-content: start;
      }
      .shares p {
        display: flex;
        gap: 8px;
      }
      .shares b {
        margin-left: auto;
        font-weight: 500;
      }
      .shares small {
        color: var(--hp-secondary-text);
        font-size: inherit;
      }
      .shares div div {
        height: 8px;
        border-radius: 4px;
        background: color-mix(in srgb, var(--hp-text) 8%, transparent);
      }
      .shares i {
        display: block;
        height: 8px;
        border-radius: 4px;
        background: var(--c);
      }
      .shares .hatched {
        background: repeating-linear-gradient(
          -45deg,
          var(--c) 0 3px,
          color-mix(in srgb, var(--c) 45%, transparent) 3px 6px
        );
      }
    `,
  ];

  override render() {
    const { chart } = this;
    if (!chart) return nothing;
    if (chart.kind === "shares") return this.shares(chart);
    const legend = chart.kind === "plot" ? (chart.legend ?? []) : [];
    const height = this.height - (legend.length ? LEGEND : 0);
    const size = { width: this.widths.width, height };
    return html`${legend.length ? this.legend(legend) : nothing}
      <div class="plot" style="height:${height}px">
        ${
          size.width
            ? this.drawing(
                chart.kind === "plot"
                  ? drawingOf(chart, size)
                  : whiskersOf(chart, size),
                chart,
                height
              )
            : nothing
        }
      </div>`;
  }

  private drawing(
    shapes: readonly Shape[],
    { name }: Pick<Plot, "name">,
    height: number
  ) {
    return html`<svg
      class="drawing"
      height=${height}
      role="img"
      aria-label=${name}
    >
      <defs>
        <pattern
          id="hatch"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect
            width="6"
            height="6"
            fill="var(--hp-auxiliary)"
            fill-opacity="0.45"
          ></rect>
          <rect width="3" height="6" fill="var(--hp-auxiliary)"></rect>
        </pattern>
      </defs>
      ${shapes.map(shapeOf)}
    </svg>`;
  }

  private legend(items: readonly LegendItem[]) {
    return html`<div class="legend">
      ${items.map(
        ({ name, color, shape, value }) =>
          html`<span
            ><i class=${shape} style="--c:var(--hp-${color})"></i>${name}
            ${value ? html`<b>${value}</b>` : nothing}</span
          >`
      )}
    </div>`;
  }

  private shares({ rows }: Shares) {
    return html`<div
      class="shares ${this.height > LARGE ? "large" : ""}"
      style="min-height:${this.height}px"
    >
      ${rows.map(
        ({ name, aside, value, beside, share, color, hatched }) =>
          html`<div>
            <p>
              <span
                >${name}
                ${aside ? html`<small>${aside}</small>` : nothing}</span
              >
              <b>${value}</b>
              ${beside ? html`<small>${beside}</small>` : nothing}
            </p>
            <div>
              <i
                class=${hatched ? "hatched" : ""}
                style="--c:var(--hp-${color});width:${Math.max(2, Math.round(100 * share))}%"
              ></i>
            </div>
          </div>`
      )}
    </div>`;
  }
}

const colored = (color: string, percent = 100): string =>
  percent === 100
    ? `var(--hp-${color})`
    : `color-mix(in srgb, var(--hp-${color}) ${percent}%, transparent)`;

const BAR_FILLS = { solid: 100, ghost: 18, faint: 40, band: 14 } as const;

const shapeOf = (shape: Shape) => {
  const { color } = shape;
  switch (shape.kind) {
    case "path":
      return svg`<path d=${shape.d} fill=${shape.fill ? colored(shape.fill, 10) : "none"} stroke=${shape.width ? colored(color) : "none"} stroke-width=${shape.width} stroke-dasharray=${shape.dash ?? nothing} stroke-linejoin="round" stroke-linecap="round"></path>`;
    case "rect": {
      const { look } = shape;
      const fill =
        look === "hatched" ? "url(#hatch)" : colored(color, BAR_FILLS[look]);
      const stroke =
        look === "ghost" || look === "hatched" ? colored(color, 70) : "none";
      return svg`<rect x=${shape.x} y=${shape.y} width=${shape.width} height=${Math.max(0, shape.height)} fill=${fill} stroke=${stroke}></rect>`;
    }
    case "circle": {
      const isHollow = shape.look === "hollow";
      const fill = isHollow
        ? "var(--hp-overlay)"
        : colored(color, shape.look === "soft" ? 65 : 100);
      return svg`<circle cx=${shape.x} cy=${shape.y} r=${shape.radius} fill=${fill} stroke=${isHollow ? colored(color) : "none"} stroke-width="2"></circle>`;
    }
    case "text":
      return svg`<text x=${shape.x} y=${shape.y} text-anchor=${shape.anchor} fill=${colored(color)} class=${shape.strong ? "strong" : ""}>${shape.text}</text>`;
  }
};

define("hp-insight-chart")(InsightChart);

declare global {
  interface HTMLElementTagNameMap {
    "hp-insight-chart": InsightChart;
  }
}
