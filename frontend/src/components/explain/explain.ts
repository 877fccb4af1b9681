import { css, html, LitElement, nothing } from "lit";
import { property, query } from "lit/decorators.js";
import { define } from "../../ha/define.js";
import { fetched } from "../../ha/replaced.js";
import { Popover } from "../popover.js";
import { baseStyles, popoverStyles } from "../styles.js";
import type * as Explanations from "./explanations.js";
import { nameOf } from "./figure.js";
import type { Explained, Figure } from "./figure.js";

/** A mouse that rests this long asks. */
const HOVER_MS = 600;
/** It may take this long from the figure to its explanation. */
const LEAVE_MS = 250;

/** There once somebody has asked. */
let explanations: typeof Explanations | undefined;

/** Whether they are there, or came; else it is asked for again the next time. */
const canExplain = async (): Promise<boolean> => {
  explanations ??= await fetched(() => import("./explanations.js")).catch(
    () => undefined
  );
  return explanations !== undefined;
};

/**
 * Covers the positioned element it lies in: a tap, a key or a resting mouse there opens what the
 * figure means.
 */
export class Explain extends LitElement {
  @property({ attribute: false }) figure: Figure | undefined;
  /** What the figure was made of. */
  @property({ attribute: false }) of: Explained | undefined;

  @query("button") private button!: HTMLButtonElement;
  private timer = 0;
  /** Was it open by tap or key, not only for a mouse that passes? */
  private pinned = false;
  private pinnedBefore = false;
  private readonly popup: Popover = new Popover(
    this,
    () => this.button,
    (element) => {
      element.focus();
    },
    () => {
      clearTimeout(this.timer);
      this.pinned = false;
    }
  );

  static override styles = [
    baseStyles,
    popoverStyles,
    css`
      :host {
        position: absolute;
        inset: 0;
      }
      button {
        width: 100%;
        height: 100%;
        border-radius: var(--ha-card-border-radius, 12px);
      }
      button:focus-visible {
        outline-offset: -3px;
      }
      .popover {
        width: 460px;
        padding: 16px;
        font-weight: 400;
        white-space: normal;
      }
      h3 {
        margin-bottom: 4px;
        font-size: var(--ha-font-size-l, 16px);
        font-weight: 500;
        line-height: 24px;
      }
      p + p {
        margin-top: 4px;
        color: var(--hp-secondary-text);
      }
      dl {
        display: grid;
        grid-template-columns: minmax(64px, max-content) 1fr;
        gap: 6px 12px;
        margin: 12px 0 0;
        padding-top: 12px;
        border-top: 1px solid var(--hp-divider);
        font-size: 13px;
        line-height: 18px;
      }
      dt {
        max-width: 104px;
        color: var(--hp-secondary-text);
      }
      dd {
        margin: 0;
      }
    `,
  ];

  override render() {
    const { figure, of } = this;
    if (!figure || !of) return nothing;
    return html`<button
        type="button"
        aria-label=${of.text("explain.open", { name: nameOf(figure, of) })}
        aria-haspopup="dialog"
        aria-expanded=${this.popup.open ? "true" : "false"}
        @pointermove=${this.hover}
        @pointerleave=${this.leave}
        @pointerdown=${this.press}
        @click=${this.pin}
      ></button>
      ${this.popup.open ? this.dialog(figure, of) : nothing}`;
  }

  private dialog(figure: Figure, of: Explained) {
    if (!explanations) return nothing;
    const { name, formula, rows } = explanations.explain(figure, of);
    return html`<div
      class="popover"
      popover="auto"
      role="dialog"
      tabindex="0"
      aria-label=${name}
      @toggle=${this.popup.toggled}
      @keydown=${this.key}
      @pointerenter=${this.forget}
      @pointerleave=${this.leave}
    >
      <h3>${name}</h3>
      ${formula.map((sentence) => html`<p>${sentence}</p>`)}
      <dl>
        ${rows.map(
          (row) =>
            html`<dt>${row.name}</dt>
              <dd>${row.text}</dd>`
        )}
      </dl>
    </div>`;
  }

  private press(): void {
    this.forget();
    this.pinnedBefore = this.pinned;
  }

  /** A second tap closes; the browser may have done so by then. */
  private async pin(): Promise<void> {
    this.forget();
    const close = this.pinned || this.pinnedBefore;
    this.pinnedBefore = false;
    if (close) {
      this.popup.close();
      return;
    }
    if (!(await canExplain())) return;
    if (this.popup.open) this.popup.close();
    await this.popup.toggle();
    this.pinned = this.popup.open;
  }

  /** By its moves, not by its coming: what closed above it brings no mouse. */
  private hover({ pointerType }: PointerEvent): void {
    this.forget();
    if (pointerType !== "mouse" || this.popup.open) return;
    this.timer = window.setTimeout(() => void this.showRested(), HOVER_MS);
  }

  private async showRested(): Promise<void> {
    const { timer } = this;
    // The mouse may have left before there was something to say.
    if ((await canExplain()) && this.timer === timer) await this.popup.show();
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.timer = 0;
  }

  private leave(): void {
    this.forget();
    if (this.popup.open && !this.pinned) {
      this.timer = window.setTimeout(this.popup.close, LEAVE_MS);
    }
  }

  private key({ key }: KeyboardEvent): void {
    if (key === "Escape" || key === "Tab") this.popup.close();
  }
}

define("hp-explain")(Explain);

declare global {
  interface HTMLElementTagNameMap {
    "hp-explain": Explain;
  }
}
