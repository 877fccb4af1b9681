import { css, html, LitElement, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { mdiCalendarRange } from "@mdi/js";
import type { Look } from "../components/context.js";
import type { ChosenSpan } from "../components/date-range/date-range.js";
import { Popover } from "../components/popover.js";
import { popoverToggle } from "../components/popover-toggle.js";
import {
  baseStyles,
  buttonStyles,
  popoverStyles,
  roundButtonStyles,
} from "../components/styles.js";
import {
  PRESETS,
  earliest,
  isSpan,
  presetSpan,
  spanProblem,
} from "../data/period.js";
import type { Period, Preset, Span, SpanProblem } from "../data/period.js";
import { RANGE_MS } from "../data/range.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import { fetched } from "../ha/replaced.js";

/** Of a day, to show how times are written. */
const HALF_PAST_ONE = 13.5 * 3_600_000;

/** The calendar, which few look for, is fetched by those who do. */
const fetchCalendar = () =>
  fetched(() => import("../components/date-range/date-range.js"));

/** A button with a calendar; in its window any span is chosen. Fires `hp-range` with the span. */
export class PeriodPicker extends LitElement {
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) period: Period = "24h";
  /** The time of the first reading, ms. */
  @property({ attribute: false }) first: number | null = null;

  @state() private problem: SpanProblem | null = null;
  @query(".opener") private opener!: HTMLElement;
  private readonly popup: Popover = new Popover(
    this,
    () => this.opener,
    (element) => {
      element.querySelector("button")?.focus();
    },
    () => {
      [this.problem, this.opened] = [null, null];
    }
  );
  /** What was shown when it was opened; the period may go on below it. */
  private opened: (Span & { now: number }) | null = null;

  static override styles = [
    baseStyles,
    buttonStyles,
    popoverStyles,
    roundButtonStyles,
    css`
      .opener[aria-pressed="true"] {
        background: color-mix(in srgb, var(--hp-compressor) 18%, transparent);
        color: var(--hp-compressor-text);
      }
      :host .opener {
        width: 44px;
        height: var(--hp-chip-height, 32px);
        border-radius: 22px;
      }
      .popover {
        width: 340px;
        padding: 16px;
      }
      .presets {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 8px;
        margin-bottom: 12px;
      }
      .presets .action {
        justify-content: center;
        color: inherit;
        background: color-mix(in srgb, var(--hp-text) 6%, transparent);
      }
      /* As high as a month of five weeks, so that the window does not grow. */
      hp-date-range:not(:defined) {
        display: block;
        height: 440px;
      }
    `,
  ];

  override render() {
    const { look, popup } = this;
    if (!look) return nothing;
    const label = look.text("period.choose");
    const pressed = isSpan(this.period);
    return html`${popoverToggle({
      popup,
      kind: "dialog",
      label,
      icon: mdiCalendarRange,
      pressed,
    })}
    ${popup.open ? this.dialog(look, label) : nothing}`;
  }

  private dialog(look: Look, label: string) {
    const { text } = look;
    void fetchCalendar().catch(() => {
      this.popup.close();
    });
    return html`<div
      class="popover"
      popover="auto"
      role="dialog"
      aria-label=${label}
      @toggle=${this.popup.toggled}
      @keydown=${this.popup.closeByEscape}
    >
      <div class="presets">
        ${PRESETS.map(
          (preset) =>
            html`<button
              type="button"
              class="action"
              data-preset=${preset}
              @click=${() => {
                this.choosePreset(preset);
              }}
            >
              ${text(`period.${preset}`)}
            </button>`
        )}
      </div>
      ${this.calendar(look)}
    </div>`;
  }

  private calendar(look: Look) {
    this.opened ??= this.shown(Date.now());
    const { start, end, now } = this.opened;
    const { problem } = this;
    return html`<hp-date-range
      .look=${look}
      .start=${start}
      .end=${end}
      .earliest=${earliest(now, this.first)}
      .latest=${now}
      .problem=${problem ? this.problemText(problem, look) : ""}
      @hp-span=${this.chooseSpan}
    ></hp-date-range>`;
  }

  private problemText(problem: SpanProblem, { text, format }: Look): string {
    const example = format.time(format.zone.utc(HALF_PAST_ONE));
    const first = format.date(earliest(Date.now(), this.first));
    return text(`period.problem.${problem}`, { example, first });
  }

  private shown(now: number) {
    const { period } = this;
    const span = isSpan(period)
      ? period
      : { start: now - RANGE_MS[period], end: now };
    return { ...span, now };
  }

  private choosePreset(preset: Preset): void {
    const format = this.look?.format;
    if (!format) return;
    const { zone, firstWeekday } = format;
    const into = (ms: number) =>
      (new Date(zone.local(ms)).getUTCDay() - firstWeekday + 7) % 7;
    this.choose(presetSpan(preset, Date.now(), zone.dayStart, into));
  }

  private chooseSpan({ detail }: CustomEvent<ChosenSpan>): void {
    const now = Date.now();
    const { end, whole } = detail;
    const { first } = this;
    // Of the first day there may be only a part.
    const start = whole
      ? Math.max(detail.start, earliest(now, first))
      : detail.start;
    this.problem = spanProblem({ start, end }, now, first);
    if (!this.problem) this.choose({ start, end });
  }

  private choose(span: Span): void {
    this.popup.close();
    fireEvent(this, "hp-range", span);
  }
}

define("hp-period-picker")(PeriodPicker);

declare global {
  interface HTMLElementTagNameMap {
    "hp-period-picker": PeriodPicker;
  }
}
