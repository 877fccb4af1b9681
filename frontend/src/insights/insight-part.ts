import { css, html, LitElement } from "lit";
import { property } from "lit/decorators.js";
import type { Look } from "../components/context.js";
import "../components/notice.js";
import { baseStyles } from "../components/styles.js";
import { errorNotice } from "../components/view-state.js";
import type { PumpInfo } from "../data/types.js";
import { define } from "../ha/define.js";
import { navigate } from "../ha/navigate.js";
import type { HomeAssistant } from "../ha/types.js";
import { boneStyles } from "../history/card-styles.js";
import { historyTokens } from "../history/tokens.js";
import { insightAddress, momentAddress } from "./addresses.js";
import type { Moment } from "./addresses.js";
import { CARDS, cardOf } from "./cards.js";
import type { CardDefinition } from "./cards.js";
import "./insight-card.js";
import { InsightsData } from "./insights-data.js";
import { insightTokens } from "./tokens.js";
import type { Check } from "./types.js";
import "./verdict-card.js";

/** What is used on a card itself, and leads nowhere else. */
const USED = "button, a, input";

/** One answer on a dashboard, or the verdict; a tap leads to it on its page. */
export class InsightPart extends LitElement {
  @property({ attribute: false }) hass: HomeAssistant | undefined;
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) info: PumpInfo | undefined;
  @property() name = "verdict";
  /** Instead of its own title. */
  @property() heading: string | undefined;

  private readonly data: InsightsData = new InsightsData(
    this,
    (id) => id === this.name
  );

  static override styles = [
    baseStyles,
    boneStyles,
    historyTokens,
    insightTokens,
    css`
      :host {
        height: 100%;
        container-type: inline-size;
        cursor: pointer;
      }
      hp-insight-card,
      hp-verdict-card {
        min-height: 100%;
      }
    `,
  ];

  constructor() {
    super();
    // For the keyboard there is the card's own button.
    this.addEventListener("click", (event) => {
      const used = event
        .composedPath()
        .some((each) => each instanceof Element && each.matches(USED));
      if (!used) this.open(this.name);
    });
  }

  protected override willUpdate(): void {
    const { hass, look } = this;
    if (hass && look) this.data.follow(hass, look, this.info);
  }

  override render() {
    const { info, data } = this;
    const { look } = data;
    if (!look || !info) return data.home.meanwhile(this.look);
    const error = data.error();
    if (!data.answers && error)
      return html`<hp-notice
        .look=${look}
        .notice=${errorNotice(error, look)}
        .retryAt=${error.retryAt}
        @hp-retry=${this.retry}
      ></hp-notice>`;
    const card = CARDS.find(({ id }) => id === this.name);
    return html`<div
      @hp-insight=${this.openInsight}
      @hp-check=${this.openCheck}
      @hp-charts=${this.openCharts}
    >
      ${card ? this.card(card, look, info) : this.verdict(look, info)}
    </div>`;
  }

  private get admin(): boolean {
    return this.hass?.user?.is_admin ?? false;
  }

  private verdict(look: Look, info: PumpInfo) {
    return html`<hp-verdict-card
      .answers=${this.data.answers}
      .heading=${this.heading}
      .look=${look}
      .info=${info}
      .admin=${this.admin}
    ></hp-verdict-card>`;
  }

  private card(card: CardDefinition, look: Look, info: PumpInfo) {
    return html`<hp-insight-card
      .card=${card}
      .insight=${this.data.insight(card.id)}
      .explained=${this.data.evidence(card.id)}
      .failed=${this.data.error(card.id) !== null}
      .heading=${this.heading}
      .look=${look}
      .info=${info}
      .admin=${this.admin}
    ></hp-insight-card>`;
  }

  private open(name: string): void {
    const parts = CARDS.some(({ id }) => id === name) ? [name] : [];
    navigate(insightAddress(this.info, parts));
  }

  private openInsight({ detail }: CustomEvent<string>): void {
    this.open(detail);
  }

  private openCheck({ detail }: CustomEvent<Check>): void {
    const id = cardOf(detail.id);
    if (id) this.open(id);
    else navigate(momentAddress(this.info, detail));
  }

  private openCharts({ detail }: CustomEvent<Moment>): void {
    navigate(momentAddress(this.info, detail));
  }

  private retry(): void {
    this.data.retry();
  }
}

define("hp-insight-part")(InsightPart);

declare global {
  interface HTMLElementTagNameMap {
    "hp-insight-part": InsightPart;
  }
}
