/** Wall clock arithmetic in a named time zone. Local times are "as if UTC" milliseconds. */
import { DAY, HOUR } from "./milliseconds.js";

export interface Zone {
  name: string;
  /** What the wall clock shows at `ms`, as if it were UTC. */
  local: (ms: number) => number;
  /** The first moment at which the wall clock shows `local` or more. */
  utc: (local: number) => number;
  dayStart: (ms: number) => number;
}

const localClock = (name: string): ((ms: number) => number) => {
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (ms) => {
    const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of clock.formatToParts(ms)) {
      part[type] = Number(value);
    }
    const { year = 0, month = 1, day, hour, minute, second } = part;
    const rest = ((ms % 1000) + 1000) % 1000;
    return Date.UTC(year, month - 1, day, hour, minute, second) + rest;
  };
};

export const createZone = (name: string): Zone => {
  const local = localClock(name);
  const utc = (wanted: number): number => {
    // Both offsets that can be in force around the moment; the earlier moment that fits wins.
    const fits = [wanted - DAY, wanted + DAY]
      .map((near) => wanted - (local(near) - near))
      .filter((moment) => local(moment) === wanted);
    if (fits.length) return Math.min(...fits);
    // The clock jumps over `wanted`: the moment of the jump is where the later offset begins.
    const before = local(wanted - DAY) - (wanted - DAY);
    let low = wanted - before - 3 * HOUR;
    let high = wanted - before + 3 * HOUR;
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2);
      if (local(middle) >= wanted) high = middle;
      else low = middle;
    }
    return Math.round(high / 1000) * 1000;
  };
  const dayStart = (ms: number) => utc(Math.floor(local(ms) / DAY) * DAY);
  return { name, local, utc, dayStart };
};

/** Of so many hours a step is a month, of twice as many two. */
export const MONTH_HOURS = 720;

/** First days of months, every so many of them, counted from January. */
const monthEdges = (
  zone: Zone,
  start: number,
  end: number,
  months: number
): number[] => {
  const first = new Date(zone.local(start));
  const edges: number[] = [];
  for (let month = first.getUTCMonth(); ; month += 1) {
    if (month % months) continue;
    const edge = zone.utc(Date.UTC(first.getUTCFullYear(), month, 1));
    if (edge > end) return edges;
    if (edge >= start) edges.push(edge);
  }
};

/**
 * Moments from `start` to `end` (ms, both included) at which the wall clock shows a whole multiple
 * of `stepHours`; steps of whole days count from a fixed day, so that edges do not wander.
 */
export const hourEdges = (
  zone: Zone,
  start: number,
  end: number,
  stepHours: number
): number[] => {
  if (stepHours >= MONTH_HOURS)
    return monthEdges(zone, start, end, Math.round(stepHours / MONTH_HOURS));
  const step = stepHours * HOUR;
  const edges = new Set<number>();
  const perDay = step < DAY;
  const first = Math.floor(zone.local(start) / DAY) * DAY;
  const last = zone.local(end);
  for (let day = first; day <= last; day += DAY) {
    if (!perDay && day % step !== 0) continue;
    for (let hour = 0; hour < (perDay ? DAY : 1); hour += step) {
      edges.add(zone.utc(day + hour));
    }
  }
  return [...edges]
    .filter((edge) => edge >= start && edge <= end)
    .sort((a, b) => a - b);
};
