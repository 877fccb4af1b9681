/** What is on all cards: data, and what is said where there is nothing. */
import { css, html, LitElement, nothing } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { mdiHeatPump } from "@mdi/js";
import { Clock } from "../components/clock.js";
import type { Look } from "../components/context.js";
import { LookMaker } from "../components/look.js";
import "../components/notice.js";
import { baseStyles } from "../components/styles.js";
import { errorNotice } from "../components/view-state.js";
import type { Notice } from "../components/view-state.js";
import { DEFAULT_RANGE, isRange } from "../data/range.js";
import type { Range } from "../data/range.js";
import { staleMinute } from "../data/stale.js";
import type { PanelState } from "../data/store.js";
import type { Info, PumpInfo, Snapshot } from "../data/types.js";
import { usesFahrenheit } from "../data/units.js";
import { concerns } from "../ha/concerns.js";
import type { HomeAssistant } from "../ha/types.js";
import { Derived } from "../panel/derived.js";
import { tokenStyles } from "../theme/tokens.js";
import type { CardConfig } from "./config.js";
import { joinStore } from "./shared-store.js";
import type { StoreMembership } from "./shared-store.js";

/** What a card draws. */
export interface Shown {
  config: CardConfig;
  hass: HomeAssistant;
  info: PumpInfo;
  /** As it arrived. */
  known: Snapshot | null;
  /** As it is now: old readings are no longer the present. */
  snapshot: Snapshot | null;
  state: PanelState;
  derived: Derived;
  staleUntil: number | null;
  look: Look;
}

export const cardFrame = css`
  :host {
    height: 100%;
  }
  .title {
    flex: none;
    overflow: hidden;
    padding: 4px 8px 8px;
    font-size: var(--ha-font-size-l, 16px);
    font-weight: 500;
    line-height: 24px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .message {
    height: 100%;
    min-height: 160px;
    border: var(--ha-card-border-width, 1px) solid
      var(--ha-card-border-color, var(--hp-divider));
    border-radius: var(--ha-card-border-radius, 12px);
    background: var(--hp-card);
  }
`;

/** Above cards that have no head of their own, where they were given a title. */
export const titleLine = ({ title }: CardConfig) =>
  title ? html`<h2 class="title">${title}</h2>` : nothing;

/** What is on a card; the kinds say what it draws. */
export abstract class CardContent extends LitElement {
  @property({ attribute: false }) hass: HomeAssistant | undefined;
  @property({ attribute: false }) config: CardConfig | undefined;
  /** Chosen on the card itself; back to its configuration with the next page. */
  @state() private chosen: Range | null = null;

  private joined: { of: unknown[]; membership: StoreMembership } | null = null;
  private readonly looks: LookMaker = new LookMaker(this);
  private readonly staleUntil = new Clock(
    this,
    (now) => staleMinute(this.joined?.membership.state.snapshot, now),
    5_000
  );
  private readonly derived = new Derived();

  static override styles = [tokenStyles, baseStyles, cardFrame];

  /** What there is to see of a heat pump. */
  protected abstract content(shown: Shown): TemplateResult;

  /** Whether the content says itself why there is nothing to see. */
  protected saysWhy(): boolean {
    return false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave();
  }

  protected override shouldUpdate(changed: PropertyValues): boolean {
    const before = changed.get("hass") as HomeAssistant | undefined;
    const { hass } = this;
    const alone = changed.size === 1 && hass && before;
    return !alone || concerns(before, hass);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("config")) this.chosen = null;
    if (!this.hass) return;
    this.looks.follow(this.hass);
    this.follow();
  }

  /** Takes part in the store of what the card shows, and in that one only. */
  private follow(): void {
    const { hass, config } = this;
    if (!hass || !config || !this.isConnected) return;
    const pump = config.pump ?? null;
    const range = this.chosen ?? config.range ?? DEFAULT_RANGE;
    const of = [hass.connection, pump, range, usesFahrenheit(hass)];
    if (this.joined?.of.every((each, index) => each === of[index])) return;
    const before = this.joined;
    const changed = () => {
      this.requestUpdate();
    };
    this.joined = {
      of,
      membership: joinStore(hass, pump, range, changed),
    };
    before?.membership.release();
  }

  private leave(): void {
    this.joined?.membership.release();
    this.joined = null;
  }

  override render() {
    const { hass, config, joined } = this;
    const { look } = this.looks;
    if (!hass || !config || !joined || !look) return nothing;
    const { state } = joined.membership;
    const { pump } = state;
    if (!pump || (config.pump && pump.id !== config.pump)) {
      return this.withoutPump(state, look);
    }
    const { value: staleUntil } = this.staleUntil;
    const { snapshot: known, period, error } = state;
    if (error && !known && !this.saysWhy()) {
      return this.withoutPump(state, look);
    }
    const { derived } = this;
    const content = this.content({
      config,
      hass,
      info: pump,
      known,
      snapshot: known && derived.snapshot(known, staleUntil, period),
      derived,
      state,
      staleUntil,
      look,
    });
    return html`<div
      class="card"
      @hp-retry=${joined.membership.retry}
      @hp-range=${this.choose}
    >
      ${content}
    </div>`;
  }

  private withoutPump({ info, error }: PanelState, look: Look) {
    const notice =
      error && error.code !== "not_found"
        ? errorNotice(error, look)
        : info && this.gone(info, look);
    if (!notice) return nothing;
    return html`<hp-notice
      class="message"
      .look=${look}
      .notice=${notice}
      .retryAt=${error?.retryAt ?? null}
      @hp-retry=${() => this.joined?.membership.retry()}
    ></hp-notice>`;
  }

  private gone({ pumps }: Info, { text }: Look): Notice {
    const isOne = this.config?.pump ?? pumps.length;
    const which = isOne ? "cards.gone" : "setup";
    return {
      state: "missing",
      icon: mdiHeatPump,
      title: text(`${which}.title`),
      help: text(`${which}.help`),
      action: null,
    };
  }

  private choose({ detail }: CustomEvent<unknown>): void {
    if (isRange(detail)) this.chosen = detail;
  }
}
