/** The runs of a long period by day, each with what it adds up to. Pure. */
import { copOf } from "../charts/rolling.js";
import type { Counting } from "../charts/rolling.js";
import type { Format } from "../format/format.js";
import { binLedger } from "./bins.js";
import { momentOf } from "./runs.js";
import type { Run } from "./runs.js";
import type { Ledger, Snapshot } from "./types.js";

/** ms; of longer periods one wants to see the days first. */
const LONG = 8 * 86_400_000;

export const isLong = ({ start, end }: Snapshot): boolean => end - start > LONG;

export interface DayOfRuns {
  /** Local midnight, ms. */
  day: number;
  /** The newest first. */
  runs: Run[];
}

/** `runs`, the newest first, by the local day they are told in. */
export const byDay = (
  runs: readonly Run[],
  { dayStart }: Pick<Format, "dayStart">
): DayOfRuns[] => {
  const days: DayOfRuns[] = [];
  for (const run of runs) {
    const day = dayStart(momentOf(run));
    // A charge after midnight stands below its run, which began before.
    const known = days.findLast((each) => each.day === day);
    if (known) known.runs.push(run);
    else days.push({ day, runs: [run] });
  }
  return days;
};

export interface DayFigures {
  heatKwh: number | null;
  electricityKwh: number | null;
  /** Of the heat and electricity beside it; null where the compressor has none to speak of. */
  cop: number | null;
  /** s */
  compressorS: number | null;
}

/** s; longer rows can reach over midnight by more than nobody notices. */
const SHORT_ROWS_S = 3600;

/** Whether a row of the ledger holds time of the day before `edge` and of the one after it. */
const isAcross = ({ time, step }: Ledger, edge: number): boolean =>
  time.some(
    (from, i) =>
      from < edge &&
      Math.min(time[i + 1] ?? Infinity, from + step * 1000) > edge
  );

const UNKNOWN: DayFigures = {
  ...{ heatKwh: null, electricityKwh: null },
  ...{ cop: null, compressorS: null },
};

/**
 * What a local day of the period adds up to, as far as it lies in the period; nothing is known of
 * it where the rows are weeks, or days of another time zone.
 */
export const figuresOfDay = (
  { ledger, start, end, totals }: Snapshot,
  day: number,
  next: number,
  counting: Counting
): DayFigures => {
  const [from, to] = [Math.max(day, start), Math.min(next, end)];
  const isLong = ledger.step > SHORT_ROWS_S;
  if (isLong && [day, next].some((edge) => isAcross(ledger, edge)))
    return UNKNOWN;
  const bins = binLedger(ledger, start, end, [from, to]);
  const sum = bins[from > start ? 1 : 0]?.sum ?? (() => 0);
  const heatKwh = totals.heat_kwh === null ? null : sum("heat_kwh");
  const electricityKwh =
    totals.electricity_kwh === null ? null : sum("electricity_kwh");
  const isKnown = heatKwh !== null && electricityKwh !== null;
  const hasCop = isKnown && !Number.isNaN(copOf(sum, counting));
  return {
    ...{ heatKwh, electricityKwh },
    // What it cooled is in neither.
    cop: hasCop
      ? (heatKwh + sum("cooling_kwh") - sum("heat_alone_kwh")) /
        (electricityKwh -
          sum("cooling_electricity_kwh") -
          sum("electricity_alone_kwh"))
      : null,
    compressorS: sum("heating_s") + sum("hot_water_s"),
  };
};
