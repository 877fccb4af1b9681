/** What an answer rests on, beside its picture: figures by name, and how sure they are. Pure. */
import type { Format } from "../format/format.js";
import { margin, perDegree, twice } from "./margins.js";
import {
  celsius,
  degrees,
  kelvin,
  kwh,
  signed,
  withUnit,
} from "./quantities.js";
import { cell, numberOf } from "./types.js";
import type { Evidence, Insight, Row } from "./types.js";
import { found } from "./check-words.js";
import type { Words } from "./check-words.js";
import { calibrationCells, methodRows } from "./calibration-words.js";
import { changeCells } from "./change-words.js";
import { money, valuesIn } from "./words.js";

export interface DetailRow {
  name: string;
  how: string;
  value: string;
}

type Cells = readonly (readonly [key: string, value: string | null])[];
type Of = (
  number: (key: string) => number | null,
  insight: Insight,
  words: Words
) => Cells;

const or = <Value>(
  value: number | null,
  written: (value: number) => Value
): Value | null => (value === null ? null : written(value));

const tens = (value: number, unit: string, look: Words["look"]): string =>
  withUnit(Math.round(value / 10) * 10, 0, unit, look);

const litres = (value: number, look: Words["look"]): string =>
  tens(value, "l", look);

/** "+9 K". */
const warmer = (value: number, look: Words["look"]): string =>
  `${value > 0 ? "+" : ""}${kelvin(value, 0, look)}`;

/** kWh of a year: less than a hundred of them nobody knows. */
const hundreds = (value: number, look: Words["look"]): string =>
  kwh(Math.round(value / 100) * 100, look);

/** On the coldest days: how much of the day it runs, or what is left for the heater. */
const designRows = (
  number: (key: string) => number | null,
  look: Words["look"]
): Cells => {
  const [share, needs] = [number("design_share"), number("design_kw")];
  if (share === null || share <= 1 || needs === null)
    return [["design_runs", or(share, (each) => look.format.percent(each))]];
  const left = needs - (number("design_gives") ?? 0);
  return [["design_left", withUnit(left, 1, "kW", look)]];
};

const ROWS: Partial<Record<string, Of>> = {
  calibration: (_, insight, words) => calibrationCells(insight, words),
  change: (_, insight, words) => changeCells(insight, words),
  cop: (number, { value }, { look, info }) => [
    ["change", signed(value, look)],
    ["cost", money(number("cost"), 0, { look, info })],
    [
      "efficiency",
      or(number("efficiency"), (share) => look.format.percent(share)),
    ],
    ["capacity", or(number("capacity"), (kw) => withUnit(kw, 1, "kW", look))],
    ["heats", or(number("capacity_change"), (each) => signed(each, look))],
    ["brine", or(number("brine_change"), (each) => signed(each, look))],
    ["gas", or(number("hot_gas_change"), (k) => warmer(k, look))],
    ["fit_days", or(number("fit_days"), (days) => look.format.number(days, 0))],
  ],
  ground: (number, { value }, { look }) => [
    ["change", signed(value, look)],
    ["difference", or(number("difference"), (k) => kelvin(k, 1, look))],
    ["brine_in", or(number("brine_in"), (c) => celsius(c, 1, look))],
    ["coldest", or(number("coldest"), (c) => celsius(c, 1, look))],
    ["drift", or(number("drift"), (k) => kelvin(-k, 1, look))],
  ],
  cycling: (number, { value }, { look, info }) => [
    ["runs_a_day", or(number("runs_a_day"), (n) => look.format.number(n, 1))],
    ["minutes", withUnit(value, 0, "min", look)],
    [
      "short_share",
      or(number("short_share"), (share) => look.format.percent(share)),
    ],
    [
      "most_an_hour",
      or(number("most_an_hour"), (n) => look.format.number(n, 0)),
    ],
    ["start_kwh", or(number("start_kwh"), (n) => withUnit(n, 2, "kWh", look))],
    ["lost_kwh", or(number("lost_kwh"), (n) => withUnit(n, 1, "kWh", look))],
    ["lost_cost", money(number("lost_cost"), 0, { look, info })],
  ],
  house: (number, { value, code }, { look }) => [
    [
      code === "quotient" ? "quotient" : "needs",
      or(
        value,
        (kw) => `${perDegree(kw, look)}\u00a0kW/${look.format.units.difference}`
      ),
    ],
    ["base", or(number("base"), (c) => celsius(c, 1, look))],
    ["reserve", or(number("reserve"), (c) => celsius(c, 0, look))],
    ["r2", or(number("r2"), (share) => look.format.percent(share))],
    ["design", or(number("design_kw"), (kw) => withUnit(kw, 1, "kW", look))],
    ...designRows(number, look),
    ["summer", or(number("summer_kwh"), (n) => withUnit(n, 1, "kWh", look))],
    [
      number("years") === 0 ? "normal_typed" : "normal",
      or(number("normal_kwh"), (n) => hundreds(n, look)),
    ],
  ],
  curve: (number, { value }, { look, info }) => [
    ["saves", or(value, (share) => look.format.percent(share / 100, 1))],
    ["saved_cost", money(number("saved_cost"), 0, { look, info })],
    ["room", or(number("room"), (k) => kelvin(k, 1, look))],
    ["cop", or(number("cop"), (share) => look.format.percent(share / 100, 1))],
    ["indoor", or(number("indoor"), (c) => celsius(c, 1, look))],
    ["supply_cold", or(number("supply_cold"), (c) => celsius(c, 0, look))],
    ["supply_mild", or(number("supply_mild"), (c) => celsius(c, 0, look))],
    ["asked_cold", or(number("asked_cold"), (c) => celsius(c, 0, look))],
    ["asked_mild", or(number("asked_mild"), (c) => celsius(c, 0, look))],
    ["over", or(number("over"), (k) => kelvin(k, 0, look))],
    ["lower_cold", or(number("lower_cold"), (k) => kelvin(k, 0, look))],
    ["lower_mild", or(number("lower_mild"), (k) => kelvin(k, 0, look))],
  ],
  hot_water: (number, { value, params }, { look, info }) => [
    ["heat", kwh(value, look)],
    ["electricity", or(number("electricity"), (n) => kwh(n, look))],
    ["cost", money(number("cost"), 2, { look, info })],
    ["cop", or(number("cop"), (cop) => look.format.number(cop, 2))],
    ["charges", or(number("charges_a_day"), (n) => look.format.number(n, 1))],
    ["charge", or(number("minutes"), (n) => withUnit(n, 0, "min", look))],
    [
      "warms",
      or(
        number("celsius_after"),
        (after) =>
          `${look.format.number(
            or(number("celsius_before"), (c) => degrees(c, look.format)),
            0
          )} → ${celsius(after, 0, look)}`
      ),
    ],
    [
      "since",
      or(params.never_60 ? null : number("days_since_60"), (n) =>
        look.format.number(n, 0)
      ),
    ],
    ["litres", or(number("litres"), (n) => litres(n, look))],
    ["used", or(number("used_litres"), (n) => litres(n, look))],
    ["stands", or(number("loss_kwh"), (n) => withUnit(n, 1, "kWh", look))],
    ["falls", or(number("fall"), (k) => kelvin(k, 2, look))],
    ["lower", or(number("lower_kwh"), (n) => kwh(n, look))],
  ],
  heater: (number, { value, n }, words) => [
    ["total", kwh(value, words.look)],
    ["cost", money(number("cost"), 0, words)],
    [
      "share",
      or(number("share"), (share) => words.look.format.percent(share, 1)),
    ],
    ["avoidable", or(number("avoidable_kwh"), (each) => kwh(each, words.look))],
    ["times", words.look.format.number(n, 0)],
  ],
  money: (number, _, words) => {
    const { look } = words;
    const kw = (key: string) =>
      or(number(key), (value) => withUnit(value, 1, "kW", look));
    const share = (key: string) =>
      or(number(key), (value) => look.format.percent(value));
    return [
      ["cost", money(number("cost"), 0, words)],
      ["paid", money(number("paid"), 2, words)],
      ["flat", money(number("flat"), 2, words)],
      ["movable", money(number("movable"), 0, words)],
      ["peak", kw("peak")],
      ["highest", kw("peak_1")],
      ["heater", share("peak_heater")],
      ["without", kw("peak_without_heater")],
      ["water", share("peak_hot_water")],
      ["fee", money(number("fee"), 0, words)],
      ["house_peak", kw("house_peak")],
      ["house_pump", share("house_pump")],
      ["house_without", kw("house_without")],
      ["fee_before", money(number("fee_before"), 0, words)],
    ];
  },
  year: (number, { value }, { look }) => [
    ["cop", look.format.number(value, 2)],
    ["heat", or(number("heat"), (n) => kwh(n, look))],
    ["electricity", or(number("electricity"), (n) => kwh(n, look))],
    ["auxiliary", or(number("auxiliary"), (n) => kwh(n, look))],
    ["saved", or(number("saved"), (n) => hundreds(n, look))],
    ["oil", or(number("oil"), (n) => litres(n, look))],
    ["gas", or(number("gas"), (n) => tens(n, "m³", look))],
    ["change", or(number("change"), (share) => signed(100 * share, look))],
    ["degree_days", or(number("degree_days"), (n) => look.format.number(n, 0))],
    [
      "per_degree_day",
      or(number("per_degree_day"), (n) => withUnit(n, 2, "kWh", look)),
    ],
    ["co2", or(number("co2"), (kg) => withUnit(kg, 0, "kg", look))],
  ],
};

/** Those that names of figures have in them. */
const temperatures = ({ look }: Words): Record<string, string> => ({
  ...Object.fromEntries(
    [-5, 0, 7, 17, 40, 60].map((each) => [
      `at${each}`.replace("-", "_"),
      celsius(each, 0, look),
    ])
  ),
  k2: kelvin(2, 0, look),
});

/** How it starts in each weather. */
const weatherRows = (bins: readonly Row[], words: Words): DetailRow[] =>
  bins.map((bin) => {
    const { look } = words;
    const number = (key: string) => cell(bin, key);
    return {
      name: look.text("insights.row.cycling.outdoor", {
        low: celsius(number("low"), 0, look),
        high: celsius(number("high"), 0, look),
      }),
      how: look.text("insights.how.cycling.outdoor", {
        minutes: withUnit(number("minutes"), 0, "min", look),
        days: look.format.number(number("days"), 0),
      }),
      value: look.text("insights.cycling.an_hour", {
        starts: look.format.number(number("runs_an_hour"), 1),
      }),
    };
  });

/** `methods`, `by_outdoor`: what each of them says, where the answer has these. */
export const rowsOf = (
  insight: Insight,
  words: Words,
  { methods = [], by_outdoor: weather = [] }: Evidence = {}
): DetailRow[] => {
  const { id, params } = insight;
  const at = { ...temperatures(words), ...valuesIn(insight, words) };
  const cells =
    ROWS[id]?.((key) => numberOf(params, key), insight, words) ?? [];
  const rows = cells.flatMap(([key, value]) =>
    value === null
      ? []
      : [
          {
            name: words.look.text(`insights.row.${id}.${key}`, at),
            how: found(words, [`insights.how.${id}.${key}`], at) ?? "",
            value,
          },
        ]
  );
  return [
    ...rows,
    ...methodRows(methods, words),
    ...weatherRows(weather, words),
  ];
};

/** In which unit a scatter is told. */
const scatterText = (
  { scatter, unit }: Insight,
  { look }: Words
): string | null => {
  const error = twice(scatter);
  if (error === null) return null;
  if (unit === "%") return margin(look.format.percent(error / 100));
  if (unit === "kW/K") return margin(perDegree(error, look));
  return unit === "kWh/d" ? margin(withUnit(error, 1, "kWh", look)) : null;
};

const FROM_FLOW = new Set(["kW/K", "kWh/d"]);
/** Of these `n` counts something else than days. */
const NO_DAYS = new Set(["heater", "cycling", "calibration"]);

/** Of how many days, and what may be off: by chance, and all of it alike. */
export const sureOf = (insight: Insight, words: Words): string => {
  const { text, format } = words.look;
  const { n, from, to, id, scale, unit } = insight;
  const isSaid = insight.state !== "unknown" && insight.state !== "learning";
  const own = isSaid
    ? found(words, [`insights.sure.${id}`], valuesIn(insight, words))
    : null;
  const isFactor = id === "calibration";
  const error = isFactor ? null : scatterText(insight, words);
  const parts = [
    n !== null && from !== null && to !== null
      ? text(`insights.sure.${NO_DAYS.has(id) ? "span" : "days"}`, {
          count: n,
          from: format.date(from),
          to: format.date(to - 1),
        })
      : "",
    error ? text("insights.sure.scatter", { error }) : "",
    own ?? "",
  ];
  const isHeat = (FROM_FLOW.has(unit ?? "") && !isFactor) || id === "year";
  if (isHeat && scale === null) parts.push(text("insights.sure.unchecked"));
  if (isHeat && scale)
    parts.push(text("insights.sure.scale", { share: format.percent(scale) }));
  return parts.filter(Boolean).join(" ");
};

/** The days that an answer rests on, as rows of a file, by the home's dates. */
export const daysTable = (
  days: readonly Row[],
  { zone }: Pick<Format, "zone">
): (string | number | null | undefined)[][] => {
  const columns = Object.keys(days[0] ?? {}).filter((key) => key !== "time");
  return [
    ["day", ...columns],
    ...days.map((row) => [
      new Date(zone.local(row.time)).toISOString().slice(0, 10),
      ...columns.map((key) => row[key]),
    ]),
  ];
};
