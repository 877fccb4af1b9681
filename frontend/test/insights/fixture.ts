/** Answers of a house of 0.18 kW/K in its second winter, and what they rest on. */
import { DAY } from "../../src/format/calendar.js";
import { CARDS } from "../../src/insights/cards.js";
import type {
  Answers,
  Check,
  Evidence,
  Explained,
  Insight,
  Row,
  State,
  Verdict,
} from "../../src/insights/types.js";
import { pumpInfo } from "../fixtures/heat-pump.js";

/** 29 November 2026, 12:00 in Stockholm. */
export const NOW = Date.UTC(2026, 10, 29, 11);
export const TODAY = Date.UTC(2026, 10, 28, 23);

export const info = {
  ...pumpInfo(),
  settings: { ...pumpInfo().settings, currency: "SEK" },
};

export const insightOf = (
  id: string,
  change: Partial<Insight> = {}
): Insight => ({
  ...{ id, state: "ok", code: "", value: null, unit: null },
  ...{ scatter: null, scale: 0.08, n: 30, params: {} },
  ...{ from: TODAY - 30 * DAY, to: TODAY },
  ...change,
});

const days = (count: number, of: (i: number) => Omit<Row, "time">): Row[] =>
  Array.from({ length: count }, (_, i) => ({
    ...of(i),
    time: TODAY - (count - i) * DAY,
  }));

const outdoorOf = (i: number) => 8 + 12 * Math.sin((2 * Math.PI * i) / 365);

export const INSIGHTS: Record<string, Insight> = {
  ground: insightOf("ground", {
    ...{
      state: "watch",
      code: "flow_low",
      value: -25.2,
      unit: "%",
      scatter: 1.4,
    },
    ...{
      n: 7,
      params: { window: 7, watch: -20, act: -35, difference: 4.1, coldest: -4 },
    },
  }),
  cop: insightOf("cop", {
    ...{ code: "cop", value: -2.9, unit: "%", scatter: 1.3, n: 14 },
    params: { window: 14, watch: -5, act: -8, efficiency: 0.47, fit_days: 60 },
  }),
  cycling: insightOf("cycling", {
    ...{ code: "runs", value: 18.2, unit: "min", n: 175 },
    params: { runs_a_day: 25.1, short_share: 0.04, most_an_hour: 3 },
  }),
  house: insightOf("house", {
    ...{ code: "signature", value: 0.1804, unit: "kW/K", scatter: 0.004 },
    ...{ n: 365, params: { base: 17, r2: 0.98, reserve: -23.2, spread: 0.1 } },
  }),
  curve: insightOf("curve", {
    ...{ code: "lower", value: 3.4, unit: "%/K", n: 60 },
    params: { room: 0.6, heat: 2.9, cop: 1.9, indoor: 21 },
  }),
  hot_water: insightOf("hot_water", {
    ...{ code: "daily", value: 5.1, unit: "kWh/d", scatter: 0.2 },
    params: { days_since_60: 6, safe: 60, electricity: 1.9, cop: 2.7 },
  }),
  heater: insightOf("heater", {
    ...{ code: "hygiene", value: 48, unit: "kWh", n: 12 },
    params: { share: 0.006, cost: 72, hygiene_kwh: 31, alarm_kwh: 17 },
  }),
  money: insightOf("money", {
    ...{ code: "timing", value: 0.92 },
    params: { cost: 812, paid: 0.92, flat: 1, peak_1: 3.7, peak: 3.5 },
  }),
  calibration: insightOf("calibration", {
    ...{ state: "watch", code: "off", value: 2.16, unit: "kW/K" },
    ...{ scatter: 0.07, scale: null, n: 3, from: TODAY - 365 * DAY },
    params: {
      ...{ in_use: 2.7, kind: "unchecked", offset: 0.08, method: "together" },
      too_high: 25,
    },
  }),
  change: insightOf("change", {
    ...{ code: "less", value: -5.2, unit: "%", scatter: 0.6, n: 75 },
    from: TODAY - 75 * DAY,
    params: {
      ...{ setting: "heat_curve", from: 40, to: 38, others: 0 },
      ...{ changed: TODAY - 40 * DAY + 3_600_000, measure: "electricity" },
      ...{ least: 3, method: "before_after", last_year: false },
      ...{ days_before: 35, days_after: 39, heat: -6, indoor: -0.8 },
      indoor_share: 0.4,
    },
  }),
  year: insightOf("year", {
    ...{ code: "scop", value: 3.21, n: 365, from: TODAY - 365 * DAY },
    params: { coverage: 0.99, heat: 18_000, electricity: 5600, change: -0.03 },
  }),
};

const methodOf = (
  method: string,
  factor: number | null = null,
  sigma: number | null = null,
  count: number | null = null
): Row => ({
  // A method is of no time.
  ...{ time: NaN, method, factor, sigma, count },
  code: factor === null ? "not_reported" : "ok",
});

export const EVIDENCE: Record<string, Evidence> = {
  ground: { past: days(120, (i) => ({ index: -i / 480 })), days: [] },
  cop: { past: days(120, (i) => ({ index: 0.01 * Math.sin(i) })), days: [] },
  cycling: {
    runs: days(7, (i) => ({ minutes: 5 + 4 * i })),
    days: days(7, () => ({ heating_runs: 25 })),
  },
  house: {
    days: days(365, (i) => {
      const outdoor = outdoorOf(i);
      const kw = 0.18 * Math.max(0, 17 - outdoor);
      const out = { left_out: i === 3 ? 1 : 0 };
      return { outdoor_temp: outdoor, space_kw: kw, running: kw / 8, ...out };
    }),
  },
  curve: {
    days: days(60, (i) => ({
      outdoor_temp: i / 4 - 10,
      supply: 36 - 0.5 * (i / 4 - 10),
    })),
  },
  hot_water: {
    days: days(30, (i) => ({
      heat_hot_water_kwh: 5,
      hot_water_most: i % 7 ? 52 : 61,
    })),
  },
  heater: {
    days: days(30, () => ({ auxiliary_kwh: 1.6 })),
    episodes: days(3, () => ({ end: TODAY, kwh: 4, cause: "hygiene" })),
  },
  money: {
    days: days(30, (i) => ({
      ...{
        electricity_kwh: 20,
        // Of the first day the price is known since noon.
        priced_kwh: i ? 20 : 10,
        cost: i ? 18 + (i % 3) : 9,
        electricity_most: 2 + (i % 5) / 4,
      },
      ...{ price_sum: 24, price_hours: 24 },
    })),
  },
  calibration: {
    methods: [
      methodOf("heater_steps", 2.14, 0.08, 41),
      methodOf("heat_counter"),
      methodOf("plate", 2.2, 0.18, 900),
      methodOf("tank", 2.2, 0.3, 64),
      { ...methodOf("brine_flow"), code: "not_told" },
    ],
  },
  change: {
    days: days(75, (i) => ({
      outdoor_temp: 0,
      ...{ space_kw: 4, indoor_temp: 21, expected_kw: 2 },
      side: i === 35 ? null : i < 35 ? 0 : 1,
      used_kw: (i < 35 ? 2 : 1.9) + 0.05 * Math.sin(i),
    })),
  },
  year: {
    days: days(365, () => ({ electricity_kwh: 15 })),
    before: days(365, () => ({ electricity_kwh: 16 })).map((row) => ({
      ...row,
      time: row.time - 365 * DAY,
    })),
  },
};

export const explained = (
  id: string,
  change: Partial<Insight> = {}
): Explained => ({
  ...(INSIGHTS[id] ?? insightOf(id)),
  ...change,
  evidence: EVIDENCE[id] ?? {},
});

/** A heat pump of which nobody reads supply and return. */
export const BY_RUNNING: Explained = {
  ...insightOf("house", {
    ...{ code: "reserve", value: null, unit: null, n: 2 },
    params: { reserve: -23, design_temp: -28, design_share: 1.125 },
  }),
  evidence: {
    days: days(2, (i) => ({
      outdoor_temp: [-3, 5][i] ?? 0,
      ...{ space_kw: null, running: [0.5, 0.3][i] ?? 0 },
    })),
  },
};

export const checkOf = (id: string, change: Partial<Check> = {}): Check => ({
  ...{ id, state: "ok", code: "", value: null, unit: null },
  ...{ limit: null, from: null, to: null, params: {} },
  ...change,
});

export const CHECKS: Check[] = [
  checkOf("alarm", { code: "none" }),
  checkOf("data", { code: "covered", value: 99.8, limit: 95, unit: "%" }),
  checkOf("brine", { code: "warm", value: -2.1, limit: -5, unit: "°C" }),
  checkOf("ground", { code: "flow", value: 1.2, unit: "%" }),
  checkOf("cop", { code: "cop", value: -2.9, unit: "%" }),
  checkOf("flow_guard", { code: "steady", value: 0.4, unit: "%" }),
  checkOf("heater", { code: "hygiene", value: 48, params: { share: 0.006 } }),
  checkOf("hot_water", { code: "warm", value: 0, params: { celsius: 45 } }),
  checkOf("sixty", { code: "hot", value: 6, unit: "d" }),
  checkOf("cycling", { code: "runs", value: 18.2, unit: "min" }),
  checkOf("room", { code: "warm", value: 19.3, limit: 19, unit: "°C" }),
  checkOf("plausible", { code: "possible", value: 3.2 }),
  checkOf("sensor_pair", {
    ...{ state: "unknown", code: "no_metric" },
    params: { metric: "circulation_pump" },
  }),
];

export const verdictOf = (
  state: State,
  changed: Partial<Record<string, Partial<Check>>> = {},
  code: string = state
): Verdict => {
  const checks = CHECKS.map((check) => ({ ...check, ...changed[check.id] }));
  const named = ["act", "watch"].flatMap((each) =>
    checks.filter((check) => check.state === each).map(({ id }) => id)
  );
  return { state, code, made: 12, of: 13, named: named.slice(0, 3), checks };
};

export const watched = verdictOf("watch", {
  ground: { state: "watch", code: "flow_low", value: -25.2 },
});

export const answersOf = (
  verdict: Verdict = watched,
  changed: Partial<Record<string, Partial<Insight>>> = {}
): Answers => ({
  time: NOW - 3_600_000,
  verdict,
  insights: CARDS.map(({ id }) => ({
    ...(INSIGHTS[id] ?? insightOf(id)),
    ...changed[id],
  })),
});
