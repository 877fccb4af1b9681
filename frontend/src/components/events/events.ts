import { html, LitElement, nothing } from "lit";
import type { PropertyValues } from "lit";
import { property, query, state } from "lit/decorators.js";
import {
  mdiCalendarBlankOutline,
  mdiChevronDown,
  mdiFileDelimitedOutline,
} from "@mdi/js";
import { isLong } from "../../data/days.js";
import type { DayOfRuns } from "../../data/days.js";
import type { PanelError } from "../../data/error.js";
import { isOther } from "../../data/period.js";
import type { Run } from "../../data/runs.js";
import { EVENT_KINDS, isPart, momentOf, runsOf } from "../../data/runs.js";
import type { EventKind, PumpInfo, Snapshot } from "../../data/types.js";
import type { ExportOf } from "../../export/export.js";
import { define } from "../../ha/define.js";
import { fireEvent } from "../../ha/fire-event.js";
import { isForBrowser } from "../../ha/navigate.js";
import { fetched } from "../../ha/replaced.js";
import type { Look } from "../context.js";
import { icon } from "../icon.js";
import "../menu.js";
import "../notice.js";
import { baseStyles, cardStyles } from "../styles.js";
import { viewCardStyles } from "../view-card-styles.js";
import { remarkLine } from "../view-parts.js";
import { errorNotice } from "../view-state.js";
import type { Notice } from "../view-state.js";
import { wholeParts, wholeStyles } from "../whole.js";
import {
  dayDetail,
  dayName,
  KIND_ICONS,
  rowOf,
  rowsOf,
  spanName,
} from "./rows.js";
import type { EventInput, Row } from "./rows.js";
import { eventsStyles } from "./styles.js";

/** Rows are made as one scrolls to them. */
const PAGE = 60;
/** Rows on a phone before all are asked for; the styles hide the others. */
const FEW = 9;

export interface ShowTime {
  /** ms */
  from: number;
  to: number;
}

/** A span may end long ago. */
const nowOf = ({ snapshot }: EventInput) =>
  snapshot.range ? snapshot.end : Date.now();

/** All that happened in the period, by day; a row leads to its moment in the charts. */
export class EventsCard extends LitElement {
  @property({ attribute: false }) info: PumpInfo | undefined;
  @property({ attribute: false }) snapshot: Snapshot | null = null;
  @property({ attribute: false }) error: PanelError | null = null;
  @property({ attribute: false }) look: Look | undefined;
  /** Instead of its own title. */
  @property() heading: string | undefined;

  @state() private kind: EventKind | null = null;
  @state() private limit = PAGE;
  @state() private all = false;
  /** Index of the row that the keyboard reaches. */
  @state() private reached = 0;
  /** Of a long period, the days whose events are seen. */
  @state() private openDays: ReadonlySet<number> = new Set();
  @query(".more") private more!: HTMLElement | null;
  @query("ol") private list!: HTMLElement | null;

  private runs: readonly Run[] = [];
  private chosen: readonly Run[] = [];
  private rows: readonly Row[] = [];
  /** Stays under the hand while another period loads, as the menus of the charts do. */
  private hasMenu = false;
  /** Chosen while there was nothing to save yet. */
  private saves = false;
  private readonly sight = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) {
        this.limit += PAGE;
      }
    },
    { rootMargin: "400px" }
  );

  static override styles = [
    baseStyles,
    cardStyles,
    viewCardStyles,
    wholeStyles,
    eventsStyles,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sight.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { snapshot } = this;
    if (changed.has("snapshot")) {
      this.runs = snapshot ? runsOf(snapshot) : [];
      if (!snapshot || isOther(changed.get("snapshot"), snapshot)) this.reset();
    }
    if (snapshot) {
      this.hasMenu = this.runs.length > 0;
      if (!this.runs.some(({ kind }) => kind === this.kind)) this.kind = null;
    }
    this.chosen = this.kind
      ? this.runs.filter(({ kind }) => kind === this.kind)
      : this.runs;
    this.rows =
      snapshot && this.look
        ? rowsOf(this.chosen, snapshot, this.look.format, this.openDays)
        : [];
  }

  private reset(): void {
    [this.limit, this.all, this.reached] = [PAGE, false, 0];
    this.openDays = new Set();
  }

  protected override updated(): void {
    this.sight.disconnect();
    if (this.more) this.sight.observe(this.more);
    const { saves, snapshot, info, look } = this;
    if (!saves || !snapshot || !info || !look) return;
    this.saves = false;
    if (this.runs.length) void this.save({ snapshot, info, look });
  }

  override render() {
    const { look, snapshot, info, error } = this;
    if (!look || !info) return nothing;
    const { text } = look;
    const count = this.runs.length;
    const waits = error ? "error" : "loading";
    return html`<article
      data-card="events"
      data-state=${snapshot ? (count ? "ready" : "empty") : waits}
      aria-labelledby="title"
      aria-busy=${snapshot || error ? "false" : "true"}
    >
      <div class="head">
        <h2 id="title">${this.heading ?? text("events.title")}</h2>
        ${
          snapshot &&
          remarkLine(
            text("events.count", {
              number: count,
              span: spanName(snapshot, look),
            })
          )
        }
        ${
          this.hasMenu
            ? html`<hp-menu
                .items=${[
                  {
                    key: "csv",
                    label: text("view.menu.csv"),
                    icon: mdiFileDelimitedOutline,
                  },
                ]}
                label=${text("view.menu.title", { view: text("events.title") })}
                @hp-menu=${this.saveSoon}
              ></hp-menu>`
            : nothing
        }
      </div>
      ${snapshot ? this.content(snapshot, info, look) : this.instead(look)}
    </article>`;
  }

  private instead(look: Look) {
    if (this.error) return this.told(errorNotice(this.error, look), look);
    return html`<div class="bones" aria-hidden="true">
      ${[1, 2, 3, 4, 5].map(() => html`<i class="bone"></i>`)}
    </div>`;
  }

  private told(notice: Notice, look: Look) {
    return html`<div class="body">
      <hp-notice
        style="flex:1"
        .notice=${notice}
        .look=${look}
        .retryAt=${this.error?.retryAt ?? null}
      ></hp-notice>
    </div>`;
  }

  private content(snapshot: Snapshot, info: PumpInfo, look: Look) {
    const { rows } = this;
    const { text } = look;
    if (!rows.length) {
      const title = text("events.none");
      const icon = mdiCalendarBlankOutline;
      return this.told(
        { state: "empty", icon, title, help: "", action: null },
        look
      );
    }
    return html`${this.filter(look)}
      <div class="scroller ${this.all ? "all" : ""}">
        <ol aria-labelledby="title" @keydown=${this.move}>
          ${rows
            .slice(0, this.limit)
            .map((row, i) => this.row(row, i, { snapshot, info, ...look }))}
          ${rows.length > this.limit ? html`<li class="more"></li>` : nothing}
        </ol>
        ${
          rows.length > FEW && !this.all
            ? html`<button
                type="button"
                class="show-all"
                @click=${this.showAll}
              >
                ${text(isLong(snapshot) ? "events.show_days" : "events.show_all", { count: rows.length })}
              </button>`
            : nothing
        }
      </div>`;
  }

  private filter({ text, format }: Look) {
    const chip = (kind: EventKind | null, name: string, count: number) =>
      html`<button
        type="button"
        data-kind=${kind ?? "all"}
        aria-pressed=${kind === this.kind ? "true" : "false"}
        @click=${() => {
          this.choose(kind);
        }}
      >
        ${name} ${format.number(count, 0)}
      </button>`;
    const counts = EVENT_KINDS.flatMap((kind) => {
      const count = this.runs.filter((run) => run.kind === kind).length;
      return count ? [chip(kind, text(`events.kind.${kind}`), count)] : [];
    });
    return html`<div
      class="chips"
      role="group"
      aria-label=${text("events.filter")}
    >
      ${chip(null, text("events.all"), this.runs.length)} ${counts}
    </div>`;
  }

  private row({ day, run }: Row, index: number, input: EventInput) {
    if (!run) return day ? this.dayRow(day, index, input) : nothing;
    return html`<li>
      ${day ? html`<h3>${dayName(day.day, nowOf(input), input)}</h3>` : nothing}
      ${this.runRow(run, index, input)}
    </li>`;
  }

  private dayRow(day: DayOfRuns, index: number, input: EventInput) {
    const open = this.openDays.has(day.day);
    const name = dayName(day.day, nowOf(input), input, input.format.dayDate);
    return html`<li>
      <button
        type="button"
        class="day"
        aria-expanded=${open ? "true" : "false"}
        tabindex=${this.tabIndexOf(index)}
        @focus=${() => {
          this.reached = index;
        }}
        @click=${() => {
          this.toggleDay(day.day);
        }}
      >
        <b>${name}</b>
        <span class="what"
          ><small class="whole"
            >${wholeParts(dayDetail(day, this.kind, input))}</small
          ></span
        >
        <span class="long">${day.runs.length}</span>${icon(mdiChevronDown)}
      </button>
    </li>`;
  }

  private runRow(run: Run, index: number, input: EventInput) {
    const before = run.running
      ? this.runs.find((other) => other !== run && other.kind === run.kind)
      : undefined;
    const part = isPart(run, this.rows[index - 1]?.run);
    const { time, title, detail, duration } = rowOf(run, input, before, part);
    const show = input.text("events.show");
    return html`<button
      type="button"
      class="${run.kind} ${part ? "part" : ""}"
      title=${[detail, show].filter(Boolean).join("\n")}
      tabindex=${this.tabIndexOf(index)}
      @focus=${() => {
        this.reached = index;
      }}
      @click=${() => {
        this.show(run, input.snapshot);
      }}
    >
      <time
        class=${time.length > 5 ? "twelve" : ""}
        datetime=${new Date(momentOf(run)).toISOString()}
        >${time}</time
      >
      <i>${icon(KIND_ICONS[run.kind])}</i>
      <span class="what"
        ><span>${title}</span>
        <small class="whole">${wholeParts(detail)}</small></span
      >
      <span class="long">${duration}</span>
    </button>`;
  }

  private tabIndexOf(index: number): number {
    return index === this.reached ? 0 : -1;
  }

  private toggleDay(day: number): void {
    const open = new Set(this.openDays);
    if (!open.delete(day)) open.add(day);
    this.openDays = open;
    // On a phone, who opens a day wants to see all of it.
    this.all = true;
  }

  private saveSoon(): void {
    this.saves = true;
    this.requestUpdate();
  }

  private async save(of: ExportOf): Promise<void> {
    const { saveEvents } = await fetched(
      () => import("../../export/export.js")
    );
    saveEvents(this.chosen, of);
  }

  private choose(kind: EventKind | null): void {
    [this.kind, this.limit, this.reached] = [kind, PAGE, 0];
  }

  private showAll(): void {
    this.all = true;
    this.focusRow(FEW);
  }

  private move(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || isForBrowser(event)) return;
    event.preventDefault();
    this.focusRow(this.reached + step);
  }

  private focusRow(index: number): void {
    void this.updateComplete.then(() => {
      const rows = this.list?.querySelectorAll("button") ?? [];
      [...rows][index]?.focus();
    });
  }

  /** Back to the row that led to the charts. */
  comeBack(): void {
    this.scrollIntoView({ block: "nearest" });
    this.focusRow(this.reached);
  }

  /** The run and some time around it, so that one sees what led to it. */
  private show(run: Run, { start, end }: Snapshot): void {
    const from = Math.max(start, momentOf(run));
    const to = run.to ?? (run.running ? end : from);
    const detail: ShowTime = { from, to: Math.max(from, to) };
    fireEvent(this, "hp-show-time", detail);
  }
}

define("hp-events")(EventsCard);

declare global {
  interface HTMLElementTagNameMap {
    "hp-events": EventsCard;
  }
}
