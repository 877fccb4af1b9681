/** What a card may be told, and what is wrong with it. Pure. */
import type { Kpi } from "../components/kpi/figures.js";
import { FIGURES } from "../components/kpi/names.js";
import { RANGES } from "../data/range.js";
import type { Range } from "../data/range.js";
import type { View } from "../data/types.js";
import type { Text } from "../i18n/text.js";
import { INSIGHT_NAMES } from "../insights/names.js";

export const CARD_KINDS = [
  "kpi",
  "schematic",
  "status",
  "view",
  "history",
  "insight",
] as const;

export type CardKind = (typeof CARD_KINDS)[number];

export type Figure = Kpi["key"];

/** A table, so that none is forgotten; named anew here, since the views themselves are a lot to fetch. */
const ALL_VIEWS: Record<View, true> = {
  sankey: true,
  cop: true,
  temperature: true,
  runtime: true,
  performance: true,
  power: true,
  valve: true,
};

export const VIEWS_OF_CARDS: readonly CardView[] = [
  ...(Object.keys(ALL_VIEWS) as View[]),
  "events",
];

export type CardView = View | "events";

export const cardTag = (kind: CardKind) => `heatpump-dashboard-${kind}-card`;

/** Parts of the history, the periods it has, and what these are compared with. */
export const SHOWS = ["bars", "table", "map"] as const;
export const PERIODS = [
  "week",
  "month",
  "heating_year",
  "year",
  "all",
] as const;
export const COMPARES = ["year", "before", "none"] as const;

/** The verdict, and every question that has an answer. */
export const INSIGHTS = ["verdict", ...INSIGHT_NAMES] as const;

/** Home Assistant adds what it needs itself, so unknown names are no mistake. */
export interface CardConfig {
  type: string;
  /** Id of a heat pump; the first one where there is none. */
  pump?: string;
  range?: Range;
  view?: CardView;
  /** Those shown, in this order; all where there is none. */
  figures?: readonly Figure[];
  show?: (typeof SHOWS)[number];
  /** The one that is running. */
  period?: (typeof PERIODS)[number];
  compare?: (typeof COMPARES)[number];
  insight?: (typeof INSIGHTS)[number];
  /** Instead of what stands above it, or above what has nothing. */
  title?: string;
  /** Whether a chart has its legend; it has where nothing is said. */
  legend?: boolean;
}

type Given = Partial<Record<keyof CardConfig, unknown>>;

const FIELDS: Record<CardKind, readonly (keyof CardConfig)[]> = {
  kpi: ["pump", "range", "figures", "title"],
  schematic: ["pump", "title"],
  status: ["pump", "title"],
  view: ["pump", "range", "view", "title", "legend"],
  history: ["pump", "show", "period", "compare", "title"],
  insight: ["pump", "insight", "title"],
};

const REQUIRED: readonly (keyof CardConfig)[] = ["view"];

export const fieldsOf = (kind: CardKind) => FIELDS[kind];

const CHOICES: Partial<Record<keyof CardConfig, readonly string[]>> = {
  range: RANGES,
  view: VIEWS_OF_CARDS,
  figures: FIGURES,
  show: SHOWS,
  period: PERIODS,
  compare: COMPARES,
  insight: INSIGHTS,
};

const isMistaken = (field: keyof CardConfig, value: unknown): boolean => {
  if (field === "legend") return typeof value !== "boolean";
  const choices = CHOICES[field];
  const isChoice = (each: unknown) =>
    choices ? choices.includes(each as string) : typeof each === "string";
  return field === "figures"
    ? !Array.isArray(value) || !value.every(isChoice)
    : !isChoice(value);
};

const isEmpty = (value: unknown): boolean =>
  value == null || value === "" || (Array.isArray(value) && !value.length);

/** The configuration of a card; throws an Error that says what is wrong with it. */
export const checked = (
  kind: CardKind,
  config: unknown,
  text: Text
): CardConfig => {
  if (typeof config !== "object" || config === null) {
    throw new Error(text("cards.error.config"));
  }
  const given: Given = { ...config };
  for (const field of FIELDS[kind]) {
    const value = given[field];
    const choices = CHOICES[field]?.join(", ") ?? "";
    if (isEmpty(value)) {
      // What was emptied in the form is left out.
      given[field] = undefined;
      if (!REQUIRED.includes(field)) continue;
      throw new Error(text("cards.error.required", { field, choices }));
    }
    if (isMistaken(field, value)) {
      const kind = field === "legend" ? "boolean" : "text";
      const name = `cards.error.${choices ? "choice" : kind}`;
      throw new Error(
        text(name, { field, choices, value: JSON.stringify(value) })
      );
    }
  }
  return given as CardConfig;
};
