import { css, html, LitElement, nothing } from "lit";
import { property, query } from "lit/decorators.js";
import { mdiCheck, mdiDotsVertical } from "@mdi/js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import { isForBrowser } from "../ha/navigate.js";
import { icon } from "./icon.js";
import { Popover } from "./popover.js";
import { popoverToggle } from "./popover-toggle.js";
import { baseStyles, popoverStyles, roundButtonStyles } from "./styles.js";

export interface MenuItem {
  /** What the event `hp-menu` tells when it is chosen. */
  key: string;
  label: string;
  /** Path of a Material Design icon. */
  icon?: string;
  /** On or off; such a choice leaves the menu open. */
  checked?: boolean;
  disabled?: boolean;
}

const STEPS: Partial<Record<string, (index: number, count: number) => number>> =
  {
    ArrowDown: (index, count) => (index + 1) % count,
    ArrowUp: (index, count) => (index - 1 + count) % count,
    Home: () => 0,
    End: (_, count) => count - 1,
  };

/** A button with three dots and its menu; fires `hp-menu` with the key of the chosen item. */
export class Menu extends LitElement {
  @property({ attribute: false }) items: readonly MenuItem[] = [];
  /** Name of the button and of the menu. */
  @property() label = "";
  /** Path of the button's icon. */
  @property({ attribute: false }) icon = mdiDotsVertical;

  @query("button") private button!: HTMLButtonElement;
  private readonly popup: Popover = new Popover(
    this,
    () => this.button,
    () => {
      this.choices[0]?.focus();
    }
  );

  static override styles = [
    baseStyles,
    roundButtonStyles,
    popoverStyles,
    css`
      :host {
        flex: none;
        width: max-content;
      }
      .popover {
        min-width: 180px;
        padding: 8px 0;
      }
      .item {
        display: flex;
        align-items: center;
        gap: 12px;
        width: 100%;
        min-height: 40px;
        padding: 0 24px 0 16px;
        text-align: left;
        white-space: nowrap;
      }
      .item:hover,
      .item:focus-visible {
        outline-offset: -2px;
        background: color-mix(in srgb, var(--hp-text) 6%, transparent);
      }
      .item:disabled {
        cursor: default;
        opacity: 0.45;
      }
      .unchecked svg.icon {
        visibility: hidden;
      }
      @media (pointer: coarse) {
        .item {
          min-height: 48px;
        }
      }
    `,
  ];

  override render() {
    const { popup, label, icon: path } = this;
    return html`${popoverToggle({ popup, kind: "menu", label, icon: path })}
    ${popup.open ? this.menu() : nothing}`;
  }

  private menu() {
    return html`<div
      class="popover"
      popover="auto"
      role="menu"
      tabindex="-1"
      aria-label=${this.label}
      @toggle=${this.popup.toggled}
      @keydown=${this.move}
    >
      ${this.items.map((item) => this.item(item))}
    </div>`;
  }

  private item({ key, label, icon: path, checked, disabled }: MenuItem) {
    const box = checked !== undefined;
    return html`<button
      type="button"
      class="item ${checked === false ? "unchecked" : ""}"
      data-key=${key}
      tabindex="-1"
      role=${box ? "menuitemcheckbox" : "menuitem"}
      aria-checked=${box ? String(checked) : nothing}
      ?disabled=${disabled}
      @click=${() => {
        this.choose(key, box);
      }}
    >
      ${box ? icon(mdiCheck) : path ? icon(path) : nothing}${label}
    </button>`;
  }

  private get choices(): HTMLElement[] {
    return [
      ...this.renderRoot.querySelectorAll<HTMLElement>(".item:not(:disabled)"),
    ];
  }

  private move(event: KeyboardEvent): void {
    if (event.key === "Escape" || event.key === "Tab") {
      this.popup.close();
      return;
    }
    const { choices } = this;
    const now = choices.indexOf(this.shadowRoot?.activeElement as HTMLElement);
    const next = STEPS[event.key]?.(now, choices.length);
    if (next === undefined || isForBrowser(event)) return;
    event.preventDefault();
    choices[next]?.focus();
  }

  private choose(key: string, stays: boolean): void {
    if (!stays) this.popup.close();
    fireEvent(this, "hp-menu", key);
  }
}

define("hp-menu")(Menu);

declare global {
  interface HTMLElementTagNameMap {
    "hp-menu": Menu;
  }
}
