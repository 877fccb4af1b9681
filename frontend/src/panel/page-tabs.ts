import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import { mdiChartBar, mdiHeatPump, mdiLightbulbOnOutline } from "@mdi/js";
import type { Look } from "../components/context.js";
import { icon } from "../components/icon.js";
import { baseStyles } from "../components/styles.js";
import { PAGES } from "../data/page.js";
import type { PageName } from "../data/page.js";
import { define } from "../ha/define.js";
import { isForBrowser, isPlainClick, navigate } from "../ha/navigate.js";

/** The address of a page as it was left. */
export type Address = (page: PageName) => string;

const ICONS: Record<PageName, string> = {
  now: mdiHeatPump,
  history: mdiChartBar,
  insights: mdiLightbulbOnOutline,
};

const STEPS: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** The panel's pages as tabs with addresses of their own; on a phone a bar at the bottom. */
export class PageTabs extends LitElement {
  @property({ attribute: false }) look: Look | undefined;
  @property() page: PageName = "now";
  @property({ attribute: false }) address: Address = () => "";
  /** As Home Assistant's own tabs on a phone. */
  @property({ type: Boolean, reflect: true }) bottom = false;

  static override styles = [
    baseStyles,
    css`
      div {
        display: flex;
      }
      a {
        position: relative;
        display: flex;
        align-items: center;
        height: 55px;
        padding: 0 16px;
        border-radius: 8px;
        color: color-mix(in srgb, currentColor 76%, transparent);
        font-weight: 500;
        text-decoration: none;
      }
      a:hover,
      a[aria-selected="true"] {
        color: inherit;
      }
      a:focus-visible {
        outline-offset: -4px;
      }
      a[aria-selected="true"]::after {
        position: absolute;
        inset: auto 12px -1px;
        height: 3px;
        border-radius: 3px 3px 0 0;
        background: var(--hp-compressor);
        content: "";
      }
      a span {
        display: contents;
      }
      :host(:not([bottom])) svg.icon {
        display: none;
      }
      :host([bottom]) {
        position: sticky;
        bottom: 0;
        z-index: 3;
        padding: 0 var(--safe-area-content-inset-right, 0px)
          var(--safe-area-inset-bottom, 0px)
          var(--safe-area-content-inset-left, 0px);
        border-top: 1px solid var(--hp-divider);
        background: linear-gradient(var(--hp-card), var(--hp-card))
          var(--hp-overlay);
      }
      :host([bottom]) a {
        flex: 1;
        flex-direction: column;
        justify-content: center;
        gap: 2px;
        height: 63px;
        padding: 0;
        font-size: var(--ha-font-size-s, 12px);
        line-height: 16px;
      }
      :host([bottom]) a::after {
        display: none;
      }
      :host([bottom]) a span {
        display: grid;
        place-items: center;
        width: 56px;
        height: 32px;
        border-radius: 16px;
      }
      :host([bottom]) svg.icon {
        width: 24px;
        height: 24px;
      }
      :host([bottom]) a[aria-selected="true"] span {
        background: color-mix(in srgb, var(--hp-compressor) 20%, transparent);
        color: var(--hp-compressor-text);
      }
    `,
  ];

  override render() {
    const { look } = this;
    if (!look) return nothing;
    return html`<div
      role="tablist"
      aria-label=${look.text("page.title")}
      @keydown=${this.move}
    >
      ${PAGES.map((page) => this.tab(page, look))}
    </div>`;
  }

  private tab(page: PageName, { text }: Look) {
    const chosen = page === this.page;
    return html`<a
      role="tab"
      data-page=${page}
      href=${this.address(page)}
      aria-selected=${chosen ? "true" : "false"}
      tabindex=${chosen ? 0 : -1}
      @click=${this.follow}
      ><span>${icon(ICONS[page])}</span>${text(`page.${page}`)}</a
    >`;
  }

  private follow(event: MouseEvent): void {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    navigate(
      (event.currentTarget as HTMLAnchorElement).getAttribute("href") ?? ""
    );
  }

  private move(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step === undefined || isForBrowser(event)) return;
    const tabs = [...this.renderRoot.querySelectorAll("a")];
    const here = tabs.indexOf(event.target as HTMLAnchorElement);
    event.preventDefault();
    tabs.at((here + step) % tabs.length)?.focus();
  }
}

define("hp-page-tabs")(PageTabs);

declare global {
  interface HTMLElementTagNameMap {
    "hp-page-tabs": PageTabs;
  }
}
