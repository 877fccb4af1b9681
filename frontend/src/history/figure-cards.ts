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
import { changeOf } from "./figures.js";
import type { Figures } from "./figures.js";
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
  /** "Nov 2025" */
  then: string;
}

type Part = FigureCard["context"][number];

const dot: Part = { text: "·" };

/** "2024/25 5,594 · 17.4 a day" */
const context = (...groups: (readonly (Part | null)[] | null)[]): Part[] =>
  groups
    .map((group) => group?.filter((part) => part !== null) ?? [])
    .filter((group) => group.length > 1 || group.some(({ text }) => text))
    .flatMap((group, i) => (i ? [dot, ...group] : group));

const versus = (value: string | null, then: string): Part[] | null =>
  then && value !== null
    ? [{ text: then }, { text: value, strong: true }]
    : null;

/** In the place of the ± that cannot be said. */
const unchecked = (
  value: number | null,
  { isUnchecked }: Figures,
  { text }: Look
): string => (isUnchecked && value !== null ? text("kpi.unchecked") : "");

type Made = Omit<FigureCard, "key" | "icon" | "name"> & { name?: string };

const electricity = ({ model, figures, look, then }: Input): Made => {
  const { before } = model;
  const days = (figures.covered + figures.uncovered) / DAY_S;
  const daily =
    figures.electricity !== null && days >= 1
      ? figures.electricity / days
      : null;
  return {
    ...{ value: kwh(figures.electricity, look), unit: "kWh", margin: "" },
    change: signedPercent(
      changeOf(figures.electricity, before?.electricity ?? null),
      look
    ),
    context: context(
      versus(before ? kwh(before.electricity, look) : null, then),
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

const cost = ({ model, figures, look, then }: Input): Made => {
  const { before, info } = model;
  const { text, format } = look;
  const { currency = "" } = info.settings;
  if (figures.cost === null)
    return {
      ...{ value: "–", unit: "", margin: "", change: null, spark: null },
      context: [{ text: text("history.no_price") }],
      isPriceMissing: true,
    };
  const price = figures.electricity ? figures.cost / figures.electricity : null;
  return {
    ...{ value: format.money(figures.cost, currency), unit: "", margin: "" },
    change: signedPercent(changeOf(figures.cost, before?.cost ?? null), look),
    context: context(
      versus(
        before?.cost == null ? null : format.money(before.cost, currency),
        then
      ),
      price === null
        ? null
        : [{ text: `${format.money(price, currency, 2)}/kWh` }]
    ),
    spark: costBars(model),
  };
};

const cop = ({ model, figures, look, then }: Input): Made => {
  const { format, text, theme } = look;
  const before = model.before?.cop ?? null;
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
      before !== null && figures.cop !== null
        ? signed(figures.cop - before, 2, look)
        : null,
    context: context(
      versus(before === null ? null : format.number(before, 2), then),
      name && !name.startsWith("history.") ? [{ text: name }] : null
    ),
    spark: lines(model, "cop", theme.compressor),
  };
};

const heat = ({ model, figures, look }: Input): Made => {
  const { text, format } = look;
  const free =
    figures.heat && figures.electricity !== null
      ? 1 - figures.electricity / figures.heat
      : null;
  return {
    ...{ value: kwh(figures.heat, look), unit: "kWh" },
    margin: unchecked(figures.heat, figures, look),
    change: signedPercent(
      changeOf(figures.heat, model.before?.heat ?? null),
      look
    ),
    context: context(
      figures.hotWater === null
        ? null
        : [
            { text: text("name.hot_water") },
            { text: kwh(figures.hotWater, look), strong: true },
          ],
      free !== null && free > 0
        ? [{ text: text("history.free", { share: format.percent(free) }) }]
        : null
    ),
    spark: bars(model, ["heating", "hot_water"]),
  };
};

const auxiliary = ({ model, figures, look, then }: Input): Made => {
  const before = model.before?.auxiliary ?? null;
  const share =
    figures.auxiliary !== null && figures.electricity
      ? figures.auxiliary / figures.electricity
      : null;
  return {
    ...{ value: kwh(figures.auxiliary, look), unit: "kWh", margin: "" },
    change:
      figures.auxiliary !== null && before !== null
        ? `${signed(figures.auxiliary - before, Math.abs(figures.auxiliary - before) < 100 ? 1 : 0, look) ?? ""} kWh`
        : null,
    context: context(
      versus(before === null ? null : kwh(before, look), then),
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

const weather = ({ model, figures, look, then }: Input): Made => {
  const { text, format, theme } = look;
  const before = model.before?.degreeDays ?? null;
  return {
    ...{ value: format.number(figures.degreeDays, 0), margin: "" },
    unit: figures.degreeDays === null ? "" : text("history.degree_days"),
    change: signedPercent(changeOf(figures.degreeDays, before), look),
    context: context(
      figures.outdoor === null
        ? null
        : [
            { text: text("history.mean") },
            { text: format.temperature(figures.outdoor, 1), strong: true },
          ],
      versus(before === null ? null : format.number(before, 0), then)
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

/** "–" and why, while not all of the period is read. */
const unknown = (look: Look): Made => ({
  ...{ value: "–", unit: "", margin: "", change: null, spark: null },
  context: [{ text: look.text("history.after_reading") }],
});

export const figureCards = (model: HistoryModel, look: Look): FigureCard[] => {
  const { figures } = model;
  const then = beforeName({ ...model, isRunning: false }, look);
  return FIGURE_KEYS.map((key) => ({
    key,
    icon: ICONS[key],
    name: look.text(`history.figure.${key}`),
    ...(figures ? MAKERS[key]({ model, figures, look, then }) : unknown(look)),
  }));
};
