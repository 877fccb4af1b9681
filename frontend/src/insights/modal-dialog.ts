import { html, LitElement, nothing } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import { mdiClose } from "@mdi/js";
import type { Look } from "../components/context.js";
import { icon } from "../components/icon.js";
import { fireEvent } from "../ha/fire-event.js";
import { focused } from "./focused.js";

/** A dialog that is open as long as it is there; the focus goes back to what had it. */
export class ModalDialog extends LitElement {
  /** What had the focus. */
  private focusedBefore: HTMLElement | null = null;

  /** By the browser's way back it is gone without being closed, and the focus with it. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    const before = this.focusedBefore;
    if (before?.isConnected) before.focus({ preventScroll: true });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const dialog = this.renderRoot.querySelector("dialog");
    if (!dialog || dialog.open) return;
    this.focusedBefore = focused();
    dialog.showModal();
    // Else the first button would have the ring of the keyboard.
    this.renderRoot.querySelector("h2")?.focus();
  }

  /** Its first line: the way out, what it is about, and what stands beside that. */
  protected header(
    { text }: Look,
    title: string,
    beside: TemplateResult | typeof nothing = nothing
  ): TemplateResult {
    const close = text("insights.close");
    return html`<header>
      <button
        type="button"
        class="round"
        aria-label=${close}
        title=${close}
        @click=${this.close}
      >
        ${icon(mdiClose)}
      </button>
      <h2 tabindex="-1">${title}</h2>
      ${beside}
    </header>`;
  }

  protected close(): void {
    this.renderRoot.querySelector("dialog")?.close();
  }

  protected closed(): void {
    fireEvent(this, "hp-close");
  }
}
