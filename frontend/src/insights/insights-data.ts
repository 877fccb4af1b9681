/** Asks for answers and for what they rest on, as long as its host is shown. */
import type { LitElement, ReactiveController } from "lit";
import type { Look } from "../components/context.js";
import { HomeLook } from "../components/home-look.js";
import type { PanelError } from "../data/error.js";
import type { PumpInfo } from "../data/types.js";
import type { HomeAssistant } from "../ha/types.js";
import { CARDS } from "./cards.js";
import { insightsSource } from "./insights-source.js";
import type { Answers, Explained, Insight } from "./types.js";

/** How often it is looked whether something is to be asked again. */
const TICK_MS = 2_000;

export class InsightsData implements ReactiveController {
  readonly home: HomeLook;
  /** What is asked for beside what the answers rest on. */
  also: string | null = null;
  private pump = "";
  private timer = 0;
  /** What was known when the host was drawn last. */
  private drawn: unknown[] = [];

  /** `wanted`: whether what an answer rests on is shown. */
  constructor(
    private readonly host: LitElement,
    private readonly wanted: (id: string) => boolean = () => true
  ) {
    this.home = new HomeLook(host, "insights");
    host.addController(this);
  }

  get look(): Look | undefined {
    return this.home.own;
  }

  hostConnected(): void {
    this.timer = window.setInterval(() => {
      if (!document.hidden) void this.ask();
    }, TICK_MS);
  }

  hostDisconnected(): void {
    window.clearInterval(this.timer);
  }

  hostUpdated(): void {
    this.drawn = this.known;
    void this.ask();
  }

  /** Belongs into `willUpdate`. */
  follow(hass: HomeAssistant, look: Look, info: PumpInfo | undefined): void {
    this.host.toggleAttribute("dark", look.theme.dark);
    this.home.follow(hass, look);
    insightsSource.connect(hass.connection);
    this.pump = info?.id ?? "";
  }

  get answers(): Answers | null {
    return insightsSource.answers(this.pump);
  }

  /** Those that have a card. */
  get insights(): Insight[] {
    return (this.answers?.insights ?? []).filter(({ id }) =>
      CARDS.some((card) => card.id === id)
    );
  }

  insight(id: string): Insight | null {
    return this.insights.find((each) => each.id === id) ?? null;
  }

  evidence(id: string): Explained | null {
    return insightsSource.evidence(this.pump, id);
  }

  /** Why the answers did not come, or what this one rests on. */
  error(id?: string): PanelError | null {
    return insightsSource.error(this.pump, id);
  }

  /** Tries again what failed. */
  retry(): void {
    insightsSource.forget(this.pump);
    void this.ask();
    this.host.requestUpdate();
  }

  /** First the answers, then what each of them rests on, side by side. */
  private async ask(): Promise<void> {
    const { pump } = this;
    if (!pump) return;
    await insightsSource.ask(pump);
    this.draw();
    const shown = this.insights.filter(
      ({ id, from }) =>
        this.wanted(id) &&
        (from !== null || CARDS.some((card) => card.id === id && card.methods))
    );
    const ids = shown.map(({ id }) => id);
    if (this.also !== null && this.answers) ids.push(this.also);
    await insightsSource.explain(pump, ids);
    this.draw();
  }

  private get known(): unknown[] {
    const ids: string[] = CARDS.map(({ id }) => id).filter(this.wanted);
    if (this.also !== null) ids.push(this.also);
    return [
      ...[this.answers, this.error()],
      ...ids.flatMap((id) => [this.evidence(id), this.error(id)]),
    ];
  }

  /** Also where somebody else asked, and what came is for all. */
  private draw(): void {
    const { drawn, known } = this;
    if (known.some((each, i) => each !== drawn[i])) this.host.requestUpdate();
  }
}
