import { html, LitElement, nothing } from "lit";
import type { PropertyValues } from "lit";
import { property, query, state } from "lit/decorators.js";
import { mdiCalendarBlankOutline, mdiFileDelimitedOutline } from "@mdi/js";
import { isOther } from "../../data/period.js";
import type { Run } from "../../data/runs.js";
import { EVENT_KINDS, momentOf, runsOf } from "../../data/runs.js";
import type { EventKind, PumpInfo, Snapshot } from "../../data/types.js";
import type { ExportOf } from "../../export/export.js";
import { define } from "../../ha/define.js";
import { fireEvent } from "../../ha/fire-event.js";
import { fetched } from "../../ha/replaced.js";
import type { Look } from "../context.js";
import { icon } from "../icon.js";
import "../menu.js";
import "../notice.js";
import { baseStyles, cardStyles } from "../styles.js";
import { viewCardStyles } from "../view-card-styles.js";
import { remarkLine } from "../view-parts.js";
import { wholeParts, wholeStyles } from "../whole.js";
import { dayName, KIND_ICONS, rowOf, spanName } from "./rows.js";
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

/** All that happened in the period, by day; a row leads to its moment in the charts. */
export class EventsCard extends LitElement {
  @property({ attribute: false }) info: PumpInfo | undefined;
  @property({ attribute: false }) snapshot: Snapshot | null = null;
  @property({ attribute: false }) look: Look | undefined;

  @state() private kind: EventKind | null = null;
  @state() private limit = PAGE;
  @state() private all = false;
  /** Index of the row that the keyboard reaches. */
  @state() private reached = 0;
  @query(".more") private more!: HTMLElement | null;
  @query("ol") private list!: HTMLElement | null;

  private runs: readonly Run[] = [];
  private chosen: readonly Run[] = [];
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
      if (!snapshot || isOther(changed.get("snapshot"), snapshot))
        [this.limit, this.all, this.reached] = [PAGE, false, 0];
    }
    if (!this.runs.some(({ kind }) => kind === this.kind)) this.kind = null;
    this.chosen = this.kind
      ? this.runs.filter(({ kind }) => kind === this.kind)
      : this.runs;
  }

  protected override updated(): void {
    this.sight.disconnect();
    if (this.more) this.sight.observe(this.more);
  }

  override render() {
    const { look, snapshot, info } = this;
    if (!look || !info) return nothing;
    const { text } = look;
    const count = this.runs.length;
    return html`<article
      data-card="events"
      data-state=${snapshot ? (count ? "ready" : "empty") : "loading"}
      aria-labelledby="title"
      aria-busy=${snapshot ? "false" : "true"}
    >
      <div class="head">
        <h2 id="title">${text("events.title")}</h2>
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
          snapshot && count
            ? html`<hp-menu
                .items=${[
                  {
                    key: "csv",
                    label: text("view.menu.csv"),
                    icon: mdiFileDelimitedOutline,
                  },
                ]}
                label=${text("view.menu.title", { view: text("events.title") })}
                @hp-menu=${() => {
                  void this.save({ snapshot, info, look });
                }}
              ></hp-menu>`
            : nothing
        }
      </div>
      ${snapshot ? this.content(snapshot, info, look) : this.bones()}
    </article>`;
  }

  private bones() {
    return html`<div class="bones" aria-hidden="true">
      ${[1, 2, 3, 4, 5].map(() => html`<i class="bone"></i>`)}
    </div>`;
  }

  private content(snapshot: Snapshot, info: PumpInfo, look: Look) {
    const { chosen } = this;
    const { text } = look;
    if (!chosen.length) {
      const notice = {
        state: "empty" as const,
        icon: mdiCalendarBlankOutline,
        title: text("events.none"),
        help: "",
        action: null,
      };
      return html`<div class="body">
        <hp-notice style="flex:1" .notice=${notice} .look=${look}></hp-notice>
      </div>`;
    }
    return html`${this.filter(look)}
      <div class="scroller ${this.all ? "all" : ""}">
        <ol aria-labelledby="title" @keydown=${this.move}>
          ${chosen
            .slice(0, this.limit)
            .map((run, i) => this.row(run, i, { snapshot, info, ...look }))}
          ${chosen.length > this.limit ? html`<li class="more"></li>` : nothing}
        </ol>
        ${
          chosen.length > FEW && !this.all
            ? html`<button
                type="button"
                class="show-all"
                @click=${this.showAll}
              >
                ${text("events.show_all", { count: chosen.length })}
              </button>`
            : nothing
        }
      </div>`;
  }

  private filter({ text }: Look) {
    const chip = (kind: EventKind | null, name: string, count: number) =>
      html`<button
        type="button"
        data-kind=${kind ?? "all"}
        aria-pressed=${kind === this.kind ? "true" : "false"}
        @click=${() => {
          this.choose(kind);
        }}
      >
        ${name} ${count}
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

  private row(run: Run, index: number, input: Parameters<typeof rowOf>[1]) {
    const { chosen } = this;
    const { snapshot, format, text } = input;
    const moment = momentOf(run);
    // A span may end long ago.
    const now = snapshot.range ? snapshot.end : Date.now();
    const above = chosen[index - 1];
    const newDay =
      !above || format.dayStart(momentOf(above)) !== format.dayStart(moment);
    const before = run.running
      ? this.runs.find((other) => other !== run && other.kind === run.kind)
      : undefined;
    const { time, title, detail, duration } = rowOf(run, input, before);
    return html`<li>
      ${newDay ? html`<h3>${dayName(moment, now, input)}</h3>` : nothing}
      <button
        type="button"
        class=${run.kind}
        title=${text("events.show")}
        tabindex=${index === this.reached ? 0 : -1}
        @focus=${() => {
          this.reached = index;
        }}
        @click=${() => {
          this.show(run, snapshot);
        }}
      >
        <time
          class=${time.length > 5 ? "twelve" : ""}
          datetime=${new Date(moment).toISOString()}
          >${time}</time
        >
        <i>${icon(KIND_ICONS[run.kind])}</i>
        <span class="what"
          ><span>${title}</span>
          <small class="whole">${wholeParts(detail)}</small></span
        >
        <span class="long">${duration}</span>
      </button>
    </li>`;
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
    if (!step) return;
    event.preventDefault();
    this.focusRow(this.reached + step);
  }

  private focusRow(index: number): void {
    void this.updateComplete.then(() => {
      const rows = this.list?.querySelectorAll("button") ?? [];
      [...rows][index]?.focus();
    });
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
