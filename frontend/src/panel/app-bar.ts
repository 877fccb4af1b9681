import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import { mdiChevronDown, mdiMenu } from "@mdi/js";
import { icon } from "../components/icon.js";
import "../components/live-dot.js";
import type { Look } from "../components/context.js";
import { baseStyles } from "../components/styles.js";
import { RANGES } from "../data/range.js";
import type { Range } from "../data/range.js";
import type { PumpInfo } from "../data/types.js";
import { define } from "../ha/define.js";
import type { HomeAssistant } from "../ha/types.js";

const MENU = "ha-menu-button";

/** The bar on top: menu, title, heat pump, period, and how fresh it all is. */
export class AppBar extends LitElement {
  @property({ attribute: false }) hass: HomeAssistant | undefined;
  @property({ type: Boolean }) narrow = false;
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) pumps: readonly PumpInfo[] = [];
  @property({ attribute: false }) pump: PumpInfo | null = null;
  @property() range: Range = "24h";
  @property({ attribute: false }) time: number | null | undefined;
  @property({ type: Boolean }) connected = true;

  static override styles = [
    baseStyles,
    css`
      :host {
        padding-top: var(--safe-area-inset-top, 0px);
        background: var(--app-header-background-color, var(--hp-card));
        color: var(--app-header-text-color, var(--hp-text));
        border-bottom: 1px solid var(--hp-divider);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        column-gap: 8px;
        padding: 0 calc(16px + var(--safe-area-content-inset-right, 0px)) 0
          calc(12px + var(--safe-area-content-inset-left, 0px));
      }
      .menu,
      ha-menu-button {
        margin-left: -8px;
      }
      .menu {
        display: grid;
        place-items: center;
        width: 48px;
        height: 48px;
        border-radius: 50%;
      }
      .menu svg.icon {
        width: 24px;
        height: 24px;
      }
      h1 {
        margin: 0 8px 0 2px;
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: 400;
        line-height: 28px;
        white-space: nowrap;
      }
      .pump {
        position: relative;
        display: flex;
        align-items: center;
        min-width: 0;
        height: 36px;
        border-radius: 18px;
        background: color-mix(in srgb, currentColor 6%, transparent);
        font-weight: 500;
      }
      .pump > * {
        overflow: hidden;
        min-width: 0;
        height: 36px;
        padding: 0 16px;
        border: none;
        border-radius: 18px;
        background: none;
        line-height: 36px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .pump select {
        padding-right: 36px;
        appearance: none;
        cursor: pointer;
      }
      .pump option {
        background: var(--hp-card);
        color: var(--hp-text);
      }
      .pump svg.icon {
        position: absolute;
        right: 10px;
        width: 20px;
        padding: 0;
        pointer-events: none;
      }
      .space {
        flex: 1;
        /* With the line below it, the bar is as high as Home Assistant's. */
        height: 55px;
      }
      .ranges {
        display: flex;
        gap: 2px;
        padding: 2px;
        border-radius: 18px;
        background: color-mix(in srgb, currentColor 6%, transparent);
      }
      .ranges button {
        min-width: 44px;
        height: 32px;
        padding: 0 10px;
        border-radius: 16px;
        color: inherit;
        opacity: 0.75;
      }
      .ranges button:hover {
        opacity: 1;
      }
      .ranges [aria-pressed="true"] {
        background: color-mix(in srgb, var(--hp-compressor) 18%, transparent);
        color: var(--hp-compressor-text);
        font-weight: 500;
        opacity: 1;
      }
      hp-live-dot {
        margin-left: 8px;
        color: color-mix(in srgb, currentColor 75%, transparent);
      }
      @container (max-width: 1099px) {
        hp-live-dot::part(around) {
          display: none;
        }
      }
      @container (max-width: 939px) {
        h1.optional {
          position: absolute;
          overflow: hidden;
          width: 1px;
          height: 1px;
          clip-path: inset(50%);
        }
      }
      @container (max-width: 699px) {
        .ranges {
          order: 1;
          flex-basis: 100%;
          height: 48px;
          padding: 0 0 4px;
          background: none;
        }
        .ranges button {
          flex: 1;
          height: 44px;
          border-radius: 22px;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    if (!customElements.get(MENU)) {
      void customElements.whenDefined(MENU).then(() => {
        this.requestUpdate();
      });
    }
  }

  override render() {
    const { look } = this;
    if (!look) return nothing;
    const { text } = look;
    return html`<header>
      ${this.menu(text("panel.menu"))}
      <h1 class=${this.pump ? "optional" : ""}>${text("panel.title")}</h1>
      ${this.selector(text("panel.pump"))}
      <span class="space"></span>
      ${this.pump ? this.ranges() : nothing}
      ${
        this.pump
          ? html`<hp-live-dot
              .time=${this.time}
              .connected=${this.connected}
              .look=${look}
            ></hp-live-dot>`
          : nothing
      }
    </header>`;
  }

  /** On a phone the only way out, so there is one even where Home Assistant's is missing. */
  private menu(label: string) {
    if (customElements.get(MENU)) {
      return html`<ha-menu-button
        .hass=${this.hass}
        .narrow=${this.narrow}
      ></ha-menu-button>`;
    }
    return html`<button
      type="button"
      class="menu"
      aria-label=${label}
      @click=${this.openMenu}
    >
      ${icon(mdiMenu)}
    </button>`;
  }

  private selector(label: string) {
    const { pump, pumps } = this;
    if (!pump) return nothing;
    if (pumps.length < 2) {
      return html`<div class="pump"><span>${pump.name}</span></div>`;
    }
    return html`<div class="pump">
      <select aria-label=${label} @change=${this.choosePump}>
        ${pumps.map(
          ({ id, name }) =>
            html`<option value=${id} .selected=${id === pump.id}>
              ${name}
            </option>`
        )}
      </select>
      ${icon(mdiChevronDown)}
    </div>`;
  }

  private ranges() {
    const text = this.look?.text;
    return html`<div
      class="ranges"
      role="group"
      aria-label=${text?.("panel.range") ?? ""}
    >
      ${RANGES.map(
        (range) =>
          html`<button
            type="button"
            data-range=${range}
            aria-pressed=${range === this.range ? "true" : "false"}
            aria-label=${text?.(`range.${range}.name`) ?? range}
            @click=${() => {
              this.tell("hp-range", range);
            }}
          >
            ${text?.(`range.${range}.short`)}
          </button>`
      )}
    </div>`;
  }

  private openMenu(): void {
    this.tell("hass-toggle-menu", undefined);
  }

  private choosePump(event: Event): void {
    this.tell("hp-pump", (event.target as HTMLSelectElement).value);
  }

  private tell(type: string, detail: unknown): void {
    this.dispatchEvent(
      new CustomEvent(type, { detail, bubbles: true, composed: true })
    );
  }
}

define("hp-app-bar")(AppBar);

declare global {
  interface HTMLElementTagNameMap {
    "hp-app-bar": AppBar;
  }
}
