import { html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { Look } from "../components/context.js";
import { baseStyles, cardStyles } from "../components/styles.js";
import type { Span } from "../data/period.js";
import { DAY } from "../format/calendar.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import { isForBrowser } from "../ha/navigate.js";
import { cardChips, cardHead } from "./card-head.js";
import { historyCardStyles } from "./card-styles.js";
import { dayWords } from "./day-words.js";
import { cellsOf, limitsOf, MEASURES } from "./heat-map.js";
import type { Measure } from "./heat-map.js";
import { drawParts, stepColor } from "./map-drawing.js";
import type { MapDrawing } from "./map-drawing.js";
import { layoutOf, yearsOf } from "./map-parts.js";
import type { Part } from "./map-parts.js";
import { mapStyles } from "./map-styles.js";
import { isReported, priceOf } from "./figures.js";
import type { HistoryModel } from "./model.js";
import type { OddDays } from "./odd-days.js";
import { periodOf, startOf } from "./period.js";
import { tipAt, tipStyles } from "./tip.js";
import { PlotSize } from "./plot-size.js";
import { currencyName } from "./words.js";

const VIEW = "history-map";
const STORED = "heatpump_dashboard.history.measure";

const loadMeasure = (): Measure => {
  try {
    const stored = localStorage.getItem(STORED);
    return MEASURES.find((each) => each === stored) ?? "electricity";
  } catch {
    return "electricity"; // storage is blocked
  }
};

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

  /** Days with a ring and a number. */
  @property({ attribute: false }) odd: readonly OddDays[] = [];
  /** The days that are pointed at, here or among the odd ones. */
  @property({ attribute: false }) lit: Span | null = null;

  /** Instead of its own title. */
  @property() heading: string | undefined;

  @state() private chosen: Measure = loadMeasure();
  /** The day that is pointed at, or that the keyboard is at. */
  @state() private at: number | null = null;
  private readonly plot: PlotSize = new PlotSize(this, () =>
    this.renderRoot.querySelector(".plot")
  );

  static override styles = [
    baseStyles,
    cardStyles,
    historyCardStyles,
    mapStyles,
    tipStyles,
  ];

  override render() {
    const { look, model } = this;
    if (!look) return nothing;
    const { text } = look;
    const parts = model ? yearsOf(model, look) : [];
    const title = this.heading ?? this.named(parts, look);
    return html`<article
      data-view=${VIEW}
      data-state=${model ? "ready" : "loading"}
      aria-busy=${model ? "false" : "true"}
      aria-labelledby="title"
    >
      ${cardHead(title, text("history.map.remark"), this.chips(look))}
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
        ${model && this.at !== null ? dayWords(this.at, model, look).join("\n") : ""}
      </div>
      ${this.scale(look)}
    </article>`;
  }

  private named([year]: readonly Part[], { text }: Look): string {
    if (this.model?.period.unit === "all") return text("history.map.title_all");
    return year
      ? text("history.map.title_year", { year: year.name })
      : text("history.map.title");
  }

  /** Those that are told of the heat pump. */
  private get measures(): Measure[] {
    const figures = this.model?.figures;
    return MEASURES.filter((each) =>
      each === "cost" ? figures?.cost != null : isReported(figures, each)
    );
  }

  /** The chosen one, or the first that there is. */
  private get measure(): Measure {
    const { measures, chosen } = this;
    return measures.find((each) => each === chosen) ?? measures[0] ?? chosen;
  }

  private chips({ text }: Look) {
    return cardChips(this.measures, this.measure, {
      label: text("history.map.measure"),
      name: "history.measure",
      text,
      choose: (measure) => {
        this.choose(measure);
      },
    });
  }

  private content(years: readonly Part[], model: HistoryModel, look: Look) {
    const { width } = this.plot;
    if (!width) return nothing;
    const { measure, at, odd, lit } = this;
    const layout = layoutOf(years, width);
    const cells = layout.parts.map(({ days }) =>
      cellsOf(days, model.rows, measure, this.limits(model), model)
    );
    const drawing = { ...layout, cells, measure, at, odd, lit };
    return html`<svg
        height=${layout.height}
        aria-hidden="true"
        @pointermove=${this.point}
        @click=${this.open}
      >
        ${drawParts(drawing, look)}
      </svg>
      ${this.tip(drawing, model, look)}`;
  }

  private tip(
    { cells, left, pitch, high, tops }: MapDrawing,
    model: HistoryModel,
    look: Look
  ) {
    const part = cells.findIndex((each) =>
      each.some(({ day }) => day === this.at)
    );
    const cell = cells[part]?.find(({ day }) => day === this.at);
    if (!cell) return nothing;
    const x = left + cell.column * pitch;
    const y = (tops[part] ?? 0) + (cell.row + 1) * high + 6;
    const isLeft = x > this.plot.width / 2;
    const near = { x: isLeft ? x + pitch : x, width: 0 };
    const [name = "", ...rest] = dayWords(cell.day, model, look);
    const words = html`<b>${name}</b
      >${rest.map((line) => html`<br />${line}`)}`;
    return tipAt(near, y, this.plot, words);
  }

  private choose(measure: Measure): void {
    this.chosen = measure;
    try {
      localStorage.setItem(STORED, measure);
    } catch {
      // not remembered where storage is blocked or full
    }
  }

  private limits({ figures }: HistoryModel): readonly number[] {
    const limits = limitsOf(this.measure, priceOf(figures));
    const isFahrenheit = this.look?.format.units.temperature === "°F";
    return isFahrenheit && this.measure === "outdoor"
      ? limits.map((celsius) => celsius * 1.8 + 32)
      : limits;
  }

  private scale(look: Look) {
    const { text } = look;
    const limits = this.model ? this.limits(this.model) : [];
    const [first = 0] = limits;
    const unit = text(`history.map.unit.${this.measure}`, {
      unit: look.format.units.temperature,
      currency: currencyName(this.model?.info.settings.currency, look),
    });
    return html`<div class="scale" aria-hidden="true">
      ${this.measure === "outdoor" || this.measure === "cop" ? `< ${look.format.number(first, 0)}` : "0"}
      ${[0, 1, 2, 3, 4, 5, 6].map((i) => html`<i style="background:${stepColor(this.measure, i)}"></i>`)}
      ${look.format.number(limits.at(-1) ?? null, this.measure === "cop" ? 1 : 0)}+
      ${unit}
      <span><i class="no-data"></i>${text("history.map.none")}</span>
      ${this.odd.some(({ number }) => number !== null) ? html`<span><i class="odd-sample"></i>${text("history.map.odd")}</span>` : nothing}
    </div>`;
  }

  private dayUnder(event: Event): number | null {
    const { day } = (event.target as SVGElement).dataset;
    return day === undefined ? null : Number(day);
  }

  private point(event: PointerEvent): void {
    this.pointAt(this.dayUnder(event));
  }

  private open(event: Event): void {
    this.openDay(this.dayUnder(event));
  }

  private openDay(day: number | null): void {
    if (day !== null && this.model && day <= this.model.now)
      fireEvent(this, "hp-period", periodOf("day", day));
  }

  private pointAt(day: number | null): void {
    if (day === this.at) return;
    this.at = day;
    const isOdd = this.odd.some(
      ({ start, end }) => day !== null && day >= start && day < end
    );
    const lit = isOdd && day !== null ? { start: day, end: day + DAY } : null;
    if (lit || this.lit) fireEvent(this, "hp-light", lit);
  }

  private readonly leave = (): void => {
    this.pointAt(null);
  };

  private key(event: KeyboardEvent): void {
    const { model } = this;
    if (!model || isForBrowser(event)) return;
    if (event.key === "Enter") this.openDay(this.at);
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const { end, start } = model.days;
    const last = Math.min(startOf("day", model.now), end - DAY);
    const first = Math.max(start, model.first);
    const from = this.at ?? last - step * DAY;
    this.pointAt(Math.min(last, Math.max(first, from + step * DAY)));
  }
}

define("hp-history-map")(MapCard);

declare global {
  interface HTMLElementTagNameMap {
    "hp-history-map": MapCard;
  }
}
