import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import { mdiCalendarRemoveOutline, mdiCheckCircleOutline } from "@mdi/js";
import type { Look } from "../components/context.js";
import { icon } from "../components/icon.js";
import { baseStyles, cardStyles } from "../components/styles.js";
import type { PanelError } from "../data/error.js";
import type { Span } from "../data/period.js";
import { DAY } from "../format/calendar.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import { cardError, cardHead } from "./card-head.js";
import { historyCardStyles } from "./card-styles.js";
import type { HistoryModel } from "./model.js";
import { whyNotAll } from "./odd-days.js";
import type { OddDays } from "./odd-days.js";
import { periodOf } from "./period.js";
import { insideName, signed, spanName } from "./words.js";

/** kWh; from so many on nobody looks at tenths. */
const WHOLE_FROM = 10;

const overlaps = (one: Span, other: Span | null): boolean =>
  other !== null && one.start < other.end && other.start < one.end;

/** "24–27 Dec": without the year, which the page has. */
const datesOf = ({ start, end }: Span, look: Look): string =>
  spanName(start, end, look).replace(/ \d{4}$/, "");

/** Days that took more or less than their weather asks. Fires `hp-light` and `hp-period`. */
export class OddCard extends LitElement {
  @property({ attribute: false }) model: HistoryModel | null = null;
  @property({ attribute: false }) look: Look | undefined;
  /** Null while they are not known. */
  @property({ attribute: false }) odd: readonly OddDays[] | null = null;
  /** Why they are not known. */
  @property({ attribute: false }) error: PanelError | null = null;
  /** The days that are pointed at, here or in the calendar. */
  @property({ attribute: false }) lit: Span | null = null;

  static override styles = [
    baseStyles,
    cardStyles,
    historyCardStyles,
    css`
      ol {
        flex: 1;
        margin: 0;
        padding: 4px 8px 0;
        list-style: none;
      }
      li + li {
        border-top: 1px solid var(--hp-divider);
      }
      li button {
        display: flex;
        align-items: center;
        gap: 12px;
        width: 100%;
        min-height: 44px;
        padding: 4px 8px;
        border-radius: 8px;
        text-align: left;
      }
      li button:is(:hover, .lit) {
        background: color-mix(in srgb, var(--hp-compressor) 10%, transparent);
      }
      .number {
        flex: none;
        width: 20px;
        border-radius: 10px;
        background: var(--hp-text);
        color: var(--hp-overlay);
        font-size: 12px;
        font-weight: 500;
        text-align: center;
      }
      svg.icon {
        fill: var(--hp-secondary-text);
      }
      .words {
        flex: 1;
        min-width: 0;
      }
      small {
        display: block;
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
        line-height: 16px;
      }
      .kwh {
        flex: none;
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
      }
      .kwh b {
        color: var(--hp-text);
        font-size: var(--ha-font-size-m, 14px);
        font-weight: 500;
      }
      .foot {
        padding: 8px 16px 12px;
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
      }
      .none {
        display: grid;
        flex: 1;
        place-content: center;
        justify-items: center;
        padding: 24px 16px;
        color: var(--hp-secondary-text);
        text-align: center;
      }
      .none svg.icon {
        width: 32px;
        height: 32px;
      }
      .none b {
        margin-top: 8px;
        color: var(--hp-text);
        font-size: var(--ha-font-size-l, 16px);
        font-weight: 500;
      }
    `,
  ];

  override render() {
    const { look, model, odd, error } = this;
    if (!look) return nothing;
    const { text } = look;
    const state = odd ? "ready" : error ? "error" : "loading";
    return html`<article
      data-view="history-odd"
      data-state=${state}
      aria-busy=${state === "loading" ? "true" : "false"}
      aria-labelledby="title"
    >
      ${cardHead(text("history.odd.title"), odd?.length ? text("history.odd.remark") : "")}
      ${
        model && odd
          ? this.list(odd, model, look)
          : error
            ? cardError(error, look)
            : html`<i class="bone" style="margin:8px 16px;height:160px"></i>`
      }
    </article>`;
  }

  private list(odd: readonly OddDays[], model: HistoryModel, look: Look) {
    const { text } = look;
    if (!odd.length) return none(model, look);
    return html`<ol @pointerleave=${this.leave}>
        ${odd.map((each) => this.row(each, look))}
      </ol>
      <p class="foot">${text("history.odd.opens")}</p>`;
  }

  private row(odd: OddDays, look: Look) {
    const { text } = look;
    const light = () => {
      fireEvent(this, "hp-light", { start: odd.start, end: odd.end });
    };
    return html`<li>
      <button
        type="button"
        class=${overlaps(odd, this.lit) ? "lit" : ""}
        @pointerenter=${light}
        @focus=${light}
        @blur=${this.leave}
        @click=${() => {
          fireEvent(this, "hp-period", periodOf("day", odd.start));
        }}
      >
        ${
          odd.number === null
            ? icon(mdiCalendarRemoveOutline)
            : html`<span class="number">${odd.number}</span>`
        }
        <span class="words"
          >${datesOf(odd, look)} · ${text(`history.odd.kind.${odd.kind}`)}
          <small>${whyOf(odd, look)}</small></span
        >
        <span class="kwh">${amountOf(odd, look)}</span>
      </button>
    </li>`;
  }

  private readonly leave = (): void => {
    fireEvent(this, "hp-light", null);
  };
}

/** That there are none is said only where days were judged. */
const none = (model: HistoryModel, look: Look) => {
  const { text } = look;
  const why = whyNotAll(model);
  if (why === "unread")
    return html`<div class="none">${text("history.after_reading")}</div>`;
  if (why) return html`<div class="none">${text(`history.odd.${why}`)}</div>`;
  const period = insideName(model.period, look);
  return html`<div class="none">
    ${icon(mdiCheckCircleOutline)}
    <b>${text("history.odd.none", { period })}</b>
    <span>${text("history.odd.none_help")}</span>
  </div>`;
};

/** What is known of it, else a question. */
const whyOf = ({ kind, alarm }: OddDays, { text }: Look): string => {
  const told = alarm && (alarm.texts?.[text("language")] ?? alarm.text);
  return told ?? text(`history.odd.why.${kind}`);
};

const amountOf = ({ kwh: value, start, end }: OddDays, look: Look) => {
  if (value === null) {
    const count = Math.round((end - start) / DAY);
    return look.text("history.odd.days", { count });
  }
  const digits = Math.abs(value) < WHOLE_FROM ? 1 : 0;
  return html`<b>${signed(value, digits, look)}</b> kWh`;
};

define("hp-history-odd")(OddCard);

declare global {
  interface HTMLElementTagNameMap {
    "hp-history-odd": OddCard;
  }
}
