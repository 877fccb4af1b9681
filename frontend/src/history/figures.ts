/** The figures of a period of the calendar, as they were sent or added up from its days. Pure. */
import { isUnchecked } from "../data/calibration.js";
import type { Span } from "../data/period.js";
import type { Totals } from "../data/types.js";

export interface CalendarTotals extends Totals {
  /** °C or °F. */
  outdoor_mean: number | null;
  /** Below 17 °C. */
  degree_days: number | null;
  cop_system_uncertainty?: number | null;
  counted_s?: number;
}

export interface CalendarRow {
  /** ms */
  start: number;
  end: number;
  /** Whether it is over. */
  complete: boolean;
  /** Null while not all of it has been read. */
  totals: CalendarTotals | null;
  /** Some of its hours were computed with older settings, and are to be read again. */
  outdated?: boolean;
  /** The first local day, ms as if UTC. */
  day: number;
}

/** kWh unless named; null = not known. */
export interface Figures {
  /** What was given; what was drawn out of the house is in `cooling`. */
  heat: number | null;
  heating: number | null;
  hotWater: number | null;
  cooling: number | null;
  electricity: number | null;
  coolingElectricity: number | null;
  compressor: number | null;
  auxiliary: number | null;
  cost: number | null;
  /** The electricity that the cost is of. */
  priced: number | null;
  starts: number | null;
  degreeDays: number | null;
  outdoor: number | null;
  /** All heat by all electricity. */
  cop: number | null;
  /** ±, one standard deviation. */
  copUncertainty: number | null;
  isScop: boolean;
  /** Whether nobody has checked what heat and COP rest on. */
  isUnchecked: boolean;
  /** s */
  covered: number;
  uncovered: number;
  /** Of the uncovered: there are hourly statistics, and nothing else. */
  counted: number;
  basis?: Totals["basis"];
}

/** What figures are made of, where a heat pump may never tell it. */
const MADE_OF = {
  electricity: ["electricity"],
  cost: ["electricity"],
  cop: ["heat", "electricity"],
  heat: ["heat"],
  auxiliary: ["auxiliary"],
  outdoor: [],
  weather: [],
} as const;

/** Whether the heat pump tells what a figure is made of, as far as that is known. */
export const isReported = (
  figures: Pick<Figures, "basis"> | null | undefined,
  of: keyof typeof MADE_OF
): boolean => MADE_OF[of].every((each) => figures?.basis?.[each] !== null);

const minus = (one: number | null, other: number | null): number | null =>
  one === null ? null : one - (other ?? 0);

/** As in the COP and the energy flow, what was cooled takes nothing from the heat. */
const heatOf = ({ heat_kwh, cooling_kwh }: Totals): number | null =>
  heat_kwh === null ? null : heat_kwh + (cooling_kwh ?? 0);

export const figuresOf = (totals: CalendarTotals): Figures => ({
  heat: heatOf(totals),
  heating: minus(heatOf(totals), totals.heat_hot_water_kwh),
  hotWater: totals.heat_hot_water_kwh,
  cooling: totals.cooling_kwh ?? null,
  electricity: totals.electricity_kwh,
  coolingElectricity: totals.cooling_electricity_kwh ?? null,
  compressor: minus(totals.electricity_kwh, totals.auxiliary_kwh),
  auxiliary: totals.auxiliary_kwh,
  cost: totals.cost,
  priced:
    totals.cost === null ? null : (totals.priced_kwh ?? totals.electricity_kwh),
  starts: totals.starts,
  degreeDays: totals.degree_days,
  outdoor: totals.outdoor_mean,
  cop: totals.cop_system,
  copUncertainty: totals.cop_system_uncertainty ?? null,
  isScop: totals.cop_name === "scop",
  isUnchecked: isUnchecked({ totals }),
  covered: totals.covered_s ?? 0,
  uncovered: totals.uncovered_s ?? 0,
  counted: totals.counted_s ?? 0,
  ...(totals.basis && { basis: totals.basis }),
});

const SUMMED = [
  "heat",
  "heating",
  "hotWater",
  "cooling",
  "electricity",
  "coolingElectricity",
  "compressor",
  "auxiliary",
  "cost",
  "priced",
  "starts",
  "degreeDays",
] as const;

const sum = (values: readonly (number | null)[]): number | null =>
  values.some((value) => value !== null)
    ? values.reduce<number>((all, value) => all + (value ?? 0), 0)
    : null;

/** The electricity that heat was made of. */
export const paidForHeat = (
  figures: Pick<Figures, "electricity" | "coolingElectricity">
): number | null => minus(figures.electricity, figures.coolingElectricity);

/** Of the electricity, the price must be known for this share, as in `figures.cost_of`. */
const LEAST_PRICED = 0.95;

/** Of a kWh, where the cost is known. */
export const priceOf = (
  figures: Pick<Figures, "cost" | "priced"> | null
): number | null =>
  figures?.cost != null && figures.priced
    ? figures.cost / figures.priced
    : null;

/** Electricity of days of which no heat is known is in no COP. */
const copOf = (days: readonly Figures[]): number | null => {
  let [heat, paid] = [0, 0];
  for (const day of days) {
    const own = paidForHeat(day);
    if (day.heat === null || own === null) continue;
    heat += day.heat;
    paid += own;
  }
  return paid ? heat / paid : null;
};

const mean = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length ? (sum(known) ?? 0) / known.length : null;
};

/** Those of some days together; null where there is none of which all is known. */
export const sumOf = (days: readonly Figures[]): Figures | null => {
  if (!days.length) return null;
  const of = (key: keyof Figures) =>
    days.map((day) => day[key] as number | null);
  const sums = Object.fromEntries(
    SUMMED.map((key) => [key, sum(of(key))])
  ) as Pick<Figures, (typeof SUMMED)[number]>;
  const isPriced = (sums.priced ?? 0) >= LEAST_PRICED * (sums.electricity ?? 0);
  return {
    ...sums,
    ...(!isPriced && { cost: null, priced: null }),
    outdoor: mean(of("outdoor")),
    cop: copOf(days),
    copUncertainty: null,
    isScop: false,
    isUnchecked: days.some((day) => day.isUnchecked),
    covered: sum(of("covered")) ?? 0,
    uncovered: sum(of("uncovered")) ?? 0,
    counted: sum(of("counted")) ?? 0,
    ...(days[0]?.basis && { basis: days[0].basis }),
  };
};

export const coverageOf = ({ covered, uncovered }: Figures): number | null =>
  covered + uncovered > 0 ? covered / (covered + uncovered) : null;

/** Figures of a span: days without a row, before the first reading say, are not known either. */
export const ofSpan = (figures: Figures, { start, end }: Span): Figures => ({
  ...figures,
  uncovered: Math.max(
    figures.uncovered,
    (end - start) / 1000 - figures.covered
  ),
});

/** A day or a year of which less is known is no whole one: as `DAY_COVERAGE` in Python. */
const LEAST_COVERAGE = 0.9;
/** Less than this of a day is a gap. */
const LEAST_OF_A_DAY = 0.05;

export const isRead = (figures: Figures): boolean =>
  (coverageOf(figures) ?? 0) >= LEAST_COVERAGE;

export const isUnread = (day: Figures): boolean =>
  (coverageOf(day) ?? 0) < LEAST_OF_A_DAY;

/** By how much more `after` is, as a share of `before`. */
export const changeOf = (
  after: number | null,
  before: number | null
): number | null => (after !== null && before ? after / before - 1 : null);
