import { html, LitElement, nothing } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { mdiChevronDown } from "@mdi/js";
import { ChartController } from "../charts/chart-controller.js";
import type { ViewDefinition, ViewResult, ViewTable } from "../charts/types.js";
import type { PanelError } from "../data/error.js";
import { FinerRows } from "../data/finer-rows.js";
import { isOther, isSameSpan } from "../data/period.js";
import type { Span } from "../data/period.js";
import type { PumpInfo, Snapshot } from "../data/types.js";
import type { ViewPicture } from "../export/layout.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import { fetched } from "../ha/replaced.js";
import type { Connection } from "../ha/types.js";
import type { Look } from "./context.js";
import { loadFolded, currentOf, saveFolded } from "./folded.js";
import { loadHidden, saveHidden, toggled } from "./hidden-series.js";
import { icon } from "./icon.js";
import "./legend.js";
import { swatchStyles } from "./legend.js";
import "./menu.js";
import "./notice.js";
import { legendBones, rowBones, skeletonShapes } from "./skeleton.js";
import { baseStyles, cardStyles } from "./styles.js";
import { viewCardStyles } from "./view-card-styles.js";
import { ViewMenu, exportCsv, exportImage } from "./view-menu.js";
import { durations, historyLine, remarkLine, staleLine } from "./view-parts.js";
import { viewOutcome } from "./view-outcome.js";
import type { Notice, ViewState } from "./view-state.js";
import { asPeriod, partName, tableOfPart, zoomTools } from "./zoom-tools.js";

/** One of the seven charts with its head, its legend and its states. */
export class ViewCard extends LitElement {
  @property({ attribute: false }) view: ViewDefinition | undefined;
  @property({ attribute: false }) info: PumpInfo | undefined;
  @property({ attribute: false }) snapshot: Snapshot | null = null;
  @property({ attribute: false }) error: PanelError | null = null;
  @property({ attribute: false }) look: Look | undefined;
  /** ms; the minute it is while the readings are old, else null. */
  @property({ attribute: false }) staleUntil: number | null = null;
  @property({ type: Boolean }) admin = false;
  /** Instead of the view's own title. */
  @property() heading: string | undefined;
  @property({ type: Boolean }) withoutLegend = false;
  /** Where there are finer rows of a part of the period. */
  @property({ attribute: false }) connection: Connection | undefined;
  /** Whether a part can be made the period, with `hp-range`. */
  @property({ type: Boolean }) choosesPeriod = false;
  /** ms; a part of the period to look at, each time another one is given. */
  @property({ attribute: false }) closeUp: Span | null = null;
  /** On a phone: its head folds it. */
  @property({ type: Boolean }) foldable = false;

  @state() private closed = false;
  @state() private width = 0;
  @state() private hiddenSeries: ReadonlySet<string> = new Set();
  @state() private asTable = false;
  /** What the keyboard's cursor is at. */
  @state() private reading = "";
  /** Of the part that is seen. */
  @state() private finerRows: Snapshot | null = null;
  @query(".canvas") private canvas!: HTMLElement | null;

  private readonly chart = new ChartController(
    this,
    () => this.canvas,
    (words) => {
      this.reading = words;
    }
  );
  private readonly observer = new ResizeObserver(([entry]) => {
    this.width = Math.round(entry?.contentRect.width ?? 0);
  });
  private observed: HTMLElement | null = null;
  private result: ViewResult | null = null;
  private notice: Notice | null = null;
  /** The last there was to see: between two periods there may be none. */
  private shown: Snapshot | null = null;
  /** The part of the period that the head names. */
  private namedPart: Span | null = null;
  private readonly menu = new ViewMenu();
  private readonly finer: FinerRows = new FinerRows(() => {
    this.finerRows = this.finer.snapshot;
  });

  static override styles = [
    baseStyles,
    cardStyles,
    swatchStyles,
    viewCardStyles,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observe(null);
    this.finer.release();
    this.finerRows = null;
  }

  private observe(canvas: HTMLElement | null): void {
    if (canvas === this.observed) return;
    this.observer.disconnect();
    if (canvas) this.observer.observe(canvas);
    this.observed = canvas;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { view } = this;
    if (view && changed.has("view")) {
      this.hiddenSeries = loadHidden(view.key);
      this.closed = loadFolded(view.key);
    }
    this.toggleAttribute("folded", this.folded);
    this.followPart();
    // On paper, and back on the screen, no observer says so in time.
    if (changed.has("look") && this.canvas?.clientWidth)
      this.width = this.canvas.clientWidth;
    // A chart that has painted, or a clock that has ticked, changes nothing in the chart.
    if (changed.size) this.build();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { canvas, result, closeUp, snapshot } = this;
    this.observe(canvas);
    if (result?.option && !this.folded)
      this.chart.set(result.option, result.chunk);
    else this.chart.clear();
    const chosen = result || this.notice ? this.menu.chosen() : null;
    if (chosen) this.carryOut(chosen);
    if (this.chart.zoomed && isOther(this.shown, snapshot)) {
      this.chart.resetZoom();
    }
    this.shown = snapshot ?? this.shown;
    // The part may have moved on with the period, and another period is seen whole.
    if (!isSameSpan(this.chart.part, this.namedPart)) this.requestUpdate();
    const looksElsewhere = closeUp ?? changed.get("closeUp");
    if (changed.has("closeUp") && looksElsewhere) this.chart.show(closeUp);
  }

  private followPart(): void {
    const { connection, look, snapshot: period } = this;
    const { part } = this.chart;
    if (connection && look && period && part && this.isConnected) {
      const fahrenheit = look.format.units.temperature === "°F";
      this.finer.follow({ source: { connection, fahrenheit }, period, part });
    } else this.finer.release();
    this.finerRows = this.finer.snapshot;
  }

  /** What there is to show: a chart in `result`, a sentence in `notice`, or neither yet. */
  private build(): void {
    const { view, info, snapshot, look, error, width, finerRows } = this;
    const { admin, hiddenSeries: hidden } = this;
    this.result = this.notice = null;
    if (!view || !info || !look) return;
    ({ result: this.result, notice: this.notice } = viewOutcome({
      ...{ view, info, snapshot, finerRows, look, error },
      ...{ width, hidden, admin },
    }));
  }

  private get viewState(): ViewState {
    const { notice, result, folded } = this;
    if (notice) return notice.state;
    return result && (folded || this.chart.painted) ? "ready" : "loading";
  }

  private get folded(): boolean {
    return this.foldable && this.closed;
  }

  /** Opens it where it is folded. */
  unfold(): void {
    if (this.folded) this.fold();
  }

  private fold(): void {
    this.closed = !this.closed;
    if (this.view) saveFolded(this.view.key, this.closed);
  }

  override render() {
    const { view, look } = this;
    if (!view || !look) return nothing;
    const title = this.heading ?? look.text(view.title);
    const current = this.viewState;
    this.namedPart = this.chart.part;
    return html`<article
      data-view=${view.key}
      data-state=${current}
      aria-busy=${current === "loading" ? "true" : "false"}
      aria-labelledby="title"
    >
      ${this.head(title, look)}
      ${this.folded ? nothing : this.notice ? this.explain(look) : this.content(title, look, current)}
    </article>`;
  }

  private head(title: string, look: Look): TemplateResult {
    const { result, foldable, folded } = this;
    const remark = folded ? currentOf(result) : this.remark(look);
    return html`<div class="head">
      <h2 id="title">
        ${
          foldable
            ? html`<button
                type="button"
                aria-expanded=${folded ? "false" : "true"}
                @click=${this.fold}
              >
                ${title}
              </button>`
            : title
        }
      </h2>
      ${remarkLine(remark, result?.figure)}
      ${folded || this.notice ? nothing : this.tools(title, look)}
      ${foldable ? icon(mdiChevronDown) : nothing}
    </div>`;
  }

  /** Names the part that is seen before what is said of all. */
  private remark(look: Look): string | undefined {
    const { result, snapshot, namedPart } = this;
    const remark = result?.remark;
    if (!namedPart || !snapshot) return remark;
    const part = partName(namedPart, snapshot, look);
    return remark ? `${part} · ${remark}` : part;
  }

  /** All of it, or the part that is seen. */
  private get table(): ViewTable | undefined {
    const { result, namedPart } = this;
    return result?.table && namedPart
      ? tableOfPart(result.table, namedPart)
      : result?.table;
  }

  private tools(title: string, look: Look) {
    const { result, namedPart } = this;
    const use = () => {
      if (namedPart) fireEvent(this, "hp-range", asPeriod(namedPart));
    };
    const items = this.menu.items(result, this.asTable, look);
    return html`${
      namedPart
        ? zoomTools(look, this.resetZoom, this.choosesPeriod ? use : null)
        : nothing
    }
    ${
      items.length
        ? html`<hp-menu
            .items=${items}
            label=${look.text("view.menu.title", { view: title })}
            @hp-menu=${this.choose}
          ></hp-menu>`
        : nothing
    }`;
  }

  private explain(look: Look): TemplateResult {
    return html`<div class="body">
      <hp-notice
        style="flex:1"
        .notice=${this.notice}
        .look=${look}
        .retryAt=${this.error?.retryAt ?? null}
      ></hp-notice>
    </div>`;
  }

  private content(title: string, look: Look, current: ViewState) {
    const { result, snapshot } = this;
    const legend = this.withoutLegend ? [] : (result?.legend ?? []);
    return html`${staleLine(snapshot, this.staleUntil, look)}
      ${result?.rows ? nothing : historyLine(snapshot, look)}
      ${
        legend.length
          ? html`<hp-legend
              .items=${legend}
              label=${look.text("view.legend", { view: title })}
              @hp-toggle=${this.toggle}
            ></hp-legend>`
          : nothing
      }
      ${result ? nothing : legendBones}
      <div class="body">
        <div class="plot">
          ${this.picturePlace(title, look)}
          ${result?.table && !result.rows ? this.tableButton(look) : nothing}
          ${
            this.asTable && this.table
              ? html`<hp-view-table
                  .table=${this.table}
                  label=${title}
                ></hp-view-table>`
              : nothing
          }
          ${current === "loading" ? this.skeleton() : nothing}
        </div>
        ${result?.rows ? durations(result, title) : nothing}
        ${!result && this.view?.key === "runtime" ? rowBones : nothing}
      </div>`;
  }

  /** Pictures with time are gone through by keyboard. */
  private picturePlace(title: string, { text }: Look) {
    const { result, reading } = this;
    const isRead = result?.chunk === "line" && !result.rows;
    return html`<div
        class="canvas"
        role=${isRead ? "application" : "img"}
        tabindex=${isRead ? 0 : nothing}
        aria-label=${`${title}. ${result?.summary ?? ""}`}
        aria-describedby=${isRead ? "keys" : nothing}
      ></div>
      ${
        isRead
          ? html`<span id="keys" hidden>${text("view.keys")}</span>
              <div class="heard" role="status">${reading}</div>`
          : nothing
      }`;
  }

  /** Seen by the keyboard and heard by screen readers only. */
  private tableButton({ text }: Look) {
    return html`<button type="button" class="aside" @click=${this.toggleTable}>
      ${text(`view.menu.${this.asTable ? "chart" : "table"}`)}
    </button>`;
  }

  private skeleton() {
    return html`<div class="bones" aria-hidden="true">
      ${this.view && skeletonShapes(this.view.key)}
    </div>`;
  }

  private choose({ detail }: CustomEvent<string>): void {
    if (this.result) this.carryOut(detail);
    else this.menu.choose(detail);
  }

  private carryOut(key: string): void {
    const { snapshot, info, look, view, table } = this;
    if (!snapshot || !info || !look || !view) return;
    const of = { snapshot: { ...snapshot, ...this.namedPart }, info, look };
    if (key === "table") this.toggleTable();
    else if (key === "csv") void exportCsv(table, of, view.key);
    else void exportImage(this.picture(), of, view.key);
  }

  private toggleTable(): void {
    this.asTable = !this.asTable;
    if (this.asTable) {
      fetched(() => import("./view-table.js")).catch(() => {
        this.asTable = false;
      });
    }
  }

  /** The chart with all that stands around it, null where there is none. */
  async picture(): Promise<ViewPicture | null> {
    const { result, look, view, canvas } = this;
    const picture = result && (await this.chart.picture());
    if (!picture || !look || !view || !canvas) return null;
    const { legend, rows = [] } = result;
    const remark = this.remark(look) ?? "";
    const { clientWidth: width, clientHeight: height } = canvas;
    const title = this.heading ?? look.text(view.title);
    return { title, remark, legend, rows, picture, width, height };
  }

  private readonly resetZoom = (): void => {
    this.chart.resetZoom();
    // The button is about to go.
    this.canvas?.focus({ preventScroll: true });
  };

  private toggle({ detail }: CustomEvent<string>): void {
    const { view } = this;
    if (!view) return;
    this.hiddenSeries = toggled(this.hiddenSeries, detail);
    saveHidden(view.key, this.hiddenSeries);
  }
}

define("hp-view-card")(ViewCard);

declare global {
  interface HTMLElementTagNameMap {
    "hp-view-card": ViewCard;
  }
}
