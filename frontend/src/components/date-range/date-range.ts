import { html, LitElement, nothing } from "lit";
import type { PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { mdiChevronLeft, mdiChevronRight } from "@mdi/js";
import {
  clockText,
  DAY,
  dayNames,
  dayOf,
  halves,
  monthGrid,
  monthsAfter,
  monthStart,
  parseClock,
} from "../../format/calendar.js";
import type { DayNames } from "../../format/calendar.js";
import { define } from "../../ha/define.js";
import { fireEvent } from "../../ha/fire-event.js";
import { isForBrowser } from "../../ha/navigate.js";
import type { Look } from "../context.js";
import { icon } from "../icon.js";
import { baseStyles, buttonStyles, roundButtonStyles } from "../styles.js";
import { dayAfterKey } from "./day-after-key.js";
import { dateRangeStyles } from "./styles.js";

const MINUTE = 60_000;
const NOON = DAY / 2;
const EDGES = ["start", "end"] as const;

type Edge = (typeof EDGES)[number];

/** What was chosen, ms; NaN is a time that was not understood. */
export interface ChosenSpan {
  start: number;
  end: number;
  /** From midnight to midnight. */
  whole: boolean;
}

/**
 * From and to on a month's calendar, as Home Assistant's user writes days and clocks: whole days, or
 * moments; or a single day. Fires `hp-span` with a `ChosenSpan`.
 */
export class DateRange extends LitElement {
  @property({ attribute: false }) look: Look | undefined;
  /** ms; what is chosen at first. */
  @property({ attribute: false }) start = 0;
  @property({ attribute: false }) end = 0;
  /** ms; days before or after cannot be chosen. */
  @property({ attribute: false }) earliest = 0;
  @property({ attribute: false }) latest = 0;
  /** The calendar alone: a day is chosen by its click. */
  @property({ attribute: false }) single = false;
  /** Why what was chosen cannot be shown. */
  @property() problem = "";

  /** On the wall clock; of whole days the end is the midnight after the last. */
  @state() private from = 0;
  @state() private to = 0;
  @state() private byTime = false;
  /** Which of the two the next day is for. */
  @state() private edge: Edge = "start";
  /** The day that the keyboard is at; its month is shown. */
  @state() private reached = 0;

  private names: DayNames | undefined;
  /** Times that were typed and not understood. */
  private readonly unclear = new Set<Edge>();

  static override styles = [
    baseStyles,
    buttonStyles,
    roundButtonStyles,
    dateRangeStyles,
  ];

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { look } = this;
    if (!look) return;
    if (changed.has("look")) {
      const { text, format } = look;
      this.names = dayNames(text("language"), format.firstWeekday);
    }
    if (changed.has("start") || changed.has("end")) this.take(look);
  }

  /** Moments only where it is a span that was chosen by them: a range up to now is some days. */
  private take({ format: { zone } }: Look): void {
    const [from, to] = [zone.local(this.start), zone.local(this.end)];
    const isNow = this.end >= this.latest - MINUTE;
    this.byTime = !isNow && (from % DAY !== 0 || to % DAY !== 0);
    this.from = this.byTime ? from : dayOf(from);
    this.to = this.byTime ? to : dayOf(to - 1) + DAY;
    // The keyboard has no way from a day that is still to come.
    this.reached = this.within(this.lastDay);
    this.edge = "start";
    this.unclear.clear();
  }

  private get lastDay(): number {
    return dayOf(this.byTime ? this.to : this.to - 1);
  }

  private get bounds(): [number, number] {
    const local = this.look?.format.zone.local;
    if (!local) return [0, 0];
    return [dayOf(local(this.earliest)), dayOf(local(this.latest))];
  }

  override render() {
    const { look, names } = this;
    if (!look || !names) return nothing;
    const { text } = look;
    const calendar = html`<div class="calendar">
      ${this.head(look, names)}${this.grid(names)}
    </div>`;
    if (this.single) return calendar;
    return html`<form
      class=${look.theme.dark ? "dark" : ""}
      novalidate
      @submit=${this.submit}
    >
      <div class="edges" role="group" aria-label=${text("period.choose")}>
        ${EDGES.map((edge) => this.field(edge, look))}
      </div>
      ${calendar}
      <label class="by-time">
        <input
          type="checkbox"
          .checked=${this.byTime}
          @change=${this.switchTimes}
        />
        ${text("period.times")}
      </label>
      ${
        this.problem
          ? html`<p class="error" id="error" role="alert">${this.problem}</p>`
          : nothing
      }
      <button type="submit" class="action">${text("period.show")}</button>
    </form>`;
  }

  private field(edge: Edge, look: Look) {
    const { text, format } = look;
    const day = edge === "start" ? dayOf(this.from) : this.lastDay;
    const chosen = this.edge === edge;
    return html`<div class="edge">
      <button
        type="button"
        class="date"
        data-edge=${edge}
        aria-pressed=${chosen ? "true" : "false"}
        @click=${() => {
          this.edge = edge;
          this.reached = day;
        }}
      >
        <small>${text(`period.${edge}`)}</small>
        ${format.date(format.zone.utc(day + NOON))}
      </button>
      ${this.byTime ? this.time(edge, look) : nothing}
    </div>`;
  }

  private time(edge: Edge, { text, format: { twelveHours } }: Look) {
    const local = edge === "start" ? this.from : this.to;
    const time = local - dayOf(local);
    const late = time >= NOON;
    const names = halves(text("language"));
    return html`<div class="time">
      <input
        name=${edge}
        inputmode="numeric"
        autocomplete="off"
        maxlength="5"
        aria-label=${text(`period.${edge}_time`)}
        aria-invalid=${this.problem ? "true" : "false"}
        aria-describedby=${this.problem ? "error" : nothing}
        .value=${clockText(time, twelveHours)}
        @change=${() => {
          this.takeTime(edge, late);
        }}
      />
      ${
        twelveHours
          ? html`<button
              type="button"
              class="half"
              data-half=${edge}
              aria-label=${text("period.half", { half: names[late ? 1 : 0] })}
              @click=${() => {
                this.takeTime(edge, !late);
              }}
            >
              ${names[late ? 1 : 0]}
            </button>`
          : nothing
      }
    </div>`;
  }

  private head({ text }: Look, { month }: DayNames) {
    const shown = monthStart(this.reached);
    const [first, last] = this.bounds;
    const step = (months: -1 | 1, key: string, path: string) => {
      const target = monthsAfter(shown, months);
      const beyond = months < 0 ? shown <= first : target > last;
      return html`<button
        type="button"
        class="round"
        data-month=${months}
        aria-label=${text(key)}
        title=${text(key)}
        aria-disabled=${beyond ? "true" : "false"}
        @click=${() => {
          if (!beyond)
            this.reached = this.within(monthsAfter(this.reached, months));
        }}
      >
        ${icon(path)}
      </button>`;
    };
    return html`<div class="month">
      ${step(-1, "period.month_before", mdiChevronLeft)}
      <h3 id="month" aria-live="polite">${month(shown)}</h3>
      ${step(1, "period.month_after", mdiChevronRight)}
    </div>`;
  }

  private grid(names: DayNames) {
    const first = this.look?.format.firstWeekday ?? 1;
    return html`<table
      role="grid"
      aria-labelledby="month"
      @keydown=${this.move}
    >
      <thead>
        <tr>
          ${names.weekdays.map(
            ({ short, long }) =>
              html`<th scope="col" abbr=${long}>
                ${short.replace(/\.$/, "")}
              </th>`
          )}
        </tr>
      </thead>
      <tbody>
        ${monthGrid(this.reached, first).map(
          (week) =>
            html`<tr>
              ${week.map((day) => (day === null ? html`<td></td>` : this.day(day, names)))}
            </tr>`
        )}
      </tbody>
    </table>`;
  }

  private day(day: number, names: DayNames) {
    const [first, last] = this.bounds;
    const [from, to] = [dayOf(this.from), this.lastDay];
    const classes = [
      day >= from && day <= to ? "between" : "",
      day === from ? "from" : "",
      day === to ? "to" : "",
      day === last ? "today" : "",
    ];
    return html`<td
      role="gridcell"
      class=${classes.filter(Boolean).join(" ")}
      aria-selected=${day >= from && day <= to ? "true" : "false"}
    >
      <button
        type="button"
        data-day=${new Date(day).toISOString().slice(0, 10)}
        tabindex=${day === this.reached ? 0 : -1}
        aria-label=${names.day(day)}
        aria-current=${day === last ? "date" : nothing}
        ?disabled=${day < first || day > last}
        @click=${() => {
          this.choose(day);
        }}
      >
        ${new Date(day).getUTCDate()}
      </button>
    </td>`;
  }

  private within(day: number): number {
    const [first, last] = this.bounds;
    return Math.min(Math.max(day, first), last);
  }

  private move(event: KeyboardEvent): void {
    const first = this.look?.format.firstWeekday ?? 1;
    const next = dayAfterKey(event, this.reached, first);
    if (next === undefined || isForBrowser(event)) return;
    event.preventDefault();
    this.reached = this.within(next);
    void this.focusDay();
  }

  /** Puts the keyboard on the day it has reached. */
  async focusDay(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("td [tabindex='0']")?.focus();
  }

  private choose(day: number): void {
    this.reached = day;
    if (this.single) {
      [this.from, this.to] = [day, day + DAY];
      this.send();
    } else if (this.byTime) {
      if (this.edge === "start") this.from = day + (this.from % DAY);
      else this.to = day + (this.to % DAY);
    } else if (this.edge === "start" || day < this.from) {
      [this.from, this.to] = [day, day + DAY];
      this.edge = "end";
      return;
    } else this.to = day + DAY;
    this.edge = this.edge === "start" ? "end" : "start";
  }

  private takeTime(edge: Edge, late: boolean): void {
    const { look } = this;
    const field = this.renderRoot.querySelector<HTMLInputElement>(
      `input[name=${edge}]`
    );
    if (!look || !field) return;
    const { twelveHours } = look.format;
    const time = parseClock(field.value, twelveHours ? late : null);
    // What was not understood stays there to be mended; what was, is written as all are.
    if (Number.isNaN(time)) {
      this.unclear.add(edge);
      return;
    }
    this.unclear.delete(edge);
    field.value = clockText(time, twelveHours);
    if (edge === "start") this.from = dayOf(this.from) + time;
    else this.to = this.lastDay + time;
  }

  private switchTimes(): void {
    const { look } = this;
    if (!look) return;
    const now = look.format.zone.local(this.latest);
    if (this.byTime) {
      this.from = dayOf(this.from);
      this.to = dayOf(this.to - 1) + DAY;
    } else this.to = Math.min(this.to, now - (now % MINUTE));
    this.byTime = !this.byTime;
    this.unclear.clear();
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    this.send();
  }

  private send(): void {
    const { look, byTime } = this;
    if (!look) return;
    const { utc } = look.format.zone;
    const moment = (edge: Edge, local: number) =>
      this.unclear.has(edge) ? NaN : utc(local);
    const chosen: ChosenSpan = {
      start: moment("start", this.from),
      end: moment("end", this.to),
      whole: !byTime,
    };
    fireEvent(this, "hp-span", chosen);
  }
}

define("hp-date-range")(DateRange);

declare global {
  interface HTMLElementTagNameMap {
    "hp-date-range": DateRange;
  }
}
