/** What the heat pump was doing, row by row. Pure. */
import { AUXILIARY, heatingWas, modeOf } from "../data/mode.js";
import type { Mode, Snapshot, Table } from "../data/types.js";
import type { Rows, Span } from "./rows.js";
import { columnValues } from "./rows.js";

/** Shares of the time of each row, 0…1; NaN = unknown. A state that is not reported is null. */
export interface States {
  compressor: number[] | null;
  /** The valve leads to the tank. */
  valve: number[] | null;
  /** The compressor runs and the valve leads to the tank. */
  hotWater: number[] | null;
  auxiliary: number[] | null;
  alarm: number[] | null;
  /** What heating is in a row. */
  heating: (row: number) => Mode;
}

/** Rows of a snapshot that are longer than this hold more than one state. */
const LONG_STEP_S = 300;

const auxiliaryRead = (rows: Rows, readings: Table): number[] | null => {
  const columns = AUXILIARY.flatMap((name) =>
    readings[name] ? [columnValues(rows, readings[name])] : []
  );
  if (!columns.length) return null;
  return rows.from.map((_, row) => {
    const values = columns.map((column) => column[row] ?? NaN);
    if (values.every(Number.isNaN)) return NaN;
    return values.some((value) => value > 0) ? 1 : 0;
  });
};

/** Long rows: seconds of the ledger, since a mean per cent does not say how long. */
const auxiliaryCounted = (rows: Rows, { ledger }: Snapshot): number[] => {
  const place = new Map(ledger.time.map((time, row) => [time, row]));
  return rows.from.map((time) => {
    const row = place.get(time) ?? -1;
    const second = (name: string) => ledger[name]?.[row] ?? 0;
    const covered =
      second("heating_s") +
      second("hot_water_s") +
      second("auxiliary_s") +
      second("idle_s");
    return covered ? Math.min(1, second("auxiliary_on_s") / covered) : NaN;
  });
};

export const statesOf = (snapshot: Snapshot, rows: Rows): States => {
  const { readings, step, ledger } = snapshot;
  const state = (name: string) =>
    readings[name] ? columnValues(rows, readings[name]) : null;
  const compressor = state("compressor");
  const valve = state("hot_water_valve");
  const counted = step >= LONG_STEP_S && ledger.step === step;
  const auxiliary = auxiliaryRead(rows, readings);
  return {
    compressor,
    valve,
    hotWater:
      compressor &&
      valve &&
      compressor.map((share, row) => Math.min(share, valve[row] ?? NaN)),
    auxiliary:
      auxiliary && counted ? auxiliaryCounted(rows, snapshot) : auxiliary,
    alarm: state("alarm")?.map((share) => (share > 0 ? 1 : share)) ?? null,
    heating: (row) => heatingWas(ledger, rows.from[row] ?? 0),
  };
};

export interface LevelSpan extends Span {
  /** Share of the time, 0…1. */
  level: number;
}

/** Whether rows are short enough to say when something went on and off. */
export const isFine = ({ step }: Rows): boolean => step < LONG_STEP_S * 1000;

type Level = (share: number) => number;

const quarters: Level = (share) => Math.ceil(share * 4 - 0.05) / 4;

/**
 * Short rows are on or off; long ones keep the share of time in quarters, so that a day of many
 * short runs is not taken for one of rest.
 */
const levelOf = ({ step }: Rows): Level =>
  step > LONG_STEP_S * 1000 ? quarters : Math.round;

/** A state as spans of equal level. */
export const spansOf = (
  rows: Rows,
  shares: readonly number[],
  level: Level = levelOf(rows)
): LevelSpan[] => {
  const spans: LevelSpan[] = [];
  shares.forEach((share, row) => {
    const { [row]: from = 0 } = rows.from;
    const { [row]: to = from } = rows.to;
    if (Number.isNaN(share) || to <= from) return;
    const last = spans.at(-1);
    if (last?.level === level(share) && last.to >= from) last.to = to;
    else spans.push({ from, to, level: level(share) });
  });
  return spans;
};

/** Where a state was on at all. */
export const onSpans = (rows: Rows, shares: number[] | null): LevelSpan[] =>
  shares ? spansOf(rows, shares).filter(({ level }) => level > 0) : [];

/** Rows of a quarter of an hour are hardly wider than a pixel: the compressor is on or off in them. */
const FINE_STEP_MS = 900_000;

/** Where the compressor ran; it starts so often that its quarters would be hundreds of spans. */
export const runSpans = (rows: Rows, shares: number[] | null): LevelSpan[] => {
  if (!shares || rows.step > FINE_STEP_MS) return onSpans(rows, shares);
  return spansOf(rows, shares, Math.round).filter(({ level }) => level > 0);
};

/** Where a state was known. */
export const knownSpans = (rows: Rows, shares: number[] | null): Span[] =>
  shares ? spansOf(rows, shares, () => 1) : [];

/** The mode of a row; null = unknown, as in a gap or for a pump that does not tell. */
export const modeAt = (states: States, row: number): Mode | null => {
  const mode = modeOf(
    states.compressor?.[row],
    states.valve?.[row],
    states.auxiliary?.[row]
  );
  return mode === "heating" ? states.heating(row) : mode;
};
