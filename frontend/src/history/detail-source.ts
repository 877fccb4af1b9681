/** Asks for what the calendar does not say of days: their temperatures, and what happened. */
import type { HeatPumpEvent, PumpInfo, Snapshot } from "../data/types.js";
import type { PanelError } from "../data/error.js";
import type { Span } from "../data/period.js";
import { question } from "../data/session.js";
import { eventsOf } from "../data/setting-changes.js";
import { firstOf } from "../data/subscription.js";
import { snapshotInFahrenheit } from "../data/units.js";
import { DAY, dayOf } from "../format/calendar.js";
import type { Zone } from "../format/zone.js";
import type { Connection } from "../ha/types.js";
import { AGAIN_MS, Answers, Revisions } from "./answers.js";
import { askedTimes } from "./calendar-source.js";
import type { Told } from "./odd-days.js";
import { dayTemperatures } from "./temperatures.js";
import type { DayTemperatures } from "./temperatures.js";
import { moments } from "./period.js";

/** From so many days on the rows that are sent are days. */
const LEAST_DAYS = 94;
/** Late points may change a day for so long. */
const SETTLED_MS = 3 * DAY;

/** Days that are asked for where only rows of days are of use: enough of them. */
const askedDays = ({ start, end }: Span): Span => ({
  start: Math.min(start, end - LEAST_DAYS * DAY),
  end,
});

const isNone = ({ start, end }: Span): boolean => start >= end;

const keyOf = (pump: string, { start, end }: Span) => `${pump} ${start} ${end}`;

/** The moment each alarm began or a setting was changed, oldest first. */
const toldOf = (events: readonly HeatPumpEvent[], zone: Zone): Told[] =>
  events
    .filter(({ kind, change }) => kind === "setting" || change === "raised")
    .map((event) => ({ day: dayOf(zone.local(event.time)), event }))
    .toReversed();

/** Null while it is not known, and why that is so where it was asked for in vain. */
export interface Detail<Answer> {
  found: Answer | null;
  error: PanelError | null;
}

/** Of no days there is nothing, and nothing is asked. */
const detail = <Answer>(
  answers: Answers<Answer[]>,
  pump: string,
  days: Span
): Detail<Answer[]> => {
  const key = keyOf(pump, days);
  if (isNone(days)) return { found: [], error: null };
  return { found: answers.get(key), error: answers.error(key) };
};

export class DetailSource {
  private connection: Connection | undefined;
  private fahrenheit = false;
  private readonly found: Answers<DayTemperatures[]>;
  private readonly told: Answers<Told[]>;
  private readonly revisions = new Revisions();

  constructor(private readonly now: () => number = () => Date.now()) {
    this.found = new Answers(now);
    this.told = new Answers(now);
  }

  connect(connection: Connection, fahrenheit: boolean): void {
    if (connection === this.connection && fahrenheit === this.fahrenheit)
      return;
    this.connection = connection;
    this.fahrenheit = fahrenheit;
    this.found.clear();
    this.told.clear();
  }

  /** Another past: what is over is asked for again, too. */
  follow(info: PumpInfo): void {
    if (!this.revisions.isOther(info)) return;
    this.found.renew();
    this.told.renew();
  }

  temperatures(pump: string, days: Span): Detail<DayTemperatures[]> {
    return detail(this.found, pump, days);
  }

  events(pump: string, days: Span): Detail<Told[]> {
    return detail(this.told, pump, days);
  }

  /** Forgets what failed, so that it is tried again. */
  retry(): void {
    this.found.retry();
    this.told.retry();
  }

  /** Whether there is something else to show: what came, or that it failed. */
  async askTemperatures(
    pump: string,
    days: Span,
    zone: Zone
  ): Promise<boolean> {
    const load = async (connection: Connection) => {
      const sent = (await firstOf(connection, {
        type: "heatpump_dashboard/subscribe",
        pump,
        ...question(moments(askedDays(days), zone)),
      })) as Snapshot;
      const snapshot = this.fahrenheit ? snapshotInFahrenheit(sent) : sent;
      return dayTemperatures(snapshot.readings, zone);
    };
    return this.ask(this.found, pump, days, load);
  }

  async askEvents(pump: string, days: Span, zone: Zone): Promise<boolean> {
    const kinds = ["alarm", "setting"];
    const load = async (connection: Connection) => {
      const asked = { pump, kinds, ...askedTimes(days, zone) };
      return toldOf(await eventsOf(connection, asked, this.fahrenheit), zone);
    };
    return this.ask(this.told, pump, days, load);
  }

  private async ask<Answer>(
    answers: Answers<Answer>,
    pump: string,
    days: Span,
    load: (connection: Connection) => Promise<Answer>
  ): Promise<boolean> {
    const { connection } = this;
    const key = keyOf(pump, days);
    if (!connection || isNone(days) || !answers.isDue(key)) return false;
    const holds = days.end < this.now() - SETTLED_MS ? Infinity : AGAIN_MS;
    try {
      return await answers.ask(
        key,
        () => load(connection),
        () => holds
      );
    } catch {
      return true;
    }
  }
}

export const detailSource = new DetailSource();
