import { css, html, LitElement, nothing } from "lit";
import { property, query } from "lit/decorators.js";
import { define } from "../../ha/define.js";
import type { Look } from "../context.js";
import { Popover } from "../popover.js";
import { baseStyles, popoverStyles } from "../styles.js";
import type { Explanation } from "./explanations.js";

/** A mouse that rests this long asks. */
const HOVER_MS = 600;
/** It may take this long from the figure to its explanation. */
const LEAVE_MS = 250;

/**
 * Covers the positioned element it lies in: a tap, a key or a resting mouse there opens what the
 * figure means.
 */
export class Explain extends LitElement {
  @property({ attribute: false }) explanation: Explanation | undefined;
  @property({ attribute: false }) look: Look | undefined;

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
    const { explanation, look } = this;
    if (!explanation || !look) return nothing;
    return html`<button
        type="button"
        aria-label=${look.text("explain.open", { name: explanation.name })}
        aria-haspopup="dialog"
        aria-expanded=${this.popup.open ? "true" : "false"}
        @pointermove=${this.hover}
        @pointerleave=${this.leave}
        @pointerdown=${this.press}
        @click=${this.pin}
      ></button>
      ${this.popup.open ? this.dialog(explanation) : nothing}`;
  }

  private dialog({ name, formula, rows }: Explanation) {
    return html`<div
      class="popover"
      popover="auto"
      role="dialog"
      tabindex="0"
      aria-label=${name}
      @toggle=${this.popup.toggled}
      @keydown=${this.key}
      @pointerenter=${this.stay}
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
    clearTimeout(this.timer);
    this.pinnedBefore = this.pinned;
  }

  /** A second tap closes; the browser may have done so by then. */
  private async pin(): Promise<void> {
    clearTimeout(this.timer);
    const close = this.pinned || this.pinnedBefore;
    this.pinnedBefore = false;
    if (close) {
      this.popup.close();
      return;
    }
    if (this.popup.open) this.popup.close();
    await this.popup.toggle();
    this.pinned = this.popup.open;
  }

  /** By its moves, not by its coming: what closed above it brings no mouse. */
  private hover({ pointerType }: PointerEvent): void {
    clearTimeout(this.timer);
    if (pointerType !== "mouse" || this.popup.open) return;
    this.timer = window.setTimeout(() => void this.popup.show(), HOVER_MS);
  }

  private stay(): void {
    clearTimeout(this.timer);
  }

  private leave(): void {
    clearTimeout(this.timer);
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
