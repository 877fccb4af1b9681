/** Asks for what the calendar does not say of days: their temperatures, and alarms. */
import type { HeatPumpEvent, Snapshot } from "../data/types.js";
import type { Span } from "../data/period.js";
import { question } from "../data/session.js";
import { firstOf } from "../data/subscription.js";
import { snapshotInFahrenheit } from "../data/units.js";
import { DAY, dayOf } from "../format/calendar.js";
import type { Zone } from "../format/zone.js";
import type { Connection } from "../ha/types.js";
import { AGAIN_MS, Answers } from "./answers.js";
import { askedTimes } from "./calendar-source.js";
import type { Told } from "./odd-days.js";
import { dayTemperatures } from "./temperatures.js";
import type { DayTemperatures } from "./temperatures.js";
import { moments } from "./period.js";

/** From so many days on the rows that are sent are days. */
const LEAST_DAYS = 94;
/** Late points may change a day for so long. */
const SETTLED_MS = 3 * DAY;
/** Of one answer; the newest. */
const MOST_ALARMS = 200;

/** The days that are asked for to see some of them as days. */
export const askedDays = ({ start, end }: Span, now: number): Span => {
  const last = Math.min(end, dayOf(now) + DAY);
  return { start: Math.min(start, last - LEAST_DAYS * DAY), end: last };
};

const keyOf = (pump: string, { start, end }: Span) => `${pump} ${start} ${end}`;

/** The moment each alarm began, oldest first. */
const toldOf = (events: readonly HeatPumpEvent[], zone: Zone): Told[] =>
  events
    .filter(({ change }) => change === "raised")
    .map((event) => ({ day: dayOf(zone.local(event.time)), event }))
    .toReversed();

export class DetailSource {
  private connection: Connection | undefined;
  private fahrenheit = false;
  private readonly found: Answers<DayTemperatures[]>;
  private readonly told: Answers<Told[]>;

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

  temperatures(pump: string, days: Span): DayTemperatures[] | null {
    return this.found.get(keyOf(pump, days));
  }

  alarms(pump: string, days: Span): Told[] | null {
    return this.told.get(keyOf(pump, days));
  }

  /** Whether anything new came; what fails is only not shown, and asked for again. */
  async askTemperatures(
    pump: string,
    days: Span,
    zone: Zone
  ): Promise<boolean> {
    const load = async (connection: Connection) => {
      const sent = (await firstOf(connection, {
        type: "heatpump_dashboard/subscribe",
        pump,
        ...question(moments(days, zone)),
      })) as Snapshot;
      const snapshot = this.fahrenheit ? snapshotInFahrenheit(sent) : sent;
      return dayTemperatures(snapshot.readings, zone);
    };
    return this.ask(this.found, keyOf(pump, days), days, load);
  }

  async askAlarms(pump: string, days: Span, zone: Zone): Promise<boolean> {
    const load = async (connection: Connection) => {
      const { events } = (await connection.sendMessagePromise({
        ...{ type: "heatpump_dashboard/events", pump, kinds: ["alarm"] },
        ...{ limit: MOST_ALARMS, ...askedTimes(days, zone) },
      })) as { events: HeatPumpEvent[] };
      return toldOf(events, zone);
    };
    return this.ask(this.told, keyOf(pump, days), days, load);
  }

  private async ask<Answer>(
    answers: Answers<Answer>,
    key: string,
    { end }: Span,
    load: (connection: Connection) => Promise<Answer>
  ): Promise<boolean> {
    const { connection } = this;
    if (!connection || !answers.isDue(key)) return false;
    const holds = end < this.now() - SETTLED_MS ? Infinity : AGAIN_MS;
    try {
      return await answers.ask(
        key,
        () => load(connection),
        () => holds
      );
    } catch {
      return false;
    }
  }
}

export const detailSource = new DetailSource();
