/** What the page shows beside the calendar: temperatures, odd days, winters over one another. */
import { DAY, dayOf } from "../format/calendar.js";
import type { Span } from "../data/period.js";
import type { Zone } from "../format/zone.js";
import { askedDays, detailSource } from "./detail-source.js";
import type { HistoryModel } from "./model.js";
import { oddDaysOf } from "./odd-days.js";
import type { OddDays } from "./odd-days.js";
import type { DayTemperatures } from "./temperatures.js";
import { wintersOf } from "./winters.js";
import type { Winter } from "./winters.js";

/** Null while they are not known. */
export interface Details {
  temperatures: DayTemperatures[] | null;
  odd: OddDays[] | null;
  winters: Winter[];
}

const isAll = ({ period }: HistoryModel): boolean => period.unit === "all";

/** The days up to the present of which alarms are asked for. */
const alarmDays = ({ days, now }: HistoryModel): Span => ({
  start: days.start,
  end: Math.min(days.end, dayOf(now) + DAY),
});

export const detailsOf = (model: HistoryModel): Details => {
  const { id } = model.info;
  const alarms = detailSource.alarms(id, alarmDays(model));
  if (isAll(model)) {
    const winters = wintersOf(model, alarms ?? []);
    return { temperatures: null, odd: null, winters };
  }
  const days = askedDays(model.days, model.now);
  return {
    temperatures: detailSource.temperatures(id, days),
    odd: alarms && oddDaysOf(model, alarms),
    winters: [],
  };
};

/** Of each whether anything new came. */
export const askDetails = (
  model: HistoryModel,
  zone: Zone
): Promise<boolean>[] => {
  const { id } = model.info;
  const alarms = detailSource.askAlarms(id, alarmDays(model), zone);
  if (isAll(model)) return [alarms];
  const days = askedDays(model.days, model.now);
  return [alarms, detailSource.askTemperatures(id, days, zone)];
};
