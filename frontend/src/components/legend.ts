import { css, html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { LegendItem } from "../charts/types.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import { isForBrowser } from "../ha/navigate.js";
import { baseStyles } from "./styles.js";

const DASHES = { dashed: "6 3", dotted: "2 3" } as const;

/** The sample of a series as it is drawn. */
export const swatch = ({
  style,
  color,
}: Pick<LegendItem, "style" | "color">) =>
  style === "square" || style === "hatched"
    ? html`<i
        class="square ${style}"
        style="--swatch:${color}"
        aria-hidden="true"
      ></i>`
    : html`<svg
        class="line"
        viewBox="0 0 18 4"
        style="stroke:${color}"
        aria-hidden="true"
      >
        <path
          d="M0 2H18"
          stroke-dasharray=${style === "solid" ? "none" : DASHES[style]}
        ></path>
      </svg>`;

export const swatchStyles = css`
  svg.line {
    flex: none;
    width: 18px;
    height: 4px;
    stroke-width: 2.5;
  }
  i.square {
    flex: none;
    width: 12px;
    height: 12px;
    border-radius: 3px;
    background: var(--swatch);
  }
  i.hatched {
    background: repeating-linear-gradient(
      -45deg,
      var(--swatch) 0 2.5px,
      color-mix(in srgb, var(--swatch) 30%, transparent) 2.5px 5px
    );
  }
  /* Chrome leaves a pattern as small as this out. */
  @media print {
    i.hatched {
      background: var(--swatch);
    }
  }
`;

/** Samples, names and present values; a click hides a series or brings it back. */
export class ChartLegend extends LitElement {
  @property({ attribute: false }) items: readonly LegendItem[] = [];
  @property() label = "";
  /** Which entry has the focus, or would get it. */
  @state() private stop = 0;

  static override styles = [
    baseStyles,
    swatchStyles,
    css`
      :host {
        font-size: 13px;
      }
      div {
        display: flex;
        flex-wrap: wrap;
        column-gap: 4px;
      }
      button {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 32px;
        padding: 0 6px;
        border-radius: 8px;
        white-space: nowrap;
      }
      button:focus-visible {
        outline-offset: -2px;
      }
      b {
        font-weight: 500;
      }
      @media (hover: hover) and (pointer: fine) {
        button:hover {
          background: color-mix(in srgb, var(--hp-text) 5%, transparent);
        }
      }
      @media (pointer: coarse) {
        /* A finger hits 44 px, though the rows lie closer. */
        button {
          min-height: 44px;
          margin-block: -7px;
        }
      }
      [aria-pressed="false"] {
        color: var(--hp-secondary-text);
      }
      [aria-pressed="false"] .name {
        text-decoration: line-through;
      }
      [aria-pressed="false"] :is(svg, i) {
        opacity: 0.4;
      }
    `,
  ];

  override render() {
    const stop = Math.min(this.stop, this.items.length - 1);
    return html`<div
      role="toolbar"
      aria-label=${this.label}
      @keydown=${this.press}
      @focusin=${this.enter}
    >
      ${this.items.map(
        (item, place) =>
          html`<button
            type="button"
            data-series=${item.key}
            tabindex=${place === stop ? 0 : -1}
            aria-pressed=${item.hidden ? "false" : "true"}
            @click=${() => {
              this.toggle(item.key);
            }}
          >
            ${swatch(item)}<span class="name">${item.name}</span>
            ${item.value === null ? nothing : html`<b>${item.value}</b>`}
          </button>`
      )}
    </div>`;
  }

  private enter({ target }: FocusEvent): void {
    this.stop = Math.max(0, this.buttons.indexOf(target as HTMLElement));
  }

  private get buttons(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll("button")];
  }

  /** All entries are one stop; the arrows go from one to the next, and around. */
  private press(event: KeyboardEvent): void {
    const { buttons, stop } = this;
    const count = buttons.length;
    const next = {
      ArrowRight: (stop + 1) % count,
      ArrowDown: (stop + 1) % count,
      ArrowLeft: (stop + count - 1) % count,
      ArrowUp: (stop + count - 1) % count,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (next === undefined || isForBrowser(event)) return;
    event.preventDefault();
    buttons[next]?.focus();
  }

  private toggle(key: string): void {
    fireEvent(this, "hp-toggle", key);
  }
}

define("hp-legend")(ChartLegend);

declare global {
  interface HTMLElementTagNameMap {
    "hp-legend": ChartLegend;
  }
}
