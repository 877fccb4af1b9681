/** The six figures of a period, each with its change and a small picture. Pure. */
import {
  mdiCashMultiple,
  mdiFlash,
  mdiGauge,
  mdiHeatingCoil,
  mdiRadiator,
  mdiThermometer,
} from "@mdi/js";
import type { Look } from "../components/context.js";
import { beforeName } from "./answer.js";
import { changeOf, isReported, paidForHeat, priceOf } from "./figures.js";
import type { Figures } from "./figures.js";
import { NO_VALUE } from "../format/format.js";
import { whyNone } from "./model.js";
import type { HistoryModel } from "./model.js";
import { columnUnit } from "./period.js";
import type { Series } from "./picture.js";
import { valueOf } from "./picture.js";
import { kwh, signed, signedPercent } from "./words.js";

export const FIGURE_KEYS = [
  "electricity",
  "cost",
  "cop",
  "heat",
  "auxiliary",
  "weather",
] as const;

export type FigureKey = (typeof FIGURE_KEYS)[number];

export interface SparkBar {
  parts: { series: Series | "cost"; value: number }[];
  /** Of the comparison, of months only. */
  tick: number | null;
}

export type Spark =
  | { kind: "bars"; bars: SparkBar[] }
  | {
      kind: "lines";
      color: string;
      values: (number | null)[];
      before: (number | null)[];
    };

export interface FigureCard {
  key: FigureKey;
  icon: string;
  name: string;
  value: string;
  unit: string;
  margin: string;
  /** Of the comparison: a neutral chip. */
  change: string | null;
  context: { text: string; strong?: boolean }[];
  spark: Spark | null;
  /** A sentence and a way to the settings. */
  isPriceMissing?: boolean;
}

const ICONS: Record<FigureKey, string> = {
  electricity: mdiFlash,
  cost: mdiCashMultiple,
  cop: mdiGauge,
  heat: mdiRadiator,
  auxiliary: mdiHeatingCoil,
  weather: mdiThermometer,
};

const DAY_S = 86_400;

const bars = (model: HistoryModel, series: readonly Series[]): Spark => ({
  kind: "bars",
  bars: model.columns.map(({ figures, before }) => {
    const sum = series.reduce((all, each) => all + valueOf(before, each), 0);
    return {
      parts: series.map((each) => ({
        series: each,
        value: valueOf(figures, each),
      })),
      tick: columnUnit(model.period.unit) === "month" && before ? sum : null,
    };
  }),
});

const costBars = (model: HistoryModel): Spark => ({
  kind: "bars",
  bars: model.columns.map(({ figures, before }) => ({
    parts: [{ series: "cost", value: figures?.cost ?? 0 }],
    tick:
      columnUnit(model.period.unit) === "month" ? (before?.cost ?? null) : null,
  })),
});

const lines = (
  model: HistoryModel,
  key: "cop" | "outdoor",
  color: string
): Spark => ({
  kind: "lines",
  color,
  values: model.columns.map(({ figures }) => figures?.[key] ?? null),
  before: model.columns.map(({ before }) => before?.[key] ?? null),
});

interface Input {
  model: HistoryModel;
  figures: Figures;
  look: Look;
  /** What it is compared with; null where nothing can be. */
  same: Same | null;
}

type Wanted = Omit<Input, "figures"> & Pick<HistoryModel, "figures">;

interface Same {
  own: Figures;
  before: Figures;
  /** "Nov 2025"; "same days" of a period that is running. */
  then: string;
  /** "91 days read in both", where others are left out: the sum of before says nothing then. */
  over: string;
}

type Part = FigureCard["context"][number];

const dot: Part = { text: "·" };

/** "2024/25 5,594 · 17.4 a day" */
const context = (...groups: (readonly (Part | null)[] | null)[]): Part[] =>
  groups
    .map((group) => group?.filter((part) => part !== null) ?? [])
    .filter((group) => group.length > 1 || group.some(({ text }) => text))
    .flatMap((group, i) => (i ? [dot, ...group] : group));

const versus = (same: Same | null, value: string | null): Part[] | null => {
  if (!same) return null;
  if (same.over) return [{ text: same.over }];
  return value === null
    ? null
    : [{ text: same.then }, { text: value, strong: true }];
};

const change = (
  same: Same | null,
  key: "electricity" | "cost" | "heat" | "degreeDays",
  look: Look
): string | null =>
  signedPercent(same && changeOf(same.own[key], same.before[key]), look);

/** In the place of the ± that cannot be said. */
const unchecked = (
  value: number | null,
  { isUnchecked }: Figures,
  { text }: Look
): string => (isUnchecked && value !== null ? text("kpi.unchecked") : "");

type Made = Omit<FigureCard, "key" | "icon" | "name"> & { name?: string };

const electricity = ({ model, figures, look, same }: Input): Made => {
  const days = (figures.covered + figures.uncovered) / DAY_S;
  const daily =
    figures.electricity !== null && days >= 1
      ? figures.electricity / days
      : null;
  return {
    ...{ value: kwh(figures.electricity, look), unit: "kWh", margin: "" },
    change: change(same, "electricity", look),
    context: context(
      versus(same, same && kwh(same.before.electricity, look)),
      daily === null
        ? null
        : [
            {
              text: look.text("history.a_day", {
                value: look.format.number(daily, 1),
              }),
            },
          ]
    ),
    spark: bars(model, ["compressor", "auxiliary"]),
  };
};

const cost = ({ model, figures, look, same }: Input): Made => {
  const { info } = model;
  const before = same?.before.cost ?? null;
  const { text, format } = look;
  const { currency = "" } = info.settings;
  if (figures.cost === null)
    return {
      ...{ value: "–", unit: "", margin: "", change: null, spark: null },
      context: [{ text: text("history.no_price") }],
      isPriceMissing: true,
    };
  const price = priceOf(figures);
  return {
    ...{ value: format.money(figures.cost, currency), unit: "", margin: "" },
    change: change(same, "cost", look),
    context: context(
      versus(same, before === null ? null : format.money(before, currency)),
      price === null
        ? null
        : [{ text: `${format.money(price, currency, 2)}/kWh` }]
    ),
    spark: costBars(model),
  };
};

/** As it is written: a difference is that of the two numbers that one sees. */
const hundredths = (value: number): number => Math.round(value * 100) / 100;

const cop = ({ model, figures, look, same }: Input): Made => {
  const { format, text, theme } = look;
  const before = same?.before.cop ?? null;
  const own = same?.own.cop ?? null;
  const { boundary } = model.info.settings;
  const name = boundary ? text(`history.boundary.${boundary}`) : "";
  return {
    name: text(figures.isScop ? "history.figure.scop" : "name.cop"),
    value: format.number(figures.cop, 2),
    unit: "",
    margin:
      figures.copUncertainty === null
        ? unchecked(figures.cop, figures, look)
        : `± ${format.number(figures.copUncertainty, 2)}`,
    change:
      before !== null && own !== null
        ? signed(hundredths(own) - hundredths(before), 2, look)
        : null,
    context: context(
      versus(same, before === null ? null : format.number(before, 2)),
      name && !name.startsWith("history.") ? [{ text: name }] : null
    ),
    spark: lines(model, "cop", theme.compressor),
  };
};

const heat = ({ model, figures, look, same }: Input): Made => {
  const { text, format } = look;
  const paid = paidForHeat(figures);
  const free = figures.heat && paid !== null ? 1 - paid / figures.heat : null;
  return {
    ...{ value: kwh(figures.heat, look), unit: "kWh" },
    margin: unchecked(figures.heat, figures, look),
    change: change(same, "heat", look),
    context: context(
      figures.hotWater === null
        ? null
        : [
            { text: text("name.hot_water") },
            { text: kwh(figures.hotWater, look), strong: true },
          ],
      figures.cooling
        ? [
            { text: text("charts.runtime.cooling") },
            { text: kwh(figures.cooling, look), strong: true },
          ]
        : null,
      free !== null && free > 0
        ? [{ text: text("history.free", { share: format.percent(free) }) }]
        : null
    ),
    spark: bars(model, ["heating", "hot_water"]),
  };
};

const auxiliary = ({ model, figures, look, same }: Input): Made => {
  const before = same?.before.auxiliary ?? null;
  const own = same?.own.auxiliary ?? null;
  const share =
    figures.auxiliary !== null && figures.electricity
      ? figures.auxiliary / figures.electricity
      : null;
  return {
    ...{ value: kwh(figures.auxiliary, look), unit: "kWh", margin: "" },
    change:
      own !== null && before !== null
        ? `${signed(own - before, Math.abs(own - before) < 100 ? 1 : 0, look) ?? ""} kWh`
        : null,
    context: context(
      versus(same, before === null ? null : kwh(before, look)),
      share === null
        ? null
        : [
            {
              text: look.text("history.of_electricity", {
                share: look.format.percent(share),
              }),
            },
          ]
    ),
    spark: bars(model, ["auxiliary"]),
  };
};

const weather = ({ model, figures, look, same }: Input): Made => {
  const { text, format, theme } = look;
  const before = same?.before.degreeDays ?? null;
  return {
    ...{ value: format.number(figures.degreeDays, 0), margin: "" },
    unit: figures.degreeDays === null ? "" : text("history.degree_days"),
    change: change(same, "degreeDays", look),
    context: context(
      figures.outdoor === null
        ? null
        : [
            { text: text("history.mean") },
            { text: format.temperature(figures.outdoor, 1), strong: true },
          ],
      versus(same, before === null ? null : format.number(before, 0))
    ),
    spark: lines(model, "outdoor", theme.outdoor),
  };
};

const MAKERS: Record<FigureKey, (input: Input) => Made> = {
  electricity,
  cost,
  cop,
  heat,
  auxiliary,
  weather,
};

/** "–" and why. */
const unknown = (why: string, { text }: Look): Made => ({
  ...{ value: NO_VALUE, unit: "", margin: "", change: null, spark: null },
  context: [{ text: text(why) }],
});

const made = (key: FigureKey, { figures, ...input }: Wanted): Made => {
  const { look } = input;
  if (!figures) return unknown(whyNone(input.model), look);
  const card = MAKERS[key]({ figures, ...input });
  if (card.value !== NO_VALUE) return card;
  if (!isReported(figures, key)) return unknown("pill.not_reported", look);
  if (card.isPriceMissing) return card;
  const why = key === "weather" ? "history.no_weather" : "history.not_known";
  return { ...card, ...unknown(why, look) };
};

/**
 * What the changes are told from: both periods where all of them is known, else the days that are
 * known on both sides, without the day that has only begun.
 */
const sameOf = (model: HistoryModel, look: Look): Same | null => {
  const { figures, before, isRunning, readOnBoth } = model;
  const then = beforeName(model, look);
  if (!isRunning && figures && before && !readOnBoth?.leftOut)
    return { own: figures, before, then, over: "" };
  if (!then || !readOnBoth) return null;
  const { own, before: earlier, days, leftOut } = readOnBoth;
  const { text } = look;
  return {
    ...{ own, before: earlier, then: text("history.same_days") },
    over: leftOut ? text("history.read_on_both", { count: days }) : "",
  };
};

export const figureCards = (model: HistoryModel, look: Look): FigureCard[] => {
  const { figures } = model;
  const same = sameOf(model, look);
  const input = { model, figures, look, same };
  return FIGURE_KEYS.map((key) => ({
    key,
    icon: ICONS[key],
    name: look.text(`history.figure.${key}`),
    ...made(key, input),
  }));
};
