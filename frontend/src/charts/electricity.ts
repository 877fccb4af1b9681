/** Electric power over time: measured, or what the ledger's energy comes to. Pure. */
import type { PumpSettings, Snapshot } from "../data/types.js";
import type { Rows, Span } from "./rows.js";
import { held } from "./rows.js";

/** kW; NaN = unknown. The auxiliary heater's part is on top of the rest. */
export interface Power {
  time: number[];
  base: number[];
  auxiliary: number[];
  /** The rows of the values, for looking one up. */
  spans: Span[];
  baseOf: number[];
  auxiliaryOf: number[];
  estimated: boolean;
}

/** Heaters with two steps have one of a third and one of two thirds of their power. */
const STEP_SHARES = { auxiliary_step_1: 1 / 3, auxiliary_step_2: 2 / 3 };

/** The auxiliary heater's power (kW) in a row of metrics; 0 where it does not tell. */
export const auxiliaryKw = (
  metric: (name: string) => number | null | undefined,
  { auxiliary_power: most }: Pick<PumpSettings, "auxiliary_power">
): number => {
  const power = metric("auxiliary_power");
  if (power != null) return power;
  const percent = metric("auxiliary_percent");
  if (percent != null) return ((most ?? 0) * percent) / 100;
  return Object.entries(STEP_SHARES).reduce(
    (sum, [name, share]) => sum + (metric(name) ?? 0) * share * (most ?? 0),
    0
  );
};

/** The total (W, with the auxiliary heater in it) parted into the rest and the heater. */
export const parted = (watts: number, auxiliary: number): [number, number] => {
  const all = watts / 1000;
  const heater = Math.min(Math.max(auxiliary, 0), Math.max(all, 0));
  return [all - heater, heater];
};

export const measuredPower = (
  { readings }: Snapshot,
  rows: Rows,
  settings: PumpSettings
): Power => {
  const names = [
    "auxiliary_power",
    "auxiliary_percent",
    ...Object.keys(STEP_SHARES),
  ];
  const columns = new Map(
    names.flatMap((name) =>
      readings[name] ? [[name, held(rows, readings[name])] as const] : []
    )
  );
  const power = held(rows, readings.power);
  const pairs = power.map((watts, row) => {
    const metric = (name: string) => {
      const value = columns.get(name)?.[row] ?? NaN;
      return Number.isNaN(value) ? null : value;
    };
    return parted(watts, auxiliaryKw(metric, settings));
  });
  const baseOf = pairs.map(([base]) => base);
  const auxiliaryOf = pairs.map(([, auxiliary]) => auxiliary);
  const spans = rows.from.map((from, row) => ({
    from,
    to: rows.to[row] ?? from,
  }));
  return {
    time: rows.at,
    base: baseOf,
    auxiliary: auxiliaryOf,
    spans,
    baseOf,
    auxiliaryOf,
    estimated: false,
  };
};

const LEAST_COVERED_S = 30;

/** Mean power of the ledger's rows over the time they know. */
export const ledgerPower = ({ ledger, end }: Snapshot): Power => {
  const length = ledger.step * 1000;
  const of = (name: string, row: number) => ledger[name]?.[row] ?? 0;
  const spans: Span[] = [];
  const baseOf: number[] = [];
  const auxiliaryOf: number[] = [];
  const result: Power = {
    time: [],
    base: [],
    auxiliary: [],
    spans,
    baseOf,
    auxiliaryOf,
    estimated: true,
  };
  ledger.time.forEach((from, row) => {
    const to = Math.min(from + length, Math.max(end, from));
    const seconds =
      of("heating_s", row) +
      of("hot_water_s", row) +
      of("auxiliary_s", row) +
      of("idle_s", row);
    const known = seconds >= LEAST_COVERED_S;
    const watts = (of("electricity_kwh", row) / seconds) * 3_600_000;
    const auxiliary = (of("auxiliary_kwh", row) / seconds) * 3_600;
    const [base, heater] = known ? parted(watts, auxiliary) : [NaN, NaN];
    spans.push({ from, to });
    baseOf.push(base);
    auxiliaryOf.push(heater);
    for (const time of [from, to]) {
      result.time.push(time);
      result.base.push(base);
      result.auxiliary.push(heater);
    }
  });
  return result;
};
