/** Keeps the model of a period: asks for what is missing or old, as long as its host is shown. */
import type { LitElement, ReactiveController } from "lit";
import type { Look } from "../components/context.js";
import type { PumpInfo } from "../data/types.js";
import { HomeLook } from "../components/home-look.js";
import { usesFahrenheit } from "../data/units.js";
import type { Zone } from "../format/zone.js";
import type { HomeAssistant } from "../ha/types.js";
import { calendarSource } from "./calendar-source.js";
import type { Question } from "./calendar-source.js";
import {
  dayQuestions,
  firstDay,
  firstQuestions,
  modelOf,
  wholeQuestion,
} from "./model.js";
import type { HistoryModel, ModelInput } from "./model.js";
import type { Comparison, HistoryPeriod } from "./period.js";

/** How often it is looked whether something is to be asked again. */
const TICK_MS = 2_000;

/** What is asked for beside the calendar; of each whether anything came. */
type More = (model: HistoryModel, zone: Zone) => Promise<boolean>[];

export class HistoryData implements ReactiveController {
  /** Null while what it needs is not there. */
  model: HistoryModel | null = null;
  private asked: Omit<ModelInput, "now" | "rows" | "firstReading"> | undefined;
  private timer = 0;
  readonly home: HomeLook;

  constructor(
    private readonly host: LitElement,
    private readonly more: More = () => []
  ) {
    this.home = new HomeLook(host, "history");
    host.addController(this);
  }

  get look(): Look | undefined {
    return this.home.own;
  }

  /** The local time it is. */
  get now(): number {
    return this.look?.format.zone.local(Date.now()) ?? Date.now();
  }

  hostConnected(): void {
    this.timer = window.setInterval(() => {
      if (!document.hidden) this.ask();
    }, TICK_MS);
  }

  hostDisconnected(): void {
    window.clearInterval(this.timer);
  }

  hostUpdated(): void {
    this.ask();
  }

  /** Belongs into `willUpdate`, before what needs the look or the time. */
  follow(hass: HomeAssistant, look: Look): void {
    this.home.follow(hass, look);
    calendarSource.connect(hass.connection, usesFahrenheit(hass));
  }

  show(period: HistoryPeriod, comparison: Comparison, info: PumpInfo): void {
    calendarSource.follow(info);
    this.asked = { period, comparison, info };
    this.model = modelOf(this.input(this.asked));
  }

  /** Tries again what failed. */
  retry(): void {
    calendarSource.retry();
    this.ask();
  }

  private input(
    asked: Omit<ModelInput, "now" | "rows" | "firstReading">
  ): ModelInput {
    const { id, first_reading: first } = asked.info;
    const rows = (question: Question) => calendarSource.rows(id, question);
    const local = this.look?.format.zone.local;
    const firstReading = first === null ? null : (local?.(first) ?? null);
    return { ...asked, firstReading, now: this.now, rows };
  }

  /** First since when there are readings, then the days of them. */
  private ask(): void {
    const { asked, look, model } = this;
    if (!asked || !look) return;
    const input = this.input(asked);
    const first = firstDay(input);
    const whole = wholeQuestion(asked.period, input.now);
    const isKnown = first !== null && !Number.isNaN(first);
    const questions = [
      ...firstQuestions(input.now),
      ...(whole?.unit === "week" ? [whole] : []),
      ...(isKnown ? dayQuestions(input, first) : []),
    ];
    const { zone } = look.format;
    const asking = [
      calendarSource.ask(asked.info.id, questions, zone),
      ...(model ? this.more(model, zone) : []),
    ];
    // What comes first is shown first.
    for (const each of asking) void this.showWhen(each);
  }

  private async showWhen(coming: Promise<boolean>): Promise<void> {
    if (await coming) this.host.requestUpdate();
  }
}
