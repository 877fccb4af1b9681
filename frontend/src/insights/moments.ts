/** The moments that an answer rests on, each of which the charts can show. Pure. */
import { HOUR } from "../format/milliseconds.js";
import type { Words } from "./check-words.js";
import { kwh, withUnit } from "./quantities.js";
import { cell } from "./types.js";
import type { Evidence, Row } from "./types.js";

export interface Moment {
  /** ms. */
  from: number;
  to: number;
  what: string;
  value: string;
}

export interface Moments {
  /** Key of the heading. */
  title: string;
  moments: readonly Moment[];
}

/** Of the runs of the heater the last ones are listed. */
const MOST_EPISODES = 12;

const episode = (row: Row, { look }: Words): Moment => ({
  from: row.time,
  to: cell(row, "end") ?? row.time,
  what: look.text(`insights.cause.${String(row.cause)}`),
  value: kwh(cell(row, "kwh"), look),
});

/** An hour of the house, with what the heat pump has to do with it. */
const peak = (row: Row, { look }: Words): Moment => {
  const kw = (key: string) => withUnit(cell(row, key), 1, "kW", look);
  const heater = cell(row, "heater") ?? 0;
  const told = heater ? "insights.money.of_heater" : "insights.money.of_pump";
  const isKnown = cell(row, "pump") !== null;
  return {
    from: row.time,
    to: row.time + HOUR,
    what: isKnown
      ? look.text(told, { pump: kw("pump"), heater: kw("heater") })
      : "",
    value: kw("house"),
  };
};

/** Newest first the times of the heater, highest first the hours that are paid for. */
export const momentsOf = (
  { episodes = [], peaks = [] }: Evidence,
  words: Words
): Moments[] =>
  [
    {
      title: "insights.episodes",
      moments: episodes
        .slice(-MOST_EPISODES)
        .reverse()
        .map((row) => episode(row, words)),
    },
    {
      title: "insights.money.peaks",
      moments: peaks.map((row) => peak(row, words)),
    },
  ].filter(({ moments }) => moments.length);
