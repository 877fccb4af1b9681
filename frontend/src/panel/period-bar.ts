import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import { mdiChevronLeft, mdiChevronRight } from "@mdi/js";
import type { Look } from "../components/context.js";
import { icon } from "../components/icon.js";
import { baseStyles, roundButtonStyles } from "../components/styles.js";
import { Swipe } from "../components/swipe.js";
import { adjacentPeriod } from "../data/period.js";
import type { Period } from "../data/period.js";
import { RANGES } from "../data/range.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import "./period-picker.js";

/** Ranges to choose from, earlier and later; on a phone by a swipe. Fires `hp-range`. */
export class PeriodBar extends LitElement {
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) period: Period = "24h";
  /** The time of the first reading, ms. */
  @property({ attribute: false }) first: number | null = null;

  private readonly swipe = new Swipe((direction) => {
    this.move(direction);
  });

  static override styles = [
    baseStyles,
    roundButtonStyles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 4px;
        color: inherit;
      }
      .ranges {
        display: flex;
        gap: 2px;
        padding: 2px;
        border-radius: 18px;
        background: color-mix(in srgb, currentColor 6%, transparent);
        touch-action: pan-y;
      }
      .ranges > button {
        min-width: 44px;
        height: var(--hp-chip-height, 32px);
        padding: 0 10px;
        border-radius: 22px;
        color: color-mix(in srgb, currentColor 80%, transparent);
      }
      .ranges > button:hover {
        color: inherit;
      }
      .ranges > [aria-pressed="true"] {
        background: color-mix(in srgb, var(--hp-compressor) 18%, transparent);
        color: var(--hp-compressor-text);
        font-weight: 500;
      }
      @media (pointer: coarse) {
        .ranges {
          --hp-chip-height: 44px;
          border-radius: 24px;
        }
      }
      @container (max-width: 1099px) {
        .ranges > button {
          min-width: 40px;
          padding: 0 8px;
        }
      }
      @container (max-width: 699px) {
        :host {
          padding: 0 calc(4px + var(--safe-area-content-inset-right, 0px)) 0
            calc(4px + var(--safe-area-content-inset-left, 0px));
          gap: 0;
        }
        .step {
          flex: none;
          width: 40px;
          height: 44px;
          margin-bottom: 4px;
        }
        .ranges {
          --hp-chip-height: 44px;
          flex: 1;
          height: 48px;
          padding: 0 0 4px;
          background: none;
        }
        .ranges > * {
          flex: 1;
        }
        .ranges > button {
          min-width: 0;
          padding: 0;
        }
        /* Fingers have room for five; one that was chosen elsewhere is seen. */
        .ranges
          > :is([data-range="1h"], [data-range="90d"]):not(
            [aria-pressed="true"]
          ) {
          display: none;
        }
        hp-period-picker {
          display: grid;
          justify-items: center;
        }
      }
    `,
  ];

  override render() {
    const { look, period } = this;
    if (!look) return nothing;
    const { text } = look;
    return html`${this.step(-1, "period.earlier", mdiChevronLeft)}
      <div
        class="ranges"
        role="group"
        aria-label=${text("panel.range")}
        @pointerdown=${this.swipe.begin}
        @pointerup=${this.swipe.end}
      >
        ${RANGES.map(
          (range) =>
            html`<button
              type="button"
              data-range=${range}
              aria-pressed=${range === period ? "true" : "false"}
              aria-label="${text(`range.${range}.short`)}: ${text(`range.${range}.name`)}"
              @click=${() => {
                fireEvent(this, "hp-range", range);
              }}
            >
              ${text(`range.${range}.short`)}
            </button>`
        )}
        <hp-period-picker
          .look=${look}
          .period=${period}
          .first=${this.first}
        ></hp-period-picker>
      </div>
      ${this.step(1, "period.later", mdiChevronRight)}`;
  }

  private step(direction: -1 | 1, key: string, path: string) {
    const label = this.look?.text(key) ?? "";
    const target = this.adjacent(direction);
    return html`<button
      type="button"
      class="round step"
      data-step=${direction}
      aria-label=${label}
      title=${label}
      aria-disabled=${target ? "false" : "true"}
      @click=${() => {
        this.move(direction);
      }}
    >
      ${icon(path)}
    </button>`;
  }

  private adjacent(direction: -1 | 1): Period | null {
    const { period, first, look } = this;
    return look
      ? adjacentPeriod(period, direction, Date.now(), first, look.format.zone)
      : null;
  }

  private move(direction: -1 | 1): void {
    const target = this.adjacent(direction);
    if (target) fireEvent(this, "hp-range", target);
  }
}

define("hp-period-bar")(PeriodBar);

declare global {
  interface HTMLElementTagNameMap {
    "hp-period-bar": PeriodBar;
  }
}
