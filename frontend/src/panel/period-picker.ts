import { css, html, LitElement, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { mdiCalendarRange } from "@mdi/js";
import type { Look } from "../components/context.js";
import { icon } from "../components/icon.js";
import { Popover } from "../components/popover.js";
import {
  baseStyles,
  buttonStyles,
  popoverStyles,
  roundButtonStyles,
} from "../components/styles.js";
import {
  FARTHEST_MS,
  PRESETS,
  isSpan,
  presetSpan,
  spanProblem,
} from "../data/period.js";
import type { Period, Preset, Span, SpanProblem } from "../data/period.js";
import { RANGE_MS } from "../data/range.js";
import { fromField, toField } from "../format/zone.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";

const FIELDS = ["start", "end"] as const;

/** A button with a calendar; in its window any span is chosen. Fires `hp-range` with the span. */
export class PeriodPicker extends LitElement {
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) period: Period = "24h";

  @state() private problem: SpanProblem | null = null;
  @query(".opener") private opener!: HTMLElement;
  private readonly popup: Popover = new Popover(this, () => this.opener);

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
        width: 320px;
        padding: 16px;
      }
      .presets {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 8px;
        margin-bottom: 12px;
      }
      .action {
        justify-content: center;
      }
      .presets .action {
        color: inherit;
        background: color-mix(in srgb, var(--hp-text) 6%, transparent);
      }
      label {
        display: block;
        margin-bottom: 12px;
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
        line-height: 16px;
      }
      input {
        display: block;
        width: 100%;
        min-height: 44px;
        margin-top: 4px;
        padding: 0 12px;
        border: 1px solid var(--hp-secondary-text);
        border-radius: 8px;
        background: none;
        color: var(--hp-text);
        color-scheme: light;
        font: inherit;
        font-size: 16px;
      }
      .dark input {
        color-scheme: dark;
      }
      .error {
        margin-bottom: 12px;
        color: var(--hp-alarm-text);
      }
      form > .action {
        width: 100%;
      }
    `,
  ];

  override render() {
    const {
      look,
      popup: { open },
    } = this;
    if (!look) return nothing;
    const label = look.text("period.choose");
    return html`<button
        type="button"
        class="round opener"
        aria-label=${label}
        title=${label}
        aria-haspopup="dialog"
        aria-expanded=${open ? "true" : "false"}
        aria-pressed=${isSpan(this.period) ? "true" : "false"}
        @click=${this.toggle}
      >
        ${icon(mdiCalendarRange)}
      </button>
      ${open ? this.dialog(look, label) : nothing}`;
  }

  private dialog(look: Look, label: string) {
    const { text, theme } = look;
    return html`<div
      class="popover ${theme.dark ? "dark" : ""}"
      popover="auto"
      role="dialog"
      aria-label=${label}
      @toggle=${this.popup.toggled}
      @keydown=${this.leave}
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
      <form novalidate @submit=${this.submit}>
        ${this.fields(look)}
        ${
          this.problem
            ? html`<p class="error" id="error" role="alert">
                ${text(`period.problem.${this.problem}`)}
              </p>`
            : nothing
        }
        <button type="submit" class="action">${text("period.show")}</button>
      </form>
    </div>`;
  }

  private fields({ text, format: { zone } }: Look) {
    const now = Date.now();
    const shown = this.shown(now);
    return FIELDS.map(
      (name) =>
        html`<label
          >${text(`period.${name}`)}
          <input
            type="datetime-local"
            name=${name}
            min=${toField(zone, now - FARTHEST_MS)}
            max=${toField(zone, now)}
            .value=${toField(zone, shown[name])}
            aria-invalid=${this.problem ? "true" : "false"}
            aria-describedby=${this.problem ? "error" : nothing}
        /></label>`
    );
  }

  private shown(now: number): Span {
    const { period } = this;
    return isSpan(period)
      ? period
      : { start: now - RANGE_MS[period], end: now };
  }

  private async toggle(): Promise<void> {
    this.problem = null;
    if (this.popup.open) {
      this.popup.close();
      return;
    }
    const element = await this.popup.show();
    element?.querySelector<HTMLElement>("button")?.focus();
  }

  private leave(event: KeyboardEvent): void {
    if (event.key === "Escape") this.popup.close();
  }

  private choosePreset(preset: Preset): void {
    const zone = this.look?.format.zone;
    if (!zone) return;
    const weekday = (ms: number) => new Date(zone.local(ms)).getUTCDay();
    const now = Date.now();
    this.choose(presetSpan(preset, now, zone.dayStart, weekday));
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const zone = this.look?.format.zone;
    if (!zone) return;
    const [start, end] = FIELDS.map((name) => {
      const field = this.renderRoot.querySelector<HTMLInputElement>(
        `[name=${name}]`
      );
      return fromField(zone, field?.value ?? "");
    }) as [number, number];
    this.problem = spanProblem({ start, end }, Date.now());
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
