/** The page's model out of a simulated house. */

import type { Question } from "../../src/history/calendar-source.js";
import type { CalendarRow } from "../../src/history/figures.js";
import { modelOf } from "../../src/history/model.js";
import type { HistoryModel } from "../../src/history/model.js";
import { readPeriod } from "../../src/history/period.js";
import type { Comparison } from "../../src/history/period.js";
import { FakeCalendar, zone } from "../fixtures/calendar.js";
import type { CalendarOptions } from "../fixtures/calendar.js";
import { pumpInfo } from "../fixtures/heat-pump.js";

export const day = (text: string) => Date.parse(`${text}T00:00Z`);
export const NOW = Date.UTC(2026, 10, 28, 19, 42);

export const house = (options: Partial<CalendarOptions> = {}) =>
  new FakeCalendar({
    now: NOW,
    first: day("2024-03-01"),
    price: 1.5,
    ...options,
  });

export const asked =
  (calendar: FakeCalendar) =>
  ({ unit, start, end }: Question): CalendarRow[] =>
    calendar
      .rows(unit, zone.utc(start), zone.utc(end))
      .map((row) => ({ ...row, day: zone.local(row.start) }));

export const model = (
  parts: readonly string[],
  options: Partial<CalendarOptions> = {},
  comparison: Comparison = "year"
): HistoryModel => {
  const now = zone.local(options.now ?? NOW);
  const { settings } = pumpInfo();
  const found = modelOf({
    period: readPeriod(parts, now),
    comparison,
    info: pumpInfo({
      settings: { ...settings, currency: "SEK", boundary: "H4" },
    }),
    firstReading: options.first ?? null,
    now,
    rows: asked(house(options)),
  });
  if (!found) throw new Error("Nothing is known");
  return found;
};
