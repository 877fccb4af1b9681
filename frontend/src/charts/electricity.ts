/** Electric power over time: measured, counted, or the rated power while it runs. Pure. */
import type { PumpSettings, Snapshot } from "../data/types.js";
import type { Rows, Span } from "./rows.js";
import { columnValues, spansOfLedger } from "./rows.js";

/** kW; NaN = unknown. The auxiliary heater's part is on top of the rest. */
export interface Power {
  time: number[];
  base: number[];
  auxiliary: number[];
  /** The rows of the values, for looking one up. */
  spans: Span[];
  baseOf: number[];
  auxiliaryOf: number[];
  /** What it comes from. */
  from: "meter" | "counter" | "rating";
}

const STEPS = ["auxiliary_step_1", "auxiliary_step_2"];

type Heater = Pick<PumpSettings, "auxiliary_power" | "auxiliary_step_kw">;

/**
 * The auxiliary heater's power (kW) in a row of metrics: undefined is not reported, null not known.
 * Its own power, else that of its steps, else percent of all of it; NaN where none is known, and 0
 * where none is reported. As the server has it in the ledger.
 */
export const auxiliaryKw = (
  metric: (name: string) => number | null | undefined,
  { auxiliary_power: most, auxiliary_step_kw: kw = [] }: Heater
): number => {
  const steps = STEPS.flatMap((name, i) => {
    const on = metric(name);
    return on === undefined ? [] : [(on ?? NaN) * (kw[i] ?? 0)];
  });
  const percent = metric("auxiliary_percent");
  const reported = [
    metric("auxiliary_power"),
    kw.length && steps.length
      ? steps.reduce((sum, one) => sum + one)
      : undefined,
    percent && ((most ?? 0) * percent) / 100,
  ].filter((one) => one !== undefined);
  const known = reported.find((one) => one !== null && !Number.isNaN(one));
  return known ?? (reported.length ? NaN : 0);
};

/**
 * The total (W, with the auxiliary heater in it) parted into the rest and the heater (kW). Where the
 * heater is not known, all is the rest.
 */
export const parted = (watts: number, auxiliary: number): [number, number] => {
  const all = watts / 1000;
  if (Number.isNaN(auxiliary)) return [all, NaN];
  const heater = Math.min(Math.max(auxiliary, 0), Math.max(all, 0));
  return [all - heater, heater];
};

/** A column of the readings as it holds from row to row, null where there is none. */
const columnsOf = ({ readings }: Snapshot, rows: Rows) => {
  const names = ["auxiliary_power", "auxiliary_percent", ...STEPS];
  const columns = new Map(
    names.flatMap((name) =>
      readings[name]
        ? [[name, columnValues(rows, readings[name])] as const]
        : []
    )
  );
  return (row: number) =>
    (name: string): number | null | undefined => {
      const value = columns.get(name)?.[row];
      return value !== undefined && Number.isNaN(value) ? null : value;
    };
};

const spansOf = (rows: Rows): Span[] =>
  rows.from.map((from, row) => ({ from, to: rows.to[row] ?? from }));

export const measuredPower = (
  snapshot: Snapshot,
  rows: Rows,
  settings: PumpSettings
): Power => {
  const metricOf = columnsOf(snapshot, rows);
  const power = columnValues(rows, snapshot.readings.power);
  const pairs = power.map((watts, row) =>
    parted(watts, auxiliaryKw(metricOf(row), settings))
  );
  const baseOf = pairs.map(([base]) => base);
  const auxiliaryOf = pairs.map(([, auxiliary]) => auxiliary);
  return {
    time: rows.at,
    base: baseOf,
    auxiliary: auxiliaryOf,
    spans: spansOf(rows),
    baseOf,
    auxiliaryOf,
    from: "meter",
  };
};

/** Lines that are level over each span; what goes on as before is one piece. */
const stepped = (
  spans: Span[],
  baseOf: number[],
  auxiliaryOf: number[],
  from: Power["from"]
): Power => {
  const power: Power = {
    time: [],
    base: [],
    auxiliary: [],
    spans,
    baseOf,
    auxiliaryOf,
    from,
  };
  const { time, base, auxiliary } = power;
  const add = (moment: number, kw: number, heater: number) => {
    time.push(moment);
    base.push(kw);
    auxiliary.push(heater);
  };
  spans.forEach((span, i) => {
    const [kw, heater] = [baseOf[i] ?? NaN, auxiliaryOf[i] ?? NaN];
    const joins = time.at(-1) === span.from;
    const same = joins && base.at(-1) === kw && auxiliary.at(-1) === heater;
    if (same) time[time.length - 1] = span.to;
    else {
      // What was not drawn on to here ended before: a gap.
      if (time.length && !joins) add(span.from - 1, NaN, NaN);
      add(span.from, kw, heater);
      add(span.to, kw, heater);
    }
  });
  return power;
};

/** The rated power where the compressor runs, of longer rows by the share of their time. */
export const ratedPower = (
  snapshot: Snapshot,
  rows: Rows,
  settings: PumpSettings
): Power => {
  const metricOf = columnsOf(snapshot, rows);
  const rated = settings.compressor_power ?? 0;
  const baseOf = columnValues(rows, snapshot.readings.compressor).map(
    (share) => share * rated
  );
  const auxiliaryOf = baseOf.map((kw, row) =>
    Number.isNaN(kw) ? NaN : auxiliaryKw(metricOf(row), settings)
  );
  return stepped(spansOf(rows), baseOf, auxiliaryOf, "rating");
};

const LEAST_COVERED_S = 30;

/** What a counter has counted in each row of the ledger, over the time it knows. */
export const countedPower = ({ ledger, end }: Snapshot): Power => {
  const of = (name: string, row: number) => ledger[name]?.[row] ?? 0;
  const pairs = ledger.time.map((_, row): [number, number] => {
    const seconds =
      of("heating_s", row) +
      of("hot_water_s", row) +
      of("auxiliary_s", row) +
      of("idle_s", row);
    if (seconds < LEAST_COVERED_S) return [NaN, NaN];
    const watts = (of("electricity_kwh", row) / seconds) * 3_600_000;
    return parted(watts, (of("auxiliary_kwh", row) / seconds) * 3_600);
  });
  return stepped(
    spansOfLedger(ledger, end),
    pairs.map(([base]) => base),
    pairs.map(([, heater]) => heater),
    "counter"
  );
};
