/** Days that took much more or less than their weather asks, and days without readings. Pure. */
import type { HeatPumpEvent } from "../data/types.js";
import type { Span } from "../data/period.js";
import { DAY } from "../format/calendar.js";
import { stateOf } from "./columns.js";
import type { Compared, Rows } from "./columns.js";
import { figuresOf, isUnread } from "./figures.js";
import type { Figures } from "./figures.js";
import { median, seasonDay, weatherLine } from "./weather-line.js";
import type { SeasonDay } from "./weather-line.js";

/** Measured: an alarm, the auxiliary heater. A question: the others. */
export type OddKind =
  "alarm" | "auxiliary" | "no_hot_water" | "more" | "less" | "gap";

/** Local days; `kwh` more than their weather asks, of a gap none. */
export interface OddDays extends Span {
  kind: OddKind;
  kwh: number | null;
  /** Of a gap null: it is hatched, not numbered. */
  number: number | null;
  /** What the alarm said. */
  alarm: HeatPumpEvent | null;
}

/** Standard deviations of the days of its season. */
const ODD = 2.6;
/** Days around a day that are its season. */
const SEASON = 45;
/** A median of distances is this much of a standard deviation. */
const NORMAL = 1.4826;
/** A day that is off by less of what it should take is not worth a word. */
const LEAST_SHARE = 0.15;
/** kWh; of a day, whatever its season. */
const LEAST_KWH = 2;
/** At most so many rows; gaps have two of them. */
const MOST = 7;
const GAPS = 2;
/** Of the usual hot water. */
const HARDLY_ANY = 0.35;

interface Residual extends SeasonDay {
  rest: number;
}

const daysIn = ({ start, end }: Span): number[] =>
  Array.from(
    { length: Math.round((end - start) / DAY) },
    (_, i) => start + i * DAY
  );

const figuresAt = (day: number, rows: Rows): Figures | null => {
  const totals = rows.get(day)?.totals;
  return totals ? figuresOf(totals) : null;
};

/** How much each day takes beyond the line of all of them. */
const residuals = (rows: Rows): Residual[] => {
  const days = [...rows.values()]
    .flatMap((row) => seasonDay(row) ?? [])
    .sort((a, b) => a.day - b.day);
  const line = weatherLine(days);
  return line ? days.map((day) => ({ ...day, rest: day.kwh - line(day) })) : [];
};

const isIn =
  ({ start, end }: Span) =>
  ({ day }: SeasonDay): boolean =>
    start <= day && day < end;

/** What a day is off by its own season; null where that is usual. */
const offOf = (one: Residual, all: readonly Residual[]): number | null => {
  const season = all
    .filter(({ day }) => Math.abs(day - one.day) <= SEASON * DAY)
    .map(({ rest }) => rest);
  const middle = median(season);
  const spread = NORMAL * median(season.map((rest) => Math.abs(rest - middle)));
  const off = one.rest - middle;
  const least = Math.max(
    ODD * spread,
    LEAST_SHARE * (one.kwh - off),
    LEAST_KWH
  );
  return Math.abs(off) > least ? off : null;
};

/** Neighbours that are off the same way are one. */
const joined = (days: readonly { day: number; off: number }[]) => {
  const spans: (Span & { kwh: number })[] = [];
  for (const { day, off } of days) {
    const last = spans.at(-1);
    if (last?.end === day && last.kwh > 0 === off > 0) {
      last.end = day + DAY;
      last.kwh += off;
    } else spans.push({ start: day, end: day + DAY, kwh: off });
  }
  return spans;
};

const usualHotWater = (rows: Rows): number =>
  median(
    [...rows.keys()].flatMap((day) => figuresAt(day, rows)?.hotWater ?? [])
  );

const kindOf = (
  span: Span & { kwh: number },
  rows: Rows,
  alarm: HeatPumpEvent | null
): Exclude<OddKind, "gap"> => {
  const days = daysIn(span).flatMap((day) => figuresAt(day, rows) ?? []);
  const sum = (key: "auxiliary" | "hotWater") =>
    days.reduce((all, day) => all + (day[key] ?? 0), 0);
  if (span.kwh > 0) {
    if (alarm) return "alarm";
    return sum("auxiliary") > span.kwh / 2 ? "auxiliary" : "more";
  }
  const usual = usualHotWater(rows) * days.length;
  return usual > 0 && sum("hotWater") < HARDLY_ANY * usual
    ? "no_hot_water"
    : "less";
};

/** Days without readings between the first one and the present, neighbours as one. */
const gapsOf = ({
  days,
  rows,
  first,
  now,
}: Pick<Compared, "days" | "rows" | "first" | "now">): Span[] => {
  const isGap = (day: number) => {
    const row = rows.get(day);
    const state = stateOf(row, { start: day, end: day + DAY }, { first, now });
    if (state !== "known") return state === "none";
    const figures = figuresAt(day, rows);
    return row?.complete && figures ? isUnread(figures) : false;
  };
  return joined(
    daysIn(days)
      .filter(isGap)
      .map((day) => ({ day, off: 0 }))
  );
};

/** `alarms`: local times of the first raising of each, with what was told. */
export interface Told {
  day: number;
  event: HeatPumpEvent;
}

/** Why nothing can be said of the period; null where its days were judged. */
export const whyNotAll = ({
  days,
  rows,
  first,
  now,
}: Pick<Compared, "days" | "rows" | "first" | "now">):
  "unread" | "too_few" | "not_judged" | null => {
  const isUnread = (day: number) =>
    stateOf(rows.get(day), { start: day, end: day + DAY }, { first, now }) ===
    "unread";
  if (daysIn(days).some(isUnread)) return "unread";
  const all = residuals(rows);
  if (!all.length) return "too_few";
  return all.some(isIn(days)) ? null : "not_judged";
};

/** Rows of the list: the farthest off first, numbered, then gaps as they came. */
export const oddDaysOf = (
  known: Pick<Compared, "days" | "rows" | "first" | "now">,
  alarms: readonly Told[]
): OddDays[] => {
  const { days, rows } = known;
  const all = residuals(rows);
  const found = all.filter(isIn(days)).flatMap((one) => {
    const off = offOf(one, all);
    return off === null ? [] : [{ day: one.day, off }];
  });
  const gaps = gapsOf(known);
  const room = MOST - Math.min(GAPS, gaps.length);
  const odd = joined(found)
    .sort((a, b) => Math.abs(b.kwh) - Math.abs(a.kwh))
    .slice(0, room)
    .map((span, i): OddDays => {
      const { start, end, kwh } = span;
      const alarm =
        alarms.find(({ day }) => day >= start && day < end)?.event ?? null;
      const kind = kindOf(span, rows, alarm);
      return { ...{ start, end, kwh, kind }, number: i + 1, alarm };
    });
  return [
    ...odd,
    ...gaps.slice(0, MOST - odd.length).map(({ start, end }): OddDays => ({
      ...{ start, end, kind: "gap", kwh: null, number: null, alarm: null },
    })),
  ];
};
