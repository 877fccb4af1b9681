import { css, html, LitElement, nothing, svg } from "lit";
import { property, state } from "lit/decorators.js";
import type { LegendItem } from "../charts/types.js";
import {
  loadHidden,
  saveHidden,
  toggled,
} from "../components/hidden-series.js";
import "../components/legend.js";
import { swatch, swatchStyles } from "../components/legend.js";
import type { Look } from "../components/context.js";
import { baseStyles, cardStyles } from "../components/styles.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import { historyCardStyles } from "./card-styles.js";
import type { Column } from "./columns.js";
import { beforeName } from "./answer.js";
import type { HistoryModel } from "./model.js";
import { columnUnit } from "./period.js";
import { everyNth, pictureOf } from "./picture.js";
import type { Mark, Picture, Plot } from "./picture.js";
import {
  columnLabels,
  columnName,
  columnWords,
  tooltipRows,
} from "./column-words.js";
import { seriesStyles } from "./tokens.js";
import { Widths } from "./widths.js";
import { kwh } from "./words.js";

const VIEW = "history-energy";
/** px a label of the axis needs. */
const LABEL = { day: 44, month: 52 } as const;
/** px of a column from which its COP is written above it. */
const ROOM_FOR_COP = 40;

const path = (marks: readonly Mark[]): string =>
  marks.length === 1
    ? `M${(marks[0]?.x ?? 0) - 6} ${marks[0]?.y ?? 0}h12`
    : marks.map(({ x, y }, i) => `${i ? "L" : "M"}${x} ${y}`).join("");

const stateOf = (model: HistoryModel | null) => {
  if (!model || model.columns.every(({ state }) => state === "unread"))
    return "loading";
  return model.columns.some(({ figures }) => figures) ? "ready" : "empty";
};

/** Heat up, electricity down, COP and outdoor temperature of each day or month; a click opens it. */
export class EnergyCard extends LitElement {
  @property({ attribute: false }) model: HistoryModel | null = null;
  @property({ attribute: false }) look: Look | undefined;
  /** Instead of its own title. */
  @property() heading: string | undefined;

  @state() private hiddenSeries: ReadonlySet<string> = loadHidden(VIEW);
  /** The column that is pointed at. */
  @state() private at = -1;
  /** Which column the keyboard would get. */
  @state() private stop = 0;

  private readonly plot: Widths = new Widths(this, () =>
    this.renderRoot.querySelector(".plot")
  );

  static override styles = [
    baseStyles,
    cardStyles,
    historyCardStyles,
    swatchStyles,
    seriesStyles,
    css`
      hp-legend {
        padding: 0 10px;
      }
      .plot {
        position: relative;
        flex: 1;
        min-height: var(--hp-plot-height, 300px);
      }
      .picture {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
      text {
        fill: var(--hp-secondary-text);
        font-size: 12px;
      }
      .value {
        text-anchor: end;
      }
      .middle {
        text-anchor: middle;
      }
      text.strong,
      text.cop {
        fill: var(--hp-text);
      }
      text.strong {
        font-weight: 500;
      }
      .rule {
        stroke: var(--hp-grid-line);
      }
      .rule.strong {
        stroke: color-mix(in srgb, var(--hp-secondary-text) 60%, transparent);
      }
      .shade {
        fill: color-mix(in srgb, var(--hp-text) 5%, transparent);
      }
      .tick {
        stroke: var(--hp-text);
        stroke-opacity: 0.75;
        stroke-width: 2px;
      }
      .cop-line {
        stroke: var(--hp-text);
        stroke-width: 1.5px;
        stroke-dasharray: 4 3;
      }
      .cop-band {
        fill: color-mix(in srgb, var(--hp-text) 5%, transparent);
      }
      .point {
        fill: var(--hp-compressor);
      }
      .hollow {
        fill: var(--hp-overlay);
        stroke: var(--hp-ghost);
        stroke-width: 1.5px;
      }
      .outdoor {
        fill: none;
        stroke: var(--hp-outdoor);
        stroke-width: 2px;
        stroke-linejoin: round;
      }
      .outdoor.before {
        stroke: var(--hp-ghost);
        stroke-width: 1.5px;
        stroke-dasharray: 4 3;
      }
      rect.auxiliary.series:not(.ghost) {
        fill: url(#hatched);
      }
      .unread {
        fill: color-mix(in srgb, var(--hp-text) 6%, transparent);
      }
      .none {
        fill: url(#gap);
      }
      .hits {
        position: absolute;
        top: 0;
        bottom: 0;
        display: flex;
      }
      .hits button {
        flex: 1 1 0;
        min-width: 0;
        border-radius: 8px;
      }
      .hits button:focus-visible {
        outline-offset: -2px;
      }
      .hits button:disabled {
        cursor: default;
      }
    `,
  ];

  override render() {
    const { look, model } = this;
    if (!look) return nothing;
    const unit = columnUnit(model?.period.unit ?? "heating_year");
    const { text } = look;
    const title = this.heading ?? text(`history.energy.${unit}.title`);
    const current = stateOf(model);
    return html`<article
      data-view=${VIEW}
      data-state=${current}
      aria-busy=${current === "loading" ? "true" : "false"}
      aria-labelledby="title"
    >
      <div class="head">
        <h2 id="title">${title}</h2>
        <span class="remark">${text(`history.energy.${unit}.remark`)}</span>
      </div>
      ${model ? this.legend(model, look, title) : nothing}
      <div class="plot" @pointerleave=${this.leave}>
        ${model ? this.content(model, look) : html`<i class="bone" style="position:absolute;inset:24px 20px 28px 44px"></i>`}
      </div>
    </article>`;
  }

  private legend(model: HistoryModel, look: Look, title: string) {
    const { theme, text } = look;
    const { figures } = model;
    const item = (
      key: string,
      name: string,
      color: string,
      style: LegendItem["style"],
      value: number | null | undefined
    ): LegendItem => ({
      ...{ key, name, color, style },
      value: value == null ? null : `${kwh(value, look)} kWh`,
      hidden: this.hiddenSeries.has(key),
    });
    const items = [
      item(
        "heating",
        text("name.heating"),
        theme.heating,
        "square",
        figures?.heating
      ),
      item(
        "hot_water",
        text("name.hot_water"),
        theme.hotWater,
        "square",
        figures?.hotWater
      ),
      item(
        "compressor",
        text("name.compressor"),
        theme.compressor,
        "square",
        figures?.compressor
      ),
      item(
        "auxiliary",
        text("name.auxiliary"),
        theme.auxiliary,
        "hatched",
        figures?.auxiliary
      ),
      item("cop", text("name.cop"), theme.text, "dashed", null),
      item("outdoor", text("name.outdoor_temp"), theme.outdoor, "solid", null),
    ];
    return html`<hp-legend
      .items=${items}
      label=${text("view.legend", { view: title })}
      @hp-toggle=${this.toggle}
    ></hp-legend>`;
  }

  private content(model: HistoryModel, look: Look) {
    const { width } = this.plot;
    const height = this.renderRoot.querySelector(".plot")?.clientHeight ?? 0;
    if (!width || !height) return nothing;
    const unit = columnUnit(model.period.unit);
    const picture = pictureOf({
      columns: model.columns,
      size: { width, height },
      byDays: unit === "day",
      cop: model.figures?.cop ?? null,
      copUncertainty: model.figures?.copUncertainty ?? null,
      hidden: this.hiddenSeries,
    });
    const { left, right } = picture;
    return html`${this.drawing(picture, model, look, { width, height })}
      <div
        class="hits"
        style="left:${left}px;width:${right - left}px"
        @keydown=${this.key}
      >
        ${model.columns.map((column, i) => this.hit(column, i, model, look))}
      </div>
      ${this.tip(picture, model, look)}`;
  }

  private drawing(
    picture: Picture,
    model: HistoryModel,
    look: Look,
    size: { width: number; height: number }
  ) {
    const { cop, energy, outdoor, places } = picture;
    const shade = places[this.at];
    return svg`<svg class="picture" viewBox="0 0 ${size.width} ${size.height}" aria-hidden="true">
      <defs>
        <pattern id="hatched" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" fill="var(--hp-auxiliary)" fill-opacity="0.3"></rect>
          <rect width="2.5" height="5" fill="var(--hp-auxiliary)"></rect>
        </pattern>
        <pattern id="gap" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="1.5" height="8" fill="var(--hp-no-data)"></rect>
        </pattern>
      </defs>
      ${shade ? svg`<rect class="shade" x=${shade.x} y=${cop.top - 20} width=${shade.width} height=${picture.bottom - cop.top + 20}></rect>` : nothing}
      ${this.unread(picture, model)}
      ${this.plotOf(cop, picture, look.text("name.cop"), (value) => look.format.number(value, 0), "gutter")}
      ${cop.band ? svg`<rect class="cop-band" x=${picture.left} y=${cop.band[0]} width=${picture.right - picture.left} height=${Math.max(0, cop.band[1] - cop.band[0])}></rect>` : nothing}
      ${cop.line === null ? nothing : svg`<path class="cop-line" d="M${picture.left} ${cop.line}H${picture.right}"></path>`}
      ${cop.before.map(({ x, y }) => svg`<circle class="hollow" cx=${x} cy=${y} r="3.5"></circle>`)}
      ${cop.points.map(({ x, y }) => svg`<circle class="point" cx=${x} cy=${y} r="4"></circle>`)}
      ${this.copValues(picture, model, look)}
      ${this.plotOf(energy, picture, look.text("history.heat_kwh"), (value) => look.format.number(Math.abs(value), value % 1 ? 1 : 0))}
      <text x=${picture.left} y=${energy.bottom + 16}>${look.text("history.electricity_kwh")}</text>
      ${energy.bars.map(({ series, x, y, width, height, ghost }) => svg`<rect class="series ${series} ${ghost ? "ghost" : ""}" x=${x} y=${y} width=${width} height=${height}></rect>`)}
      ${energy.ticks.map(({ x, y, width }) => svg`<path class="tick" d="M${x} ${y}h${width}"></path>`)}
      ${this.plotOf(outdoor, picture, `${look.text("name.outdoor_temp")}, ${look.format.units.temperature}`, (value) => look.format.number(value, 0), "end")}
      ${outdoor.before.map((piece) => svg`<path class="outdoor before" d=${path(piece)}></path>`)}
      ${outdoor.line.map((piece) => svg`<path class="outdoor" d=${path(piece)}></path>`)}
      ${this.labels(picture, model, look)}
    </svg>`;
  }

  private unread({ places, energy }: Picture, { columns }: HistoryModel) {
    return columns.map(({ state: known }, i) =>
      known === "unread" || known === "none"
        ? svg`<rect class=${known} x=${(places[i]?.x ?? 0) + 1} y=${energy.top} width=${Math.max(1, (places[i]?.width ?? 0) - 2)} height=${energy.bottom - energy.top}></rect>`
        : nothing
    );
  }

  private plotOf(
    plot: Plot,
    { left, right }: Picture,
    name: string,
    written: (value: number) => string,
    side: "start" | "end" | "gutter" = "start"
  ) {
    return svg`${plot.rules.map(
      ({
        y,
        value,
        strong,
      }) => svg`<path class="rule ${strong ? "strong" : ""}" d="M${left} ${y}H${right}"></path>
        <text class="value" x=${left - 8} y=${y + 4}>${written(value)}</text>`
    )}
    ${
      side === "start"
        ? svg`<text x=${left} y=${plot.top - 8}>${name}</text>`
        : svg`<text class="value" x=${side === "end" ? right : left - 8} y=${plot.top - 8}>${name}</text>`
    }`;
  }

  private copValues(
    { places, cop }: Picture,
    { columns, period }: HistoryModel,
    { format }: Look
  ) {
    if (
      columnUnit(period.unit) === "day" ||
      (places[0]?.width ?? 0) < ROOM_FOR_COP ||
      this.hiddenSeries.has("cop")
    )
      return nothing;
    return columns.map(({ figures }, i) => {
      const { x = 0, width = 0 } = places[i] ?? {};
      return figures?.cop == null
        ? nothing
        : svg`<text class="cop middle" x=${x + width / 2} y=${cop.top - 8}>${format.number(figures.cop, 2)}</text>`;
    });
  }

  private labels(
    { places, left, right, bottom }: Picture,
    model: HistoryModel,
    look: Look
  ) {
    const unit = columnUnit(model.period.unit);
    const labels = columnLabels(model, look);
    const nth = everyNth(labels.length, right - left, LABEL[unit]);
    return labels.map(({ label, strong }, i) => {
      const { x = 0, width = 0 } = places[i] ?? {};
      return i % nth
        ? nothing
        : svg`<text class="middle ${strong ? "strong" : ""}" x=${x + width / 2} y=${bottom + 18}>${label}</text>`;
    });
  }

  private hit(column: Column, index: number, model: HistoryModel, look: Look) {
    return html`<button
      type="button"
      data-start=${new Date(column.start).toISOString().slice(0, 10)}
      tabindex=${index === this.stop ? 0 : -1}
      aria-label=${columnWords(column, model, look)}
      ?disabled=${column.state === "future"}
      @pointerenter=${() => {
        this.at = index;
      }}
      @focus=${() => {
        this.at = this.stop = index;
      }}
      @blur=${this.leave}
      @click=${() => {
        fireEvent(this, "hp-period", column.opens);
      }}
    ></button>`;
  }

  private tip(picture: Picture, model: HistoryModel, look: Look) {
    const column = model.columns[this.at];
    const place = picture.places[this.at];
    if (!column || !place) return nothing;
    const isLeft = place.x > this.plot.width / 2;
    const side = isLeft
      ? `right:${this.plot.width - place.x + 8}px`
      : `left:${place.x + place.width + 8}px`;
    const rows = tooltipRows(column, model, look);
    return html`<div
      class="tip"
      style="top:${picture.energy.top}px;${side}"
      aria-hidden="true"
    >
      <table>
        <thead>
          <tr>
            <th>${columnName(column, model, look)}</th>
            <td></td>
            ${model.other ? html`<td>${beforeName({ ...model, isRunning: false }, look)}</td>` : nothing}
          </tr>
        </thead>
        ${rows.map(
          ({ name, value, before, sample }) =>
            html`<tr>
              <th>${sample ? swatch(sample) : nothing}${name}</th>
              <td>${value}</td>
              ${model.other ? html`<td>${before}</td>` : nothing}
            </tr>`
        )}
      </table>
    </div>`;
  }

  private readonly leave = (): void => {
    this.at = -1;
  };

  private key(event: KeyboardEvent): void {
    const count = this.model?.columns.length ?? 0;
    const next = {
      ArrowLeft: this.stop - 1,
      ArrowRight: this.stop + 1,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (next === undefined || next < 0 || next >= count) return;
    event.preventDefault();
    const buttons =
      this.renderRoot.querySelectorAll<HTMLButtonElement>(".hits button");
    buttons[next]?.focus();
  }

  private toggle({ detail }: CustomEvent<string>): void {
    this.hiddenSeries = toggled(this.hiddenSeries, detail);
    saveHidden(VIEW, this.hiddenSeries);
  }
}

define("hp-history-energy")(EnergyCard);

declare global {
  interface HTMLElementTagNameMap {
    "hp-history-energy": EnergyCard;
  }
}
