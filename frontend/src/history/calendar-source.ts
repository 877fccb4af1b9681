/** Asks for the figures of the calendar and keeps them as long as the page of Home Assistant lives. */
import { AGAIN_MS, AGAIN_UNKNOWN_MS, Answers, Revisions } from "./answers.js";
import { toPanelError } from "../data/error.js";
import type { PanelError } from "../data/error.js";
import type { Span } from "../data/period.js";
import type { PumpInfo } from "../data/types.js";
import type { Zone } from "../format/zone.js";
import { DAY } from "../format/calendar.js";
import type { Connection } from "../ha/types.js";
import { startAfter, startOf } from "./period.js";
import type { Unit } from "./period.js";
import type { CalendarRow, CalendarTotals } from "./figures.js";

/** What is asked for: rows of a unit, the local days of them. */
export interface Question extends Span {
  unit: Exclude<Unit, "all">;
}

/** Late points may change a day for so long. */
const SETTLED_MS = 3 * DAY;

const FIRST = Date.UTC(1990, 0, 1);

const keyOf = (pump: string, { unit, start, end }: Question) =>
  `${pump} ${unit} ${start} ${end}`;

const toRows = (
  rows: readonly Omit<CalendarRow, "day">[],
  zone: Zone,
  fahrenheit: boolean
): CalendarRow[] =>
  rows.map((row) => ({
    ...row,
    totals: row.totals && (fahrenheit ? inFahrenheit(row.totals) : row.totals),
    day: zone.local(row.start),
  }));

const inFahrenheit = (totals: CalendarTotals): CalendarTotals => ({
  ...totals,
  outdoor_mean:
    totals.outdoor_mean === null ? null : totals.outdoor_mean * 1.8 + 32,
});

/** Local days as they are asked for. */
export const askedTimes = ({ start, end }: Span, zone: Zone) => ({
  start_time: new Date(zone.utc(start)).toISOString(),
  end_time: new Date(zone.utc(end)).toISOString(),
});

/** One question for each heating year of days, so that what is over is asked once. */
export const questionsOf = (days: Span, now: number): Question[] => {
  const questions: Question[] = [];
  const last = Math.min(days.end, now + DAY);
  let start = startOf("heating_year", days.start);
  while (start < last) {
    const end = startAfter("heating_year", start, 1);
    questions.push({ unit: "day", start, end });
    start = end;
  }
  return questions;
};

/** Rows of the whole time: they are few. */
export const wholeTime = (unit: Question["unit"], now: number): Question => ({
  unit,
  start: FIRST,
  end: startAfter("year", startOf("year", now), 2),
});

export class CalendarSource {
  error: PanelError | null = null;
  private connection: Connection | undefined;
  private readonly answers: Answers<CalendarRow[]>;
  private fahrenheit = false;
  private readonly revisions = new Revisions();
  /** By heat pump: what its figures were computed with. */
  private readonly settings = new Map<string, string>();

  constructor(now?: () => number) {
    this.answers = new Answers(now);
  }

  /** Another connection or unit: all is asked for anew. */
  connect(connection: Connection, fahrenheit: boolean): void {
    if (connection === this.connection && fahrenheit === this.fahrenheit)
      return;
    this.connection = connection;
    this.fahrenheit = fahrenheit;
    this.answers.clear();
    this.error = null;
  }

  /**
   * Other settings: also years that are over become others, and are asked for anew. Of another past
   * what is known is shown until then.
   */
  follow(info: PumpInfo): void {
    const { id, settings, calibration } = info;
    if (this.revisions.isOther(info)) this.answers.renew();
    const found = JSON.stringify([settings, calibration]);
    if ((this.settings.get(id) ?? found) !== found) this.answers.clear();
    this.settings.set(id, found);
  }

  rows(pump: string, question: Question): CalendarRow[] | null {
    return this.answers.get(keyOf(pump, question));
  }

  /** Asks for what is not known or not new any more; whether anything came. */
  async ask(
    pump: string,
    questions: readonly Question[],
    zone: Zone
  ): Promise<boolean> {
    const due = questions.filter((each) =>
      this.answers.isDue(keyOf(pump, each))
    );
    const came = await Promise.all(
      due.map((each) => this.one(pump, each, zone))
    );
    return came.some(Boolean);
  }

  /** Forgets an error, so that it is tried again. */
  retry(): void {
    this.error = null;
    this.answers.retry();
  }

  private async one(
    pump: string,
    question: Question,
    zone: Zone
  ): Promise<boolean> {
    const { connection, answers } = this;
    if (!connection) return false;
    const load = async () => {
      const { rows } = (await connection.sendMessagePromise({
        type: "heatpump_dashboard/calendar",
        pump,
        unit: question.unit,
        ...askedTimes(question, zone),
      })) as { rows: Omit<CalendarRow, "day">[] };
      return toRows(rows, zone, this.fahrenheit);
    };
    try {
      const came = await answers.ask(keyOf(pump, question), load, (rows) =>
        this.holds(rows, question)
      );
      if (came) this.error = null;
      return came;
    } catch (error) {
      this.error = toPanelError(error, answers.now() + AGAIN_UNKNOWN_MS);
      return true;
    }
  }

  /** ms; what is over and known will never be another one, but with another past. */
  private holds(rows: readonly CalendarRow[], { end }: Question): number {
    if (!rows.every(({ totals }) => totals)) return AGAIN_UNKNOWN_MS;
    if (rows.some(({ outdated }) => outdated)) return AGAIN_MS;
    return end < this.answers.now() - SETTLED_MS ? Infinity : AGAIN_MS;
  }
}

export const calendarSource = new CalendarSource();
