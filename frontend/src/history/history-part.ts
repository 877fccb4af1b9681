import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { Look } from "../components/context.js";
import "../components/notice.js";
import { baseStyles } from "../components/styles.js";
import { errorNotice } from "../components/view-state.js";
import type { PumpInfo } from "../data/types.js";
import { define } from "../ha/define.js";
import { navigate } from "../ha/navigate.js";
import type { HomeAssistant } from "../ha/types.js";
import { addressOf } from "./addresses.js";
import { calendarSource } from "./calendar-source.js";
import { boneStyles } from "./card-styles.js";
import "./energy-card.js";
import { HistoryData } from "./history-data.js";
import "./map-card.js";
import { uncheckedLine } from "./page-lines.js";
import { periodOf } from "./period.js";
import type { Comparison, HistoryPeriod, Unit } from "./period.js";
import "./table-card.js";
import { historyTokens } from "./tokens.js";

export type HistoryShow = "bars" | "table" | "map";

/** One part of the history on a dashboard, of the period that is running. */
export class HistoryPart extends LitElement {
  @property({ attribute: false }) hass: HomeAssistant | undefined;
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) info: PumpInfo | undefined;
  @property() show: HistoryShow = "bars";
  @property() unit: Exclude<Unit, "day"> = "heating_year";
  @property() comparison: Comparison = "year";
  /** Instead of its own title. */
  @property() heading: string | undefined;

  private readonly data: HistoryData = new HistoryData(this);

  static override styles = [
    baseStyles,
    boneStyles,
    historyTokens,
    css`
      :host {
        height: 100%;
        container-type: inline-size;
        /* The rows of a dashboard have a height of their own, and legends take more lines of it
           the narrower it is: the plot has the rest. */
        --hp-plot-height: 220px;
      }
      :host > * {
        min-height: 100%;
      }
      /* In a grid a card's own parts can take shares of its height: the plot gets all of it. */
      :host > div {
        display: grid;
        grid-template: 1fr auto / minmax(0, 1fr);
      }
      .unchecked {
        margin: 8px 16px 0;
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
        line-height: 16px;
      }
    `,
  ];

  protected override willUpdate(): void {
    const { hass, look, info, data } = this;
    if (!hass || !look || !info) return;
    data.follow(hass, look);
    if (!data.look) return;
    this.toggleAttribute("dark", look.theme.dark);
    data.show(periodOf(this.unit, data.now), this.comparison, info);
  }

  override render() {
    const { look, model } = this.data;
    if (!look) return this.data.home.meanwhile(this.look);
    const { error } = calendarSource;
    if (!model && error)
      return html`<hp-notice
        .look=${look}
        .notice=${errorNotice(error, look)}
        .retryAt=${error.retryAt}
        @hp-retry=${this.retry}
      ></hp-notice>`;
    return html`<div @hp-period=${this.open}>
      ${this.shown()}${model ? uncheckedLine(model, look) : nothing}
    </div>`;
  }

  private shown() {
    const { look, model } = this.data;
    const { heading, show } = this;
    if (show === "table")
      return html`<hp-history-table
        .model=${model}
        .look=${look}
        .heading=${heading}
      ></hp-history-table>`;
    if (show === "map")
      return html`<hp-history-map
        .model=${model}
        .look=${look}
        .heading=${heading}
      ></hp-history-map>`;
    return html`<hp-history-energy
      .model=${model}
      .look=${look}
      .heading=${heading}
    ></hp-history-energy>`;
  }

  private open({ detail }: CustomEvent<HistoryPeriod>): void {
    const { look } = this.data;
    if (look && this.info) navigate(addressOf(detail, this.info, look));
  }

  private retry(): void {
    this.data.retry();
    this.requestUpdate();
  }
}

define("hp-history-part")(HistoryPart);

declare global {
  interface HTMLElementTagNameMap {
    "hp-history-part": HistoryPart;
  }
}
