/** What all time charts begin with. Pure. */
import type { LineSeriesOption } from "echarts/charts";
import type {
  DatasetComponentOption,
  TooltipComponentOption,
} from "echarts/components";
import type { Blank } from "../data/blank.js";
import { pictureOf } from "../data/period.js";
import { settingsOf } from "../data/settings.js";
import type { Snapshot } from "../data/types.js";
import { SETTING } from "./bands.js";
import type { StateInput } from "./bands.js";
import type { Place } from "./frame.js";
import { framed } from "./frame.js";
import type { Rows } from "./rows.js";
import { rowsOf } from "./rows.js";
import type { States } from "./states.js";
import { statesOf } from "./states.js";
import type { ViewInput, ViewResult } from "./types.js";

export interface TimeView {
  rows: Rows;
  states: States;
  /** What bands and strips are made of. */
  drawn: StateInput;
  /** The same of all of the period, of which the rows may be a part. */
  period: StateInput;
}

/** Read once for all views of a snapshot. */
const known = new WeakMap<Snapshot, Pick<TimeView, "rows" | "states">>();

const readOf = (snapshot: Snapshot) => {
  const before = known.get(snapshot);
  if (before) return before;
  const rows = rowsOf(snapshot);
  const now = { rows, states: statesOf(snapshot, rows) };
  known.set(snapshot, now);
  return now;
};

/** Rows and states of a snapshot; null where nothing was read in the period. */
export const timeView = ({
  snapshot,
  period,
  theme,
  hidden,
}: ViewInput): TimeView | null => {
  const read = readOf(snapshot);
  if (!read.rows.known.includes(true)) return null;
  const length = period.end - period.start;
  const changes = hidden.has(SETTING)
    ? []
    : settingsOf(period).map(({ time }) => time);
  return {
    ...read,
    drawn: { ...read, theme, length, changes },
    period: { ...readOf(period), theme, length },
  };
};

export const empty = (
  chunk: ViewResult["chunk"],
  blank?: Blank
): ViewResult => ({
  state: "empty",
  legend: [],
  chunk,
  ...(blank && { blank }),
});

export const missing = (reason: string): ViewResult => ({
  state: "missing",
  reason,
  legend: [],
  chunk: "line",
});

/** The option of a time chart over the whole period of the snapshot. */
export const timeOption = (
  { period, theme, format, hidden }: ViewInput,
  places: readonly Place[],
  parts: {
    dataset: DatasetComponentOption[];
    series: LineSeriesOption[];
    tooltip: TooltipComponentOption;
  }
) => {
  const { start, end } = period;
  const key = [pictureOf(period), ...hidden].join();
  return framed({ start, end, key, places, theme, format }, { ...parts });
};
