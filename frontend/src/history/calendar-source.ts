/** Asks for the figures of the calendar and keeps them as long as the page of Home Assistant lives. */
import { toPanelError } from "../data/error.js";
import type { PanelError } from "../data/error.js";
import type { Span } from "../data/period.js";
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

interface Answer {
  rows: CalendarRow[];
  /** ms */
  asked: number;
  /** Will never be another one. */
  isFinal: boolean;
}

/** While the past is being read, and after. */
const AGAIN_UNKNOWN_MS = 5_000;
const AGAIN_MS = 60_000;
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
  private readonly answers = new Map<string, Answer>();
  private readonly running = new Set<string>();
  /** ms; when a question failed. */
  private readonly failed = new Map<string, number>();
  private fahrenheit = false;

  constructor(private readonly now: () => number = () => Date.now()) {}

  /** Another connection or unit: all is asked for anew. */
  connect(connection: Connection, fahrenheit: boolean): void {
    if (connection === this.connection && fahrenheit === this.fahrenheit)
      return;
    this.connection = connection;
    this.fahrenheit = fahrenheit;
    this.answers.clear();
    this.running.clear();
    this.failed.clear();
    this.error = null;
  }

  rows(pump: string, question: Question): CalendarRow[] | null {
    return this.answers.get(keyOf(pump, question))?.rows ?? null;
  }

  /** Asks for what is not known or not new any more; whether anything came. */
  async ask(
    pump: string,
    questions: readonly Question[],
    zone: Zone
  ): Promise<boolean> {
    const due = questions.filter((each) => this.isDue(keyOf(pump, each)));
    const came = await Promise.all(
      due.map((each) => this.one(pump, each, zone))
    );
    return came.some(Boolean);
  }

  /** Forgets an error, so that it is tried again. */
  retry(): void {
    this.error = null;
    this.failed.clear();
  }

  private isDue(key: string): boolean {
    if (this.running.has(key)) return false;
    const failed = this.failed.get(key);
    if (failed !== undefined && this.now() - failed < AGAIN_UNKNOWN_MS)
      return false;
    const answer = this.answers.get(key);
    if (!answer) return true;
    if (answer.isFinal) return false;
    const isKnown = answer.rows.every(({ totals }) => totals);
    return this.now() - answer.asked >= (isKnown ? AGAIN_MS : AGAIN_UNKNOWN_MS);
  }

  private async one(
    pump: string,
    question: Question,
    zone: Zone
  ): Promise<boolean> {
    const { connection } = this;
    if (!connection) return false;
    const key = keyOf(pump, question);
    this.running.add(key);
    try {
      const { rows } = (await connection.sendMessagePromise({
        type: "heatpump_dashboard/calendar",
        pump,
        unit: question.unit,
        start_time: new Date(zone.utc(question.start)).toISOString(),
        end_time: new Date(zone.utc(question.end)).toISOString(),
      })) as { rows: Omit<CalendarRow, "day">[] };
      if (connection !== this.connection) return false;
      this.keep(key, question, toRows(rows, zone, this.fahrenheit));
      this.failed.delete(key);
      this.error = null;
    } catch (error) {
      if (connection !== this.connection) return false;
      this.failed.set(key, this.now());
      this.error = toPanelError(error, this.now() + AGAIN_UNKNOWN_MS);
    } finally {
      this.running.delete(key);
    }
    return true;
  }

  private keep(key: string, { end }: Question, rows: CalendarRow[]): void {
    const asked = this.now();
    const isFinal =
      end < asked - SETTLED_MS && rows.every(({ totals }) => totals);
    this.answers.set(key, { rows, asked, isFinal });
  }
}

export const calendarSource = new CalendarSource();
