/** The button that opens and closes a popover, with what it says to screen readers. */
import { html, nothing } from "lit";
import type { Popover } from "./popover.js";
import { icon } from "./icon.js";

export interface PopoverToggle {
  popup: Popover;
  /** What opens: a menu or a dialog. */
  kind: "menu" | "dialog";
  label: string;
  /** Path of a Material Design icon. */
  icon: string;
  /** Whether something of what opens is chosen. */
  pressed?: boolean;
}

/** Round, with an icon; the arrow down opens it too. */
export const popoverToggle = ({
  popup,
  kind,
  label,
  icon: path,
  pressed,
}: PopoverToggle) =>
  html`<button
    type="button"
    class="round opener"
    aria-label=${label}
    title=${label}
    aria-haspopup=${kind}
    aria-expanded=${popup.open ? "true" : "false"}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    @click=${popup.toggle}
    @keydown=${popup.openByKey}
  >
    ${icon(path)}
  </button>`;
