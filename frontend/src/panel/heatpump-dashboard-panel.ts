import { html, LitElement, nothing } from "lit";
import type { PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import type { TimeWindow } from "../charts/frame.js";
import { VIEWS } from "../charts/views.js";
import { Clock } from "../components/clock.js";
import type { Look } from "../components/context.js";
import { LookMaker } from "../components/look.js";
import { kpis } from "../components/kpi/figures.js";
import type { Kpi } from "../components/kpi/figures.js";
import "../components/kpi/kpi-card.js";
import type { ShowTime } from "../components/events/events.js";
import "../components/notice.js";
import "../components/pills/status-pills.js";
import "../components/schematic/schematic.js";
import "../components/view-card.js";
import { errorNotice } from "../components/view-state.js";
import type { Notice } from "../components/view-state.js";
import { isRange } from "../data/range.js";
import { asOf, isStale } from "../data/stale.js";
import { PanelStore } from "../data/store.js";
import type { PumpInfo, Snapshot } from "../data/types.js";
import { readUrl, writeUrl } from "../data/url-state.js";
import { define } from "../ha/define.js";
import type { HomeAssistant } from "../ha/types.js";
import { mdiHeatPump } from "@mdi/js";
import "./app-bar.js";
import { panelStyles } from "./styles.js";

void import("../components/events/events.js");

const KPI_PLACES = 6;
const MINUTE = 60_000;

/** Of all that Home Assistant says, what the panel looks different for. */
const concerns = (one: HomeAssistant, other: HomeAssistant): boolean =>
  one.themes !== other.themes ||
  one.locale !== other.locale ||
  one.connection !== other.connection ||
  one.config.time_zone !== other.config.time_zone ||
  one.user !== other.user;

/** The page of the integration in Home Assistant's sidebar. */
export class HeatPumpDashboardPanel extends LitElement {
  @property({ attribute: false }) hass: HomeAssistant | undefined;
  @property({ type: Boolean }) narrow = false;
  @property({ attribute: false }) route: unknown;
  @property({ attribute: false }) panel: unknown;

  private readonly store = new PanelStore(() => {
    this.requestUpdate();
  });
  /** The minute up to which old readings are to be shown; null while they are fresh. */
  private readonly staleUntil = new Clock(
    this,
    (now) =>
      isStale(this.store.state.snapshot?.status.time ?? null, now)
        ? Math.floor(now / MINUTE) * MINUTE
        : null,
    5_000
  );
  private readonly looks: LookMaker = new LookMaker(this);
  private shown: { of: Snapshot; until: number | null; as: Snapshot } | null =
    null;
  private figures: {
    of: Snapshot;
    info: PumpInfo;
    look: Look;
    kpis: Kpi[];
  } | null = null;

  /** The part of the period that an event leads to. */
  @state() private closeUp: TimeWindow | null = null;

  static override styles = panelStyles;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("popstate", this.followUrl);
    this.followUrl();
    this.writeUrl("replaceState");
    if (this.hass) this.store.connect(this.hass.connection);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("popstate", this.followUrl);
    this.store.disconnect();
  }

  protected override shouldUpdate(changed: PropertyValues): boolean {
    const before = changed.get("hass") as HomeAssistant | undefined;
    return !(
      changed.size === 1 &&
      this.hass &&
      before &&
      !concerns(before, this.hass)
    );
  }

  protected override willUpdate(): void {
    const { hass } = this;
    if (!hass) return;
    this.looks.follow(hass);
    if (this.isConnected) this.store.connect(hass.connection);
  }

  override render() {
    const { hass } = this;
    const { look } = this.looks;
    if (!hass || !look) return nothing;
    const { info, pump, range, snapshot, error, connected } = this.store.state;
    return html`<div
      class="page"
      data-range=${range}
      @hp-range=${this.chooseRange}
      @hp-pump=${this.choosePump}
      @hp-retry=${() => {
        this.store.retry();
      }}
    >
      <hp-app-bar
        .hass=${hass}
        .narrow=${this.narrow}
        .look=${look}
        .pumps=${info?.pumps ?? []}
        .pump=${pump}
        .range=${range}
        .time=${snapshot ? snapshot.status.time : undefined}
        .connected=${connected && !error}
      ></hp-app-bar>
      ${pump ? this.dashboard(pump, look) : this.withoutPump(look)}
    </div>`;
  }

  private dashboard(pump: PumpInfo, look: Look) {
    const { error, range } = this.store.state;
    const snapshot = this.present();
    const { text } = look;
    const period = this.store.state.snapshot;
    const cards = period ? this.kpis(period, pump, look) : null;
    return html`<main>
      <hp-pills
        .info=${pump}
        .snapshot=${period}
        .staleUntil=${this.staleUntil.value}
        .look=${look}
      ></hp-pills>
      <section class="kpis" aria-label=${text("panel.figures")}>
        ${(cards ?? new Array<null>(KPI_PLACES).fill(null)).map(
          (kpi) => html`<hp-kpi-card .kpi=${kpi} .look=${look}></hp-kpi-card>`
        )}
      </section>
      <section
        class="views"
        aria-label=${text("panel.views")}
        @hp-show-time=${this.showTime}
      >
        <hp-schematic
          .info=${pump}
          .snapshot=${period}
          .staleUntil=${this.staleUntil.value}
          .look=${look}
        ></hp-schematic>
        ${VIEWS.map(
          (view) =>
            html`<hp-view-card
              class=${view.key}
              .view=${view}
              .info=${pump}
              .snapshot=${snapshot}
              .error=${error}
              .look=${look}
              .staleUntil=${this.staleUntil.value}
              .admin=${this.hass?.user?.is_admin ?? false}
              .closeUp=${this.closeUp}
            ></hp-view-card>`
        )}
        <hp-events
          .info=${pump}
          .snapshot=${snapshot}
          .look=${look}
        ></hp-events>
      </section>
      <footer>
        ${snapshot ? this.footnotes(snapshot, pump, range, look) : nothing}
      </footer>
    </main>`;
  }

  private footnotes(
    { totals }: Snapshot,
    { settings }: PumpInfo,
    range: string,
    { text, format }: Look
  ) {
    const factor = format.number(settings.flow_factor, 1);
    const byFlow = totals.estimated.includes("heat");
    return html`${
      totals.estimated.length
        ? html`<span
            >${
              byFlow
                ? text("panel.footnote_flow", { factor })
                : text("panel.footnote_estimated")
            }</span
          >`
        : nothing
    }
    ${
      totals.coverage === null
        ? nothing
        : html`<span
            >${text("panel.footnote_coverage", {
              coverage: format.percent(totals.coverage, 1),
              span: text(`range.${range}.span`),
            })}</span
          >`
    }`;
  }

  /** No heat pump, or nothing known yet: the reason, or nothing while it is asked for. */
  private withoutPump(look: Look) {
    const { info, error } = this.store.state;
    const { text } = look;
    if (info) {
      const admin = this.hass?.user?.is_admin ?? false;
      return this.message(look, {
        state: "missing",
        icon: mdiHeatPump,
        title: text("setup.title"),
        help: text(admin ? "setup.help" : "setup.ask"),
        action: admin ? { kind: "settings", label: text("setup.open") } : null,
      });
    }
    return error ? this.message(look, errorNotice(error, look)) : nothing;
  }

  private message(look: Look, notice: Notice) {
    return html`<main class="message">
      <hp-notice
        .look=${look}
        .notice=${notice}
        .retryAt=${this.store.state.error?.retryAt ?? null}
      ></hp-notice>
    </main>`;
  }

  private present(): Snapshot | null {
    const { snapshot } = this.store.state;
    if (!snapshot) return null;
    const until = this.staleUntil.value;
    if (this.shown?.of !== snapshot || this.shown.until !== until) {
      const as = until === null ? snapshot : asOf(snapshot, until);
      this.shown = { of: snapshot, until, as };
    }
    return this.shown.as;
  }

  private kpis(snapshot: Snapshot, info: PumpInfo, look: Look): Kpi[] {
    if (
      this.figures?.of !== snapshot ||
      this.figures.info !== info ||
      this.figures.look !== look
    ) {
      const { format, text } = look;
      const all = kpis({ snapshot, info, format, text });
      this.figures = { of: snapshot, info, look, kpis: all };
    }
    return this.figures.kpis;
  }

  private readonly followUrl = (): void => {
    const { pump, range } = readUrl(location.search);
    this.store.select(pump, range);
  };

  private chooseRange({ detail }: CustomEvent<unknown>): void {
    if (isRange(detail)) this.choose(null, detail);
  }

  private choosePump({ detail }: CustomEvent<string>): void {
    this.choose(detail, null);
  }

  private showTime({ detail }: CustomEvent<ShowTime>): void {
    this.closeUp = { start: detail.from, end: detail.to };
    this.renderRoot
      .querySelector(".temperature")
      ?.scrollIntoView({ block: "nearest" });
  }

  private choose(...choice: Parameters<PanelStore["select"]>): void {
    this.store.select(...choice);
    this.writeUrl("pushState");
  }

  /** The pump is in the address once it was chosen; Home Assistant's own state stays. */
  private writeUrl(how: "pushState" | "replaceState"): void {
    const { pump, range } = this.store.state;
    const { pathname, search } = location;
    const chosen = how === "pushState" || readUrl(search).pump !== null;
    const id = chosen ? (pump?.id ?? readUrl(search).pump) : null;
    const next = writeUrl(search, { pump: id, range });
    if (next !== search) history[how](history.state, "", pathname + next);
  }
}

define("heatpump-dashboard-panel")(HeatPumpDashboardPanel);

declare global {
  interface HTMLElementTagNameMap {
    "heatpump-dashboard-panel": HeatPumpDashboardPanel;
  }
}
