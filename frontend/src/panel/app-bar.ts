import { html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import { mdiCalendarRange, mdiChevronDown, mdiMenu, mdiRefresh } from "@mdi/js";
import type { Look } from "../components/context.js";
import { icon } from "../components/icon.js";
import "../components/live-dot.js";
import "../components/menu.js";
import type { MenuItem } from "../components/menu.js";
import {
  baseStyles,
  buttonStyles,
  roundButtonStyles,
} from "../components/styles.js";
import type { PageName } from "../data/page.js";
import { isSpan, adjacentPeriod } from "../data/period.js";
import type { Period } from "../data/period.js";
import { DEFAULT_RANGE } from "../data/range.js";
import type { Range } from "../data/range.js";
import type { LastReading } from "../data/stale.js";
import type { PumpInfo } from "../data/types.js";
import { define } from "../ha/define.js";
import { periodName } from "./period-name.js";
import { fireEvent } from "../ha/fire-event.js";
import type { HomeAssistant } from "../ha/types.js";
import { appBarStyles } from "./app-bar-styles.js";
import "./page-tabs.js";
import type { Address } from "./page-tabs.js";
import "./period-bar.js";

const MENU = "ha-menu-button";

/** The bar on top: menu, title, heat pump, period, how fresh it all is, and what can be done. */
export class AppBar extends LitElement {
  @property({ attribute: false }) hass: HomeAssistant | undefined;
  @property({ type: Boolean }) narrow = false;
  /** As narrow as a phone: what has no place is in the menu. */
  @property({ type: Boolean }) compact = false;
  /** Too narrow for the ranges: they have a line of their own. */
  @property({ type: Boolean }) stacked = false;
  @property() page: PageName = "now";
  /** Where the pages are. */
  @property({ attribute: false }) address: Address = () => "";
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) pumps: readonly PumpInfo[] = [];
  @property({ attribute: false }) pump: PumpInfo | null = null;
  @property({ attribute: false }) period: Period = DEFAULT_RANGE;
  /** What "now" goes back to. */
  @property({ attribute: false }) range: Range = DEFAULT_RANGE;
  @property({ attribute: false }) last: LastReading | undefined;
  @property({ type: Boolean }) connected = true;
  /** What the menu offers; chosen, its key comes as `hp-menu`. */
  @property({ attribute: false }) items: readonly MenuItem[] = [];

  static override styles = [
    baseStyles,
    buttonStyles,
    roundButtonStyles,
    appBarStyles,
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
    const { look, pump } = this;
    if (!look) return nothing;
    const { text } = look;
    return html`<header>
        ${this.menu(text("panel.menu"))}
        <h1 class=${pump ? "optional" : ""}>${text("panel.title")}</h1>
        ${this.selector(text("panel.pump"))}
        ${pump && !this.compact ? this.tabs(look) : nothing}
        <span class="space"></span>
        ${pump ? this.tools(look) : nothing}
      </header>
      ${pump && this.stacks ? this.periodBar(look) : nothing}
      ${this.isNow && pump && isSpan(this.period) ? this.spanLine(look) : nothing}`;
  }

  private get first(): number | null {
    return this.pump?.first_reading ?? null;
  }

  private get isNow(): boolean {
    return this.page === "now";
  }

  private get stacks(): boolean {
    return this.isNow && (this.compact || this.stacked);
  }

  private tabs(look: Look) {
    return html`<hp-page-tabs
      .look=${look}
      .page=${this.page}
      .address=${this.address}
    ></hp-page-tabs>`;
  }

  private tools(look: Look) {
    const refresh = look.text("menu.refresh");
    return html`${this.isNow && !this.stacks ? this.periodBar(look) : nothing}
      <hp-live-dot
        .last=${this.last}
        .connected=${this.connected}
        .look=${look}
      ></hp-live-dot>
      <button
        type="button"
        class="round refresh"
        aria-label=${refresh}
        title=${refresh}
        @click=${() => {
          fireEvent(this, "hp-retry");
        }}
      >
        ${icon(mdiRefresh)}
      </button>
      <hp-menu
        .label=${look.text("menu.more")}
        .items=${this.menuItems(look)}
        @hp-menu=${this.choose}
      ></hp-menu>`;
  }

  private periodBar(look: Look) {
    return html`<hp-period-bar
      .look=${look}
      .period=${this.period}
      .first=${this.first}
    ></hp-period-bar>`;
  }

  /** With what a phone has no buttons for. */
  private menuItems({ text }: Look): readonly MenuItem[] {
    if (!this.compact) return this.items;
    const step = (key: string, direction: -1 | 1): MenuItem => ({
      key,
      label: text(`period.${key}`),
      disabled: !this.adjacent(direction),
    });
    return [
      { key: "refresh", label: text("menu.refresh") },
      ...(this.isNow ? [step("earlier", -1), step("later", 1)] : []),
      ...this.items,
    ];
  }

  private choose(event: CustomEvent<string>): void {
    const { detail } = event;
    const own = ["refresh", "earlier", "later"].indexOf(detail);
    if (own < 0) return;
    event.stopPropagation();
    if (!own) fireEvent(this, "hp-retry");
    else fireEvent(this, "hp-range", this.adjacent(own < 2 ? -1 : 1));
  }

  private adjacent(direction: -1 | 1): Period | null {
    const { period, first, look } = this;
    return look
      ? adjacentPeriod(period, direction, Date.now(), first, look.format.zone)
      : null;
  }

  private spanLine(look: Look) {
    if (!isSpan(this.period)) return nothing;
    const { text } = look;
    return html`<div class="period">
      ${icon(mdiCalendarRange)}
      <h2>
        <span role="status">${periodName(this.period, Date.now(), look)}</span>
      </h2>
      <button type="button" class="action" @click=${this.backToNow}>
        ${text("period.now")}
      </button>
    </div>`;
  }

  /** The button goes with its line: the focus is on what it leads to. */
  private backToNow(): void {
    this.renderRoot
      .querySelector("hp-period-bar")
      ?.shadowRoot?.querySelector<HTMLElement>(`[data-range="${this.range}"]`)
      ?.focus();
    fireEvent(this, "hp-range", this.range);
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
      @click=${() => {
        fireEvent(this, "hass-toggle-menu");
      }}
    >
      ${icon(mdiMenu)}
    </button>`;
  }

  private selector(label: string) {
    const { pump, pumps } = this;
    if (!pumps.length) return nothing;
    if (pump && pumps.length < 2) {
      return html`<div class="pump"><span>${pump.name}</span></div>`;
    }
    return html`<div class="pump">
      <select aria-label=${label} @change=${this.choosePump}>
        ${pump ? nothing : html`<option selected></option>`}
        ${pumps.map(
          ({ id, name }) =>
            html`<option value=${id} .selected=${id === pump?.id}>
              ${name}
            </option>`
        )}
      </select>
      ${icon(mdiChevronDown)}
    </div>`;
  }

  private choosePump(event: Event): void {
    fireEvent(this, "hp-pump", (event.target as HTMLSelectElement).value);
  }
}

define("hp-app-bar")(AppBar);

declare global {
  interface HTMLElementTagNameMap {
    "hp-app-bar": AppBar;
  }
}
