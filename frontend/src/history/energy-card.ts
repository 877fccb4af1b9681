import { html, LitElement, nothing } from "lit";
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
import { isForBrowser } from "../ha/navigate.js";
import { cardHead } from "./card-head.js";
import { historyCardStyles } from "./card-styles.js";
import { plotStyles } from "./drawing.js";
import { drawPicture } from "./energy-drawing.js";
import { energyStyles } from "./energy-styles.js";
import type { Column } from "./columns.js";
import { isReported } from "./figures.js";
import type { HistoryModel } from "./model.js";
import { columnUnit } from "./period.js";
import { pictureOf } from "./picture.js";
import type { Picture } from "./picture.js";
import { columnName, columnWords, tooltipRows } from "./column-words.js";
import { tipAt, tipStyles } from "./tip.js";
import { seriesStyles } from "./tokens.js";
import { PlotSize } from "./plot-size.js";
import { kwh, shortName } from "./words.js";

const VIEW = "history-energy";
/** What it is compared with, in the legend. */
const BEFORE = "before";

/** A pale bar of heat and one of electricity, as in the control that chooses the comparison. */
const pale = (series: string) =>
  `color-mix(in srgb,var(--hp-${series}) 30%,transparent) 50%`;
const GHOST = `linear-gradient(90deg,${pale("heating")},${pale("compressor")})`;

/** A point, as the COP is drawn. */
const POINT =
  "radial-gradient(circle,var(--hp-compressor) 4px,transparent 4.5px)";

/** The name of the comparison as a whole, whichever of its days are counted. */
const otherName = ({ other }: HistoryModel, look: Look): string =>
  other ? shortName(other, look) : "";

/** Whether any column has it. */
const isTold = ({ columns }: HistoryModel, key: string): boolean =>
  columns.some(({ figures, before }) => {
    const of = key === "hot_water" ? "hotWater" : (key as "heating");
    return figures?.[of] != null || before?.[of] != null;
  });

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

  private readonly plot: PlotSize = new PlotSize(this, () =>
    this.renderRoot.querySelector(".plot")
  );

  static override styles = [
    baseStyles,
    cardStyles,
    historyCardStyles,
    swatchStyles,
    seriesStyles,
    plotStyles,
    tipStyles,
    energyStyles,
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
      ${cardHead(title, text(`history.energy.${unit}.remark`))}
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
      item("cop", text("name.cop"), POINT, "square", null),
      item("outdoor", text("name.outdoor_temp"), theme.outdoor, "solid", null),
      ...(model.columns.some(({ before }) => before)
        ? [
            columnUnit(model.period.unit) === "day"
              ? item(BEFORE, otherName(model, look), theme.text, "solid", null)
              : item(BEFORE, otherName(model, look), GHOST, "square", null),
          ]
        : []),
    ];
    // What nobody tells has no place, nor what there is none of.
    const known = items.filter(
      ({ key }) => key === BEFORE || isTold(model, key)
    );
    return html`<hp-legend
      .items=${known.length ? known : items}
      label=${text("view.legend", { view: title })}
      @hp-toggle=${this.toggle}
    ></hp-legend>`;
  }

  private content(model: HistoryModel, look: Look) {
    const { width, height } = this.plot;
    if (!width || !height) return nothing;
    const unit = columnUnit(model.period.unit);
    const { columns } = model;
    const picture = pictureOf({
      columns: this.hiddenSeries.has(BEFORE)
        ? columns.map((column) => ({ ...column, before: null }))
        : columns,
      size: { width, height },
      byDays: unit === "day",
      cop: model.figures?.cop ?? null,
      copUncertainty: model.figures?.copUncertainty ?? null,
      hidden: this.hiddenSeries,
      hasElectricity: isReported(model.figures, "electricity"),
      hasCop: isReported(model.figures, "cop"),
    });
    const { left, right } = picture;
    return html`<svg
        class="picture"
        viewBox="0 0 ${width} ${height}"
        aria-hidden="true"
      >
        ${drawPicture(picture, model, look, { at: this.at, hidden: this.hiddenSeries })}
      </svg>
      <div
        class="hits"
        style="left:${left}px;width:${right - left}px"
        @keydown=${this.key}
      >
        ${model.columns.map((column, i) => this.hit(column, i, model, look))}
      </div>
      ${this.tip(picture, model, look)}`;
  }

  private hit(column: Column, index: number, model: HistoryModel, look: Look) {
    return html`<button
      type="button"
      data-start=${new Date(column.start).toISOString().slice(0, 10)}
      tabindex=${index === Math.min(this.stop, model.columns.length - 1) ? 0 : -1}
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
    const rows = tooltipRows(column, model, look);
    const near = { x: place.x - 8, width: place.width + 16 };
    const words = html`<table>
      <thead>
        <tr>
          <th>${columnName(column, model, look)}</th>
          <td></td>
          ${model.other ? html`<td>${otherName(model, look)}</td>` : nothing}
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
    </table>`;
    return tipAt(near, picture.energy.top, this.plot, words);
  }

  private readonly leave = (): void => {
    this.at = -1;
  };

  private key(event: KeyboardEvent): void {
    const columns = this.model?.columns ?? [];
    // What is to come cannot be focused.
    const last = columns.findLastIndex(({ state }) => state !== "future");
    const next = {
      ArrowLeft: this.stop - 1,
      ArrowRight: this.stop + 1,
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined || next < 0 || next > last) return;
    if (isForBrowser(event)) return;
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
