/** What the page shows beside the calendar: temperatures, odd days, winters over one another. */
import { DAY, dayOf } from "../format/calendar.js";
import type { Span } from "../data/period.js";
import type { Zone } from "../format/zone.js";
import { detailSource } from "./detail-source.js";
import type { Detail } from "./detail-source.js";
import type { HistoryModel } from "./model.js";
import { oddDaysOf } from "./odd-days.js";
import type { OddDays } from "./odd-days.js";
import type { DayTemperatures } from "./temperatures.js";
import { wintersOf } from "./winters.js";
import type { Winter } from "./winters.js";

export interface Details {
  temperatures: Detail<DayTemperatures[]>;
  odd: Detail<OddDays[]>;
  winters: Winter[];
}

export const NO_DETAILS: Details = {
  temperatures: { found: null, error: null },
  odd: { found: null, error: null },
  winters: [],
};

const isAll = ({ period }: HistoryModel): boolean => period.unit === "all";

/** The days up to the present; none of what was before the first reading. */
const askedDays = ({ days, first, now }: HistoryModel): Span => {
  const end = Math.min(days.end, dayOf(now) + DAY);
  return { start: end > first ? days.start : end, end };
};

export const detailsOf = (model: HistoryModel): Details => {
  const { id } = model.info;
  const days = askedDays(model);
  const events = detailSource.events(id, days);
  if (isAll(model))
    return { ...NO_DETAILS, winters: wintersOf(model, events.found ?? []) };
  const alarms = events.found?.filter(({ event }) => event.kind === "alarm");
  const found = alarms ? oddDaysOf(model, alarms) : null;
  return {
    temperatures: detailSource.temperatures(id, days),
    odd: { ...events, found },
    winters: [],
  };
};

/** Of each whether anything new came. */
export const askDetails = (
  model: HistoryModel,
  zone: Zone
): Promise<boolean>[] => {
  const { id } = model.info;
  detailSource.follow(model.info);
  const days = askedDays(model);
  const events = detailSource.askEvents(id, days, zone);
  if (isAll(model)) return [events];
  return [events, detailSource.askTemperatures(id, days, zone)];
};
