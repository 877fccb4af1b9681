import { html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import {
  mdiCalendarRange,
  mdiChevronDown,
  mdiChevronLeft,
  mdiChevronRight,
} from "@mdi/js";
import type { Look } from "../components/context.js";
import type {
  ChosenSpan,
  DateRange,
} from "../components/date-range/date-range.js";
import { icon } from "../components/icon.js";
import { Popover } from "../components/popover.js";
import {
  baseStyles,
  popoverStyles,
  roundButtonStyles,
} from "../components/styles.js";
import { Swipe } from "../components/swipe.js";
import { dayOf } from "../format/calendar.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import { isForBrowser } from "../ha/navigate.js";
import { fetched } from "../ha/replaced.js";
import { historyBarStyles } from "./history-bar-styles.js";
import {
  columnUnit,
  COMPARISONS,
  comparedWith,
  periodOf,
  startAfter,
} from "./period.js";
import type { Comparison, HistoryPeriod, Unit } from "./period.js";
import { datesOf, nameOf, shortName, unitName } from "./words.js";

/** Calendar years are in the page's menu and in the table. */
const CHIPS = [
  "day",
  "week",
  "month",
  "heating_year",
  "all",
] as const satisfies readonly Unit[];

/** The calendar, which comes with the click. */
const fetchCalendar = () =>
  fetched(() => import("../components/date-range/date-range.js"));

/** The period and what it is compared with. Fires `hp-period` and `hp-compare`. */
export class HistoryBar extends LitElement {
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) period: HistoryPeriod | undefined;
  @property() comparison: Comparison = "year";
  /** Local first day and time. */
  @property({ attribute: false }) first = 0;
  @property({ attribute: false }) now = 0;
  /** "28 of 30 days" of a running period. */
  @property() progress = "";

  private readonly popup: Popover = new Popover(
    this,
    () => this.opener,
    () => {
      void this.focusDay();
    }
  );
  private readonly swipe = new Swipe((direction) => {
    this.move(direction);
  });

  static override styles = [
    baseStyles,
    popoverStyles,
    roundButtonStyles,
    historyBarStyles,
  ];

  override render() {
    const { look, period } = this;
    if (!look || !period) return nothing;
    return html`<div class="bar" @keydown=${this.key}>
        ${this.names(period, look)}
        ${
          this.isCurrent(period)
            ? nothing
            : html`<button type="button" class="today" @click=${this.today}>
                ${icon(mdiCalendarRange)}${look.text("period.today")}
              </button>`
        }
        ${this.chips(period, look)}
        ${period.unit === "all" ? nothing : this.compare(period, look)}
      </div>
      ${this.popup.open ? this.calendar(period, look) : nothing}`;
  }

  private get opener(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>("button.name") ?? this;
  }

  private isCurrent({ unit, start }: HistoryPeriod): boolean {
    return unit === "all" || periodOf(unit, this.now).start === start;
  }

  private names(period: HistoryPeriod, look: Look) {
    const dates = this.progress || datesOf(period, look);
    const name = html`<h2>${nameOf(period, look)}</h2>
      ${dates ? html`<span>${dates}</span>` : nothing}`;
    if (period.unit === "all")
      return html`<div class="period"><div class="name">${name}</div></div>`;
    return html`<div
      class="period"
      @pointerdown=${this.swipe.begin}
      @pointerup=${this.swipe.end}
    >
      ${this.step(-1, mdiChevronLeft, look)}
      <button
        type="button"
        class="name"
        title=${look.text("history.jump")}
        aria-haspopup="dialog"
        aria-expanded=${this.popup.open ? "true" : "false"}
        @click=${this.popup.toggle}
        @keydown=${this.popup.openByKey}
      >
        ${name} ${icon(mdiChevronDown)}
      </button>
      ${this.step(1, mdiChevronRight, look)}
    </div>`;
  }

  /** Beside the bar, whose arrows lead from period to period. */
  private calendar({ unit, start }: HistoryPeriod, look: Look) {
    const { utc } = look.format.zone;
    const label = look.text("history.jump");
    return html`<div
      class="popover"
      popover="auto"
      role="dialog"
      aria-label=${label}
      @toggle=${this.popup.toggled}
      @keydown=${this.popup.closeByEscape}
    >
      <hp-date-range
        .single=${true}
        .look=${look}
        .start=${utc(start)}
        .end=${utc(unit === "all" ? this.now : startAfter(unit, start, 1))}
        .earliest=${utc(this.first)}
        .latest=${utc(this.now)}
        @hp-span=${this.jump}
      ></hp-date-range>
    </div>`;
  }

  private async focusDay(): Promise<void> {
    try {
      await fetchCalendar();
    } catch {
      this.popup.close();
      return;
    }
    await this.renderRoot.querySelector<DateRange>("hp-date-range")?.focusDay();
  }

  private step(direction: -1 | 1, path: string, { text }: Look) {
    const label = text(direction < 0 ? "period.earlier" : "period.later");
    return html`<button
      type="button"
      class="round"
      data-step=${direction}
      aria-label=${label}
      title=${label}
      aria-disabled=${this.adjacent(direction) ? "false" : "true"}
      @click=${() => {
        this.move(direction);
      }}
    >
      ${icon(path)}
    </button>`;
  }

  /** Null where there is nothing to be seen. */
  private adjacent(direction: -1 | 1): HistoryPeriod | null {
    const { period, now, first } = this;
    if (!period || period.unit === "all") return null;
    const { unit } = period;
    const start = startAfter(unit, period.start, direction);
    const isBeyond =
      direction > 0 ? start > now : startAfter(unit, start, 1) <= dayOf(first);
    return isBeyond ? null : { unit, start };
  }

  private chips({ unit, start }: HistoryPeriod, look: Look) {
    return html`<div
      class="chips"
      role="group"
      aria-label=${look.text("panel.range")}
    >
      ${CHIPS.map(
        (each) =>
          html`<button
            type="button"
            data-unit=${each}
            aria-pressed=${each === unit || (each === "heating_year" && unit === "year") ? "true" : "false"}
            @click=${() => {
              this.choose(periodOf(each, this.within(unit, start, each)));
            }}
          >
            ${unitName(each, look)}
          </button>`
      )}
    </div>`;
  }

  /** From a longer period to its last part that there is, from a shorter one to the one around it. */
  private within(unit: Unit, start: number, wanted: Unit): number {
    if (unit === "all") return this.now;
    const last = startAfter(unit, start, 1) - 1;
    return Math.min(last, this.now) < start || columnUnit(wanted) === "month"
      ? start
      : Math.min(last, this.now);
  }

  private compare(period: HistoryPeriod, look: Look) {
    const { text } = look;
    const other = comparedWith(period, this.comparison);
    const name = other ? shortName(other, look) : text("history.compare.none");
    return html`<div class="compare">
      ${
        other
          ? html`<span class="ghosts" aria-hidden="true"
              ><i style="--c:var(--hp-heating)"></i
              ><i style="--c:var(--hp-compressor)"></i
            ></span>`
          : nothing
      }
      <label for="compare">${text("history.compare.label")}</label>
      <b aria-hidden="true">${name}</b>
      <select id="compare" @change=${this.compareWith}>
        ${COMPARISONS.filter(
          (each) => each !== "before" || !period.unit.includes("year")
        ).map(
          (each) =>
            html`<option value=${each} .selected=${each === this.comparison}>
              ${text(`history.compare.${each}`)}
            </option>`
        )}
      </select>
      ${icon(mdiChevronDown)}
    </div>`;
  }

  private choose(period: HistoryPeriod): void {
    fireEvent(this, "hp-period", period);
  }

  private move(direction: -1 | 1): void {
    const period = this.adjacent(direction);
    if (period) this.choose(period);
  }

  /** Its button goes, and the focus stays beside where it was. */
  private today(): void {
    this.opener.focus();
    if (this.period) this.choose(periodOf(this.period.unit, this.now));
  }

  private jump({ detail }: CustomEvent<ChosenSpan>): void {
    const { period, look } = this;
    this.popup.close();
    if (!period || !look) return;
    this.choose(periodOf(period.unit, look.format.zone.local(detail.start)));
  }

  private compareWith(event: Event): void {
    fireEvent(this, "hp-compare", (event.target as HTMLSelectElement).value);
  }

  private key(event: KeyboardEvent): void {
    const { key, target } = event;
    if (target instanceof HTMLSelectElement || isForBrowser(event)) return;
    if (key === "ArrowLeft") this.move(-1);
    if (key === "ArrowRight") this.move(1);
  }
}

define("hp-history-bar")(HistoryBar);

declare global {
  interface HTMLElementTagNameMap {
    "hp-history-bar": HistoryBar;
  }
}
