import { html, LitElement, nothing } from "lit";
import type { PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { mdiArrowLeft } from "@mdi/js";
import type { Span } from "../data/period.js";
import { fetchCharts } from "../charts/libraries.js";
import { VIEWS } from "../charts/views.js";
import { Clock } from "../components/clock.js";
import type { Look } from "../components/context.js";
import { LookMaker } from "../components/look.js";
import { Narrowness } from "../components/narrowness.js";
import "../components/kpi/kpi-card.js";
import { FIGURES } from "../components/kpi/names.js";
import "../components/events/events.js";
import type { ShowTime } from "../components/events/events.js";
import { icon } from "../components/icon.js";
import "../components/notice.js";
import "../components/pills/status-pills.js";
import "../components/schematic/schematic.js";
import "../components/view-card.js";
import type { ViewCard } from "../components/view-card.js";
import { isPast } from "../data/past.js";
import { isPeriod, isSpan } from "../data/period.js";
import type { PageName } from "../data/page.js";
import { staleMinute } from "../data/stale.js";
import { PanelStore } from "../data/store.js";
import type { PumpInfo } from "../data/types.js";
import { concerns } from "../ha/concerns.js";
import { define } from "../ha/define.js";
import { INTEGRATION_PATH, navigate } from "../ha/navigate.js";
import { isReplaced, onReplaced } from "../ha/replaced.js";
import type { HomeAssistant } from "../ha/types.js";
import "./app-bar.js";
import { fetchPage } from "./fetch-page.js";
import { footnotes } from "./footnotes.js";
import {
  clockLine,
  isOutdated,
  lostLine,
  outdatedLine,
  replacedLine,
  troubleLine,
  withoutPump,
} from "./messages.js";
import { HELP_URL, menuItems } from "./menu-items.js";
import { Navigation } from "./navigation.js";
import { Derived } from "./derived.js";
import { exportPage, isSaved, printPage } from "./page-export.js";
import { PaperKeeper } from "./paper-keeper.js";
import { panelStyles } from "./styles.js";

/** px, as in the styles. */
const PHONE_BELOW = 700;
const STACKED_BELOW = 1100;

/** The page of the integration in Home Assistant's sidebar. */
export class HeatPumpDashboardPanel extends LitElement {
  /** Of the module that Home Assistant was told of. */
  static address = import.meta.url;

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
    (now) => staleMinute(this.store.state.snapshot, now),
    5_000
  );
  private readonly looks: LookMaker = new LookMaker(this);
  private readonly narrowness: Narrowness = new Narrowness(this, PHONE_BELOW);
  private readonly bars: Narrowness = new Narrowness(this, STACKED_BELOW);
  private readonly navigation = new Navigation(this.store, () => {
    this.closeUp = null;
    this.requestUpdate();
  });
  private readonly derived = new Derived();
  private stopListening: (() => void) | undefined;
  private readonly paper = new PaperKeeper(this, {
    shown: () => {
      const { store, looks, page } = this;
      return { ...store.state, look: looks.look, page };
    },
    redraw: () => {
      this.looks.make();
      this.requestUpdate();
    },
    print: () => {
      void this.print();
    },
  });
  /** The part of the period that an event leads to. */
  @state() private closeUp: Span | null = null;

  static override styles = panelStyles;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopListening = onReplaced(() => {
      this.requestUpdate();
    });
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening?.();
    this.navigation.end();
    this.store.disconnect();
  }

  protected override shouldUpdate(changed: PropertyValues): boolean {
    const before = changed.get("hass") as HomeAssistant | undefined;
    const { hass } = this;
    const alone = changed.size === 1 && hass && before;
    return !alone || concerns(before, hass);
  }

  protected override willUpdate(): void {
    const { hass } = this;
    if (!hass) return;
    this.looks.follow(hass);
    if (!this.isConnected) return;
    this.navigation.begin(hass.user?.id ?? "");
    this.store.connect(hass);
  }

  protected override updated(): void {
    const { pump, snapshot } = this.store.state;
    if (this.page === "now" && pump && !snapshot) fetchCharts();
    else fetchPage(this.page, this.hass?.locale.language ?? "");
    if (snapshot) void this.paper.prepare();
  }

  private get page(): PageName {
    return this.navigation.place.page;
  }

  override render() {
    const { hass } = this;
    const { look } = this.looks;
    if (!hass || !look) return nothing;
    const { pump, period } = this.store.state;
    return html`<div
      class="page"
      data-page=${this.page}
      data-range=${isSpan(period) ? "span" : period}
      @hp-range=${this.choosePeriod}
      @hp-pump=${this.choosePump}
      @hp-retry=${this.retry}
    >
      ${this.appBar(hass, look)}${this.versionLine(look)}
      ${
        pump
          ? this.shown(hass, pump, look)
          : withoutPump(this.store.state, look, this.admin)
      }
      ${pump && this.narrowness.narrow ? this.bottomTabs(look) : nothing}
    </div>`;
  }

  private shown(hass: HomeAssistant, pump: PumpInfo, look: Look) {
    if (this.page === "now") return this.dashboard(pump, look);
    if (this.page === "insights") return this.insights(hass, pump, look);
    return html`<hp-history-page
      .hass=${hass}
      .look=${look}
      .info=${pump}
      .parts=${this.navigation.place.parts}
      .last=${this.store.state.snapshot?.status.time ?? null}
      .error=${this.store.state.error}
    ></hp-history-page>`;
  }

  private insights(hass: HomeAssistant, pump: PumpInfo, look: Look) {
    return html`<hp-insights-page
      .hass=${hass}
      .look=${look}
      .info=${pump}
      .parts=${this.navigation.place.parts}
      .last=${this.store.state.snapshot?.status ?? null}
      .narrow=${this.narrowness.narrow}
    ></hp-insights-page>`;
  }

  private bottomTabs(look: Look) {
    return html`<hp-page-tabs
      bottom
      .look=${look}
      .page=${this.page}
      .address=${this.address}
    ></hp-page-tabs>`;
  }

  private readonly address = (page: PageName): string =>
    this.navigation.address({ page, parts: [] });

  private appBar(hass: HomeAssistant, look: Look) {
    const { info, pump, period, range, snapshot, error, connected } =
      this.store.state;
    return html`<hp-app-bar
      .hass=${hass}
      .narrow=${this.narrow}
      .compact=${this.narrowness.narrow}
      .stacked=${this.bars.narrow}
      .page=${this.page}
      .address=${this.address}
      .look=${look}
      .pumps=${info?.pumps ?? []}
      .pump=${pump}
      .period=${period}
      .range=${range}
      .last=${snapshot?.status}
      .connected=${connected && !error?.retryAt}
      .items=${menuItems(look, this.admin, this.page)}
      @hp-menu=${this.chooseFromMenu}
    ></hp-app-bar>`;
  }

  private dashboard(pump: PumpInfo, look: Look) {
    const { error, period, snapshot: known } = this.store.state;
    const until = this.staleUntil.value;
    const snapshot = known && this.derived.snapshot(known, until, period);
    const cards = known && this.derived.kpis(known, pump, look, until !== null);
    const { text } = look;
    const past = known && isPast(known) ? "past" : "";
    return html`<main class="${error ? "still" : ""} ${past}">
      ${troubleLine(this.store.state, look)}
      ${clockLine(this.store.state, look)} ${lostLine(pump, look)}
      ${past ? nothing : this.verdict(pump, look)}
      <hp-pills
        .info=${pump}
        .snapshot=${known}
        .staleUntil=${until}
        .look=${look}
      ></hp-pills>
      <section class="kpis" aria-label=${text("panel.figures")}>
        ${FIGURES.map(
          (name) =>
            html`<hp-kpi-card
              .name=${name}
              .kpi=${cards?.find(({ key }) => key === name) ?? null}
              .failed=${error !== null}
              .look=${look}
            ></hp-kpi-card>`
        )}
      </section>
      <button type="button" class="skip" @click=${this.skipCharts}>
        ${text("view.skip")}
      </button>
      <section
        class="views"
        aria-label=${text("panel.views")}
        @hp-show-time=${this.showTime}
      >
        <hp-schematic
          .info=${pump}
          .snapshot=${known}
          .staleUntil=${until}
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
              .staleUntil=${until}
              .admin=${this.admin}
              .connection=${this.hass?.connection}
              .choosesPeriod=${true}
              .foldable=${this.narrowness.narrow}
              .closeUp=${this.closeUp}
            ></hp-view-card>`
        )}
        <hp-events
          tabindex="-1"
          .info=${pump}
          .snapshot=${snapshot}
          .error=${error}
          .look=${look}
        ></hp-events>
      </section>
      ${this.closeUp ? this.wayBack(look) : nothing}
      <footer>${footnotes(snapshot, pump, look)}</footer>
    </main>`;
  }

  private verdict(pump: PumpInfo, look: Look) {
    return html`<hp-verdict-line
      .look=${look}
      .info=${pump}
      .connection=${this.hass?.connection}
      .time=${this.store.state.snapshot?.status.time ?? null}
      .address=${this.address("insights")}
    ></hp-verdict-line>`;
  }

  /** From the charts to the event that led there. */
  private wayBack({ text }: Look) {
    return html`<button
      type="button"
      class="action back"
      @click=${this.comeBack}
    >
      ${icon(mdiArrowLeft)}${text("events.back")}
    </button>`;
  }

  private comeBack(): void {
    this.closeUp = null;
    this.renderRoot.querySelector("hp-events")?.comeBack();
  }

  private versionLine(look: Look) {
    const { info } = this.store.state;
    if (isOutdated(HeatPumpDashboardPanel.address, info?.bundle))
      return outdatedLine(look);
    return isReplaced() ? replacedLine(look) : nothing;
  }

  private retry({ target }: Event): void {
    this.store.retry();
    const page = this.renderRoot.querySelector(`hp-${this.page}-page`);
    // What it asks for itself, it has tried already.
    if (page !== target) (page as { retry?: () => void } | null)?.retry?.();
  }

  private get admin(): boolean {
    return this.hass?.user?.is_admin ?? false;
  }

  private choosePeriod({ detail }: CustomEvent<unknown>): void {
    this.closeUp = null;
    if (isPeriod(detail)) this.navigation.choose(null, detail);
  }

  private choosePump({ detail }: CustomEvent<string>): void {
    this.closeUp = null;
    this.navigation.choose(detail, null);
  }

  private skipCharts(): void {
    this.renderRoot.querySelector("hp-events")?.focus();
  }

  private async showTime({ detail }: CustomEvent<ShowTime>): Promise<void> {
    this.closeUp = { start: detail.from, end: detail.to };
    const chart = this.renderRoot.querySelector<ViewCard>(".temperature");
    chart?.unfold();
    await chart?.updateComplete;
    chart?.scrollIntoView({ block: "nearest" });
  }

  private async export(key: Parameters<typeof exportPage>[0]): Promise<void> {
    const { pump: info, snapshot } = this.store.state;
    const { look } = this.looks;
    if (info && snapshot && look)
      await exportPage(key, { snapshot, info, look });
  }

  private async print(): Promise<void> {
    const { pump: info, snapshot: known, period } = this.store.state;
    const { look } = this.looks;
    if (!info || !known || !look) return;
    const staleUntil = this.staleUntil.value;
    await printPage({
      info,
      known,
      snapshot: this.derived.snapshot(known, staleUntil, period),
      kpis: this.derived.kpis(known, info, look, staleUntil !== null),
      staleUntil,
      look,
      period,
    });
  }

  private chooseFromMenu({ detail }: CustomEvent<string>): void {
    if (isSaved(detail)) void this.export(detail);
    if (detail === "print") void this.print();
    if (detail === "settings") navigate(INTEGRATION_PATH);
    if (detail === "help") window.open(HELP_URL, "_blank", "noopener");
  }
}

define("heatpump-dashboard-panel")(HeatPumpDashboardPanel);

declare global {
  interface HTMLElementTagNameMap {
    "heatpump-dashboard-panel": HeatPumpDashboardPanel;
  }
}
