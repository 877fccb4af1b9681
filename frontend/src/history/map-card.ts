import { css, html, LitElement, nothing, svg } from "lit";
import { property, state } from "lit/decorators.js";
import type { Look } from "../components/context.js";
import { baseStyles, cardStyles } from "../components/styles.js";
import type { Span } from "../data/period.js";
import { dayNames } from "../format/calendar.js";
import { DAY } from "../format/calendar.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import { historyCardStyles } from "./card-styles.js";
import {
  cellsOf,
  limitsOf,
  MEASURES,
  monthEdge,
  monthsOf,
} from "./heat-map.js";
import type { Cell, Measure } from "./heat-map.js";
import type { HistoryModel } from "./model.js";
import { periodOf, startAfter, startOf } from "./period.js";
import { heatingYear, kwh, monthNames, nameOf } from "./words.js";
import { Widths } from "./widths.js";

const VIEW = "history-map";
const WEEKDAYS = 44;
const GAP = 2.5;
const TOP = 20;
const WEEKS = 54;
/** px; narrower, a year is two halves one above the other. */
const HALVES_BELOW = 640;
/** Of all years their rows are flat. */
const FLAT = 14.5;
const STORED = "heatpump_dashboard.history.measure";

const loadMeasure = (): Measure => {
  try {
    const stored = localStorage.getItem(STORED);
    return MEASURES.find((each) => each === stored) ?? "electricity";
  } catch {
    return "electricity"; // storage is blocked
  }
};

interface Part {
  name: string;
  days: Span;
}

const STEPS: Partial<Record<string, number>> = {
  ArrowLeft: -7,
  ArrowRight: 7,
  ArrowUp: -1,
  ArrowDown: 1,
};

/** Every day of the year as a square, coloured by one of its figures; a click opens the day. */
export class MapCard extends LitElement {
  @property({ attribute: false }) model: HistoryModel | null = null;
  @property({ attribute: false }) look: Look | undefined;

  @state() private measure: Measure = loadMeasure();
  /** The day that is pointed at, or that the keyboard is at. */
  @state() private at: number | null = null;
  private readonly plot: Widths = new Widths(this, () =>
    this.renderRoot.querySelector(".plot")
  );

  static override styles = [
    baseStyles,
    cardStyles,
    historyCardStyles,
    css`
      .plot {
        position: relative;
        margin: 4px 16px 0;
        border-radius: 4px;
      }
      svg {
        display: block;
        width: 100%;
      }
      text {
        fill: var(--hp-secondary-text);
        font-size: 12px;
      }
      text.strong {
        fill: var(--hp-text);
        font-weight: 500;
      }
      .cell {
        cursor: pointer;
      }
      .future {
        fill: none;
        stroke: var(--hp-divider);
        cursor: default;
      }
      .unread {
        fill: color-mix(in srgb, var(--hp-text) 8%, transparent);
      }
      .none {
        fill: url(#gap);
        stroke: var(--hp-divider);
      }
      .partly {
        fill: url(#gap);
        pointer-events: none;
      }
      .at {
        fill: none;
        stroke: var(--hp-text);
        stroke-width: 1.5px;
        pointer-events: none;
      }
      .edge {
        fill: none;
        stroke: color-mix(in srgb, var(--hp-secondary-text) 55%, transparent);
      }
      .scale {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 3px;
        padding: 8px 16px 14px;
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
        line-height: 16px;
      }
      .scale i {
        width: 18px;
        height: 12px;
        border-radius: 3px;
      }
      .scale .name {
        margin-left: 16px;
      }
      .scale .no-data {
        border: 1px solid var(--hp-divider);
        margin: 0 3px 0 16px;
      }
      .known {
        fill: var(--step);
      }
      @container (max-width: 699px) {
        .chips {
          flex: 1 1 100%;
        }
        .chips button {
          flex: 1;
          padding: 0 4px;
        }
      }
    `,
  ];

  override render() {
    const { look, model } = this;
    if (!look) return nothing;
    const { text } = look;
    const parts = model ? this.years(model, look) : [];
    const title =
      model?.period.unit === "all"
        ? text("history.map.title_all")
        : parts[0]
          ? text("history.map.title_year", { year: parts[0].name })
          : text("history.map.title");
    return html`<article
      data-view=${VIEW}
      data-state=${model ? "ready" : "loading"}
      aria-busy=${model ? "false" : "true"}
      aria-labelledby="title"
    >
      <div class="head">
        <h2 id="title">${title}</h2>
        <span class="remark">${text("history.map.remark")}</span>
        <span class="space"></span>
        ${this.chips(look)}
      </div>
      <div
        class="plot"
        role="application"
        tabindex="0"
        aria-label=${title}
        aria-describedby="keys"
        @keydown=${this.key}
        @pointerleave=${this.leave}
        @blur=${this.leave}
      >
        ${model ? this.content(parts, model, look) : html`<i class="bone" style="display:block;height:160px"></i>`}
      </div>
      <span id="keys" hidden>${text("history.map.keys")}</span>
      <div class="heard" role="status">
        ${model && this.at !== null ? this.wordsAt(this.at, model, look) : ""}
      </div>
      ${this.scale(look)}
    </article>`;
  }

  private chips({ text }: Look) {
    const measures = MEASURES.filter((each) => each !== "cost" || this.hasCost);
    return html`<div
      class="chips"
      role="group"
      aria-label=${text("history.map.measure")}
    >
      ${measures.map(
        (each) =>
          html`<button
            type="button"
            data-measure=${each}
            aria-pressed=${each === this.measure ? "true" : "false"}
            @click=${() => {
              this.choose(each);
            }}
          >
            ${text(`history.measure.${each}`)}
          </button>`
      )}
    </div>`;
  }

  private get hasCost(): boolean {
    return this.model?.figures?.cost != null;
  }

  private choose(measure: Measure): void {
    this.measure = measure;
    try {
      localStorage.setItem(STORED, measure);
    } catch {
      // not remembered where storage is blocked or full
    }
  }

  /** The heating year around the period; of all each of them, the newest last. */
  private years({ period, days, now }: HistoryModel, look: Look): Part[] {
    if (period.unit === "year") return [{ name: nameOf(period, look), days }];
    const starts: number[] = [];
    const last = startOf(
      "heating_year",
      period.unit === "all" ? now : period.start
    );
    let start =
      period.unit === "all" ? startOf("heating_year", days.start) : last;
    for (; start <= last; start = startAfter("heating_year", start, 1))
      starts.push(start);
    return starts.map((each) => ({
      name: heatingYear(each),
      days: { start: each, end: startAfter("heating_year", each, 1) },
    }));
  }

  private content(years: readonly Part[], model: HistoryModel, look: Look) {
    const { width } = this.plot;
    if (!width) return nothing;
    const isAll = years.length > 1;
    const halves = width < HALVES_BELOW && !isAll;
    const parts = halves ? years.flatMap(inHalves) : years;
    const weeks = halves ? WEEKS / 2 + 1 : WEEKS;
    const left = isAll ? 56 : WEEKDAYS;
    const pitch = (width - left) / weeks;
    const high = isAll ? Math.min(pitch, FLAT) : pitch;
    const heights = 7 * high + (isAll ? 16 : TOP + 8);
    const top = isAll ? TOP : 0;
    const cells = parts.map(({ days }) =>
      cellsOf(days, model.rows, this.measure, this.limits(model), model)
    );
    return html`${svg`<svg height=${top + heights * parts.length} aria-hidden="true" @pointermove=${this.point} @click=${this.open}>
        <defs><pattern id="gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="1.5" height="6" fill="var(--hp-no-data)"></rect></pattern></defs>
        ${parts.map(
          (
            part,
            i
          ) => svg`<g transform="translate(${left} ${top + i * heights + (isAll ? 0 : TOP)})">
          ${isAll ? svg`<text x=${-left} y=${3.5 * high + 4}>${part.name}</text>` : this.weekdays(left, pitch, look)}
          ${isAll && i ? nothing : this.months(part, pitch, look, !isAll && pitch > 14)}
          ${(cells[i] ?? []).map((cell) => this.cell(cell, pitch, high))}
          ${
            isAll
              ? nothing
              : monthsOf(part.days)
                  .slice(
                    part.days.start === startOf("month", part.days.start)
                      ? 1
                      : 0
                  )
                  .map(
                    (each) =>
                      svg`<path class="edge" transform="translate(${-GAP / 2} ${-GAP / 2})" d=${monthEdge(each, pitch)}></path>`
                  )
          }
        </g>`
        )}
      </svg>`}
    ${this.tip(parts, cells, { left, pitch, high, top: (i: number) => top + i * heights + (isAll ? 0 : TOP) }, model, look)}`;
  }

  private limits({ figures }: HistoryModel): readonly number[] {
    const price =
      figures?.cost && figures.electricity
        ? figures.cost / figures.electricity
        : null;
    const limits = limitsOf(this.measure, price);
    const isFahrenheit = this.look?.format.units.temperature === "°F";
    return isFahrenheit && this.measure === "outdoor"
      ? limits.map((celsius) => celsius * 1.8 + 32)
      : limits;
  }

  private weekdays(left: number, pitch: number, { text }: Look) {
    const { weekdays } = dayNames(text("language"), 1);
    return [0, 2, 4, 6].map(
      (row) =>
        svg`<text x=${-left} y=${(row + 0.5) * pitch + 3}>${weekdays[row]?.short.replace(/\.$/, "")}</text>`
    );
  }

  private months({ days }: Part, pitch: number, look: Look, isNamed: boolean) {
    const { short, shortWithYear } = monthNames(look);
    return monthsOf(days).map(({ day, column, row }) => {
      const isJanuary = new Date(day).getUTCMonth() === 0;
      const x = (column + (row ? 1 : 0)) * pitch;
      return svg`<text class=${isJanuary ? "strong" : ""} x=${x} y="-8">${(isJanuary && isNamed ? shortWithYear : short)(day)}</text>`;
    });
  }

  private cell(
    { day, column, row, state: known, step, isPartly }: Cell,
    pitch: number,
    high: number
  ) {
    const [x, y] = [column * pitch, row * high];
    const [width, height] = [Math.max(1, pitch - GAP), Math.max(1, high - GAP)];
    const kind = known === "known" && step === null ? "none" : known;
    const fill =
      kind === "known" && step !== null
        ? `--step:${this.color(step)}`
        : nothing;
    return svg`<rect class="cell ${kind}" style=${fill} data-day=${day} x=${x} y=${y} width=${width} height=${height} rx="3"></rect>
      ${isPartly ? svg`<path class="partly" d="M${x + width} ${y}V${y + height}H${x}Z"></path>` : nothing}
      ${day === this.at ? svg`<rect class="at" x=${x - 1} y=${y - 1} width=${width + 2} height=${height + 2} rx="4"></rect>` : nothing}`;
  }

  private color(step: number): string {
    return `var(--hp-${this.measure === "outdoor" ? "t" : "r"}${step})`;
  }

  private tip(
    parts: readonly Part[],
    cells: readonly Cell[][],
    at: {
      left: number;
      pitch: number;
      high: number;
      top: (part: number) => number;
    },
    model: HistoryModel,
    look: Look
  ) {
    const part = cells.findIndex((each) =>
      each.some(({ day }) => day === this.at)
    );
    const cell = cells[part]?.find(({ day }) => day === this.at);
    if (!cell || !parts[part]) return nothing;
    const x = at.left + cell.column * at.pitch;
    const y = at.top(part) + (cell.row + 1) * at.high + 6;
    const side =
      x > this.plot.width / 2
        ? `right:${this.plot.width - x - at.pitch}px`
        : `left:${x}px`;
    const [name = "", ...rest] = this.wordsAt(cell.day, model, look).split(
      "\n"
    );
    return html`<div class="tip" style="top:${y}px;${side}" aria-hidden="true">
      <b>${name}</b>${rest.map((line) => html`<br />${line}`)}
    </div>`;
  }

  private wordsAt(
    day: number,
    { rows, info }: HistoryModel,
    look: Look
  ): string {
    const { text, format } = look;
    const name = dayNames(text("language"), 1).day(day);
    const [cell] = cellsOf(
      { start: day, end: day + DAY },
      rows,
      this.measure,
      [],
      { first: 0, now: Infinity }
    );
    const figures = cell?.figures;
    if (!figures || cell.state !== "known")
      return `${name}\n${text(`history.state.${cell?.state === "unread" ? "unread" : "none"}`)}`;
    const { currency } = info.settings;
    return [
      name,
      `${text("name.electricity")} ${kwh(figures.electricity, look)} kWh`,
      `${text("name.heat")} ${kwh(figures.heat, look)} kWh`,
      `${text("name.cop")} ${format.number(figures.cop, 2)}`,
      `${text("name.outdoor_temp")} ${format.temperature(figures.outdoor, 1)}`,
      ...(currency && figures.cost !== null
        ? [format.money(figures.cost, currency)]
        : []),
    ].join("\n");
  }

  private scale(look: Look) {
    const { text } = look;
    const limits = this.model ? this.limits(this.model) : [];
    const [first = 0] = limits;
    const unit = text(`history.map.unit.${this.measure}`, {
      unit: look.format.units.temperature,
      currency: this.model?.info.settings.currency ?? "",
    });
    return html`<div class="scale" aria-hidden="true">
      ${this.measure === "outdoor" || this.measure === "cop" ? `< ${look.format.number(first, 0)}` : "0"}
      ${[0, 1, 2, 3, 4, 5, 6].map((i) => html`<i style="background:${this.color(i)}"></i>`)}
      ${look.format.number(limits.at(-1) ?? null, this.measure === "cop" ? 1 : 0)}+
      ${unit}
      <i class="no-data"></i>${text("history.map.none")}
    </div>`;
  }

  private dayUnder(event: Event): number | null {
    const { day } = (event.target as SVGElement).dataset;
    return day === undefined ? null : Number(day);
  }

  private point(event: PointerEvent): void {
    this.at = this.dayUnder(event);
  }

  private open(event: Event): void {
    this.openDay(this.dayUnder(event));
  }

  private openDay(day: number | null): void {
    if (day !== null && this.model && day <= this.model.now)
      fireEvent(this, "hp-period", periodOf("day", day));
  }

  private readonly leave = (): void => {
    this.at = null;
  };

  private key(event: KeyboardEvent): void {
    const { model } = this;
    if (!model) return;
    if (event.key === "Enter") this.openDay(this.at);
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const last = startOf("day", model.now);
    const { end, start } = model.days;
    const from = this.at ?? Math.min(last, end - DAY) - step * DAY;
    this.at = Math.min(
      last,
      Math.max(Math.min(start, model.first), from + step * DAY)
    );
  }
}

const HALF_MONTHS = 6;

/** A year from its first day as two halves. */
const inHalves = ({ name, days }: Part): Part[] => {
  const middle = startAfter("month", days.start, HALF_MONTHS);
  return [
    { name, days: { start: days.start, end: middle } },
    { name, days: { start: middle, end: days.end } },
  ];
};

define("hp-history-map")(MapCard);

declare global {
  interface HTMLElementTagNameMap {
    "hp-history-map": MapCard;
  }
}
