import { html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { VIEWS } from "../charts/views.js";
import type { Look } from "../components/context.js";
import { dayDetail, dayName, rowOf } from "../components/events/rows.js";
import type { Kpi } from "../components/kpi/figures.js";
import "../components/kpi/kpi-card.js";
import { swatch, swatchStyles } from "../components/legend.js";
import "../components/pills/status-pills.js";
import "../components/schematic/schematic.js";
import { baseStyles } from "../components/styles.js";
import type { ViewCard } from "../components/view-card.js";
import "../components/view-card.js";
import { byDay } from "../data/days.js";
import { isPast } from "../data/past.js";
import type { Period } from "../data/period.js";
import { isPart, momentOf, runsOf } from "../data/runs.js";
import type { PumpInfo, Snapshot, View } from "../data/types.js";
import type { ViewPicture } from "../export/layout.js";
import { define } from "../ha/define.js";
import { footnotes } from "../panel/footnotes.js";
import { readTheme, tokenStyles } from "../theme/tokens.js";
import { documentStyles, printStyles } from "./styles.js";
import { printedTitle } from "./title.js";

/** What the panel shows. */
export interface Printed {
  info: PumpInfo;
  /** As it arrived. */
  known: Snapshot;
  /** As it is now, or was at its end. */
  snapshot: Snapshot;
  kpis: readonly Kpi[];
  staleUntil: number | null;
  look: Look;
  period: Period;
}

/** Side by side; the others are as wide as the sheet. */
const HALF: readonly View[] = ["sankey", "runtime"];
const IN_ORDER = [
  ...VIEWS.filter(({ key }) => HALF.includes(key)),
  ...VIEWS.filter(({ key }) => !HALF.includes(key)),
];
/** Of more, the days are told instead. */
const MOST_EVENTS = 60;

/** The panel on paper: what it says and draws, in light colours, each chart whole. */
export class PrintPage extends LitElement {
  @property({ attribute: false }) printed: Printed | undefined;

  @state() private light: Look | undefined;
  @state() private pictures: ReadonlyMap<View, ViewPicture> | null = null;
  private readonly sheet = document.createElement("style");

  static override styles = [tokenStyles, baseStyles, swatchStyles, printStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    this.sheet.textContent = documentStyles;
    document.head.append(this.sheet);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sheet.remove();
  }

  /** Resolves when everything is drawn. */
  async draw(): Promise<void> {
    await this.updateComplete;
    const { printed } = this;
    if (!printed) return;
    const theme = readTheme(this.renderRoot as ShadowRoot, false);
    this.light = { ...printed.look, theme };
    await this.updateComplete;
    this.pictures = await this.drawCharts();
    await this.updateComplete;
    await document.fonts.ready;
    const images = [...this.renderRoot.querySelectorAll("img")];
    await Promise.all(images.map((image) => image.decode().catch(() => null)));
  }

  /** One after the other: each has a canvas of its own. */
  private async drawCharts(): Promise<Map<View, ViewPicture>> {
    const pictures = new Map<View, ViewPicture>();
    const cards = this.renderRoot.querySelectorAll<ViewCard>("hp-view-card");
    for (const card of cards) {
      await card.updateComplete;
      const picture = await card.picture();
      if (card.view && picture) pictures.set(card.view.key, picture);
    }
    return pictures;
  }

  override render() {
    const { printed, light } = this;
    if (!printed || !light) return nothing;
    const { info, known, snapshot, period } = printed;
    const { text, format } = light;
    return html`<header>
        <h1>${info.name}</h1>
        <p>${printedTitle(known, period, light)}</p>
      </header>
      ${this.first(printed, light)}
      <div class="charts">${IN_ORDER.map(({ key }) => this.figure(key))}</div>
      ${this.events(printed, light)}
      <footer>
        ${footnotes(snapshot, info, light)}
        <span>${text("print.at", { time: format.dayTime(Date.now()) })}</span>
      </footer>
      ${this.pictures ? nothing : this.drawn(printed, light)}`;
  }

  /** The charts as they are on the screen, until there are pictures of them. */
  private drawn({ info, snapshot, staleUntil }: Printed, light: Look) {
    return html`<div class="drawn" aria-hidden="true">
      ${VIEWS.map(
        (view) =>
          html`<hp-view-card
            class="${view.key} ${HALF.includes(view.key) ? "half" : ""}"
            .view=${view}
            .info=${info}
            .snapshot=${snapshot}
            .look=${light}
            .staleUntil=${staleUntil}
          ></hp-view-card>`
      )}
    </div>`;
  }

  /** The figures; beside them what is now, unless the period is over. */
  private first({ info, known, kpis, staleUntil }: Printed, light: Look) {
    const past = isPast(known);
    const now = {
      pills: html`<hp-pills
        .info=${info}
        .snapshot=${known}
        .staleUntil=${staleUntil}
        .look=${light}
      ></hp-pills>`,
      drawing: html`<hp-schematic
        .info=${info}
        .snapshot=${known}
        .staleUntil=${staleUntil}
        .look=${light}
      ></hp-schematic>`,
    };
    return html`<div class="first ${past ? "past" : ""}">
      <div>
        <div class="kpis">
          ${kpis.map(
            (kpi) =>
              html`<hp-kpi-card .kpi=${kpi} .look=${light}></hp-kpi-card>`
          )}
        </div>
        ${past ? nothing : now.pills}
      </div>
      ${past ? nothing : now.drawing}
    </div>`;
  }

  private figure(key: View) {
    const shown = this.pictures?.get(key);
    if (!shown) return nothing;
    const { title, remark, legend, rows, picture } = shown;
    const items = legend.filter(({ hidden }) => !hidden);
    return html`<figure class=${HALF.includes(key) ? "half" : ""}>
      <div>
        <h2>${title}</h2>
        <span class="remark">${remark}</span>
      </div>
      ${
        items.length
          ? html`<div class="legend">
              ${items.map(
                (item) =>
                  html`<span
                    >${swatch(item)}${item.name} <b>${item.value}</b></span
                  >`
              )}
            </div>`
          : nothing
      }
      <img src=${picture.toDataURL()} alt=${title} />
      ${
        rows.length
          ? html`<table>
              ${rows.map(
                (row) =>
                  html`<tr>
                    <th scope="row">${swatch(row)}${row.name}</th>
                    <td>${row.duration}</td>
                    <td>${row.share}</td>
                  </tr>`
              )}
            </table>`
          : nothing
      }
    </figure>`;
  }

  private events({ info, snapshot }: Printed, light: Look) {
    const { text, format } = light;
    const input = { info, snapshot, ...light };
    const runs = runsOf(snapshot);
    if (!runs.length) return nothing;
    const now = snapshot.range ? snapshot.end : Date.now();
    const days = byDay(runs, format);
    const day = (moment: number) => dayName(moment, now, light, format.dayDate);
    const rows =
      runs.length > MOST_EVENTS
        ? days.map((each) => [
            day(each.day),
            "",
            dayDetail(each, null, input),
            String(each.runs.length),
          ])
        : runs.map((run, i) => {
            const part = isPart(run, runs[i - 1]);
            const { time, title, detail, duration } = rowOf(
              run,
              input,
              undefined,
              part
            );
            const when = time && `${day(momentOf(run))} ${time}`;
            return [when, title, detail, duration];
          });
    return html`<section class="events">
      <h2>${text("events.title")}</h2>
      <table>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`
        )}
      </table>
    </section>`;
  }
}

define("hp-print-page")(PrintPage);

declare global {
  interface HTMLElementTagNameMap {
    "hp-print-page": PrintPage;
  }
}

/** Draws what the panel shows on a page of its own and opens the browser's print dialog. */
export const print = async (printed: Printed): Promise<void> => {
  // Of browsers that do not say when they have printed, the last one may still be there.
  document.querySelector("hp-print-page")?.remove();
  const page = Object.assign(document.createElement("hp-print-page"), {
    printed,
  });
  document.body.append(page);
  await page.draw();
  window.addEventListener(
    "afterprint",
    () => {
      page.remove();
    },
    { once: true }
  );
  window.print();
};
