/** What Home Assistant's pickers say of the cards and of the dashboard. */
import { DOCUMENTS } from "../ha/documents.js";
import type { HomeAssistant } from "../ha/types.js";
import type { Text } from "../i18n/text.js";
import { CARD_KINDS, cardTag } from "./config.js";
import type { CardKind } from "./config.js";

const DOCUMENTATION = `${DOCUMENTS}cards.md`;

export const DASHBOARD = "heatpump-dashboard";

interface Suggestion {
  label: string;
  config: Record<string, unknown>;
}

interface CardEntry {
  type: string;
  name: string;
  description: string;
  preview: true;
  documentationURL: string;
  getEntitySuggestion: (
    hass: HomeAssistant,
    entity: string
  ) => Suggestion | null;
}

interface StrategyEntry {
  type: string;
  strategyType: "dashboard";
  name: string;
  description: string;
  documentationURL: string;
}

declare global {
  interface Window {
    customCards?: CardEntry[];
    customStrategies?: StrategyEntry[];
  }
}

/** Of which entities a kind shows more: the ends of their ids, as the integration makes them. */
const MORE_OF: Record<CardKind, RegExp> = {
  kpi: /_(cop|energy|heat|electricity|cost|starts|runtime|share)/,
  schematic: /temp|binary_sensor/,
  status: /binary_sensor|alarm|mode/,
  view: /cop|temp|power|energy/,
};

const VIEW_OF: readonly (readonly [RegExp, string])[] = [
  [/cop/, "cop"],
  [/hot_water/, "valve"],
  [/temp/, "temperature"],
  [/power/, "power"],
  [/energy/, "sankey"],
];

const suggestion =
  (kind: CardKind, name: string) =>
  ({ entities }: HomeAssistant, entity: string): Suggestion | null => {
    if (entities?.[entity]?.platform !== "heatpump_dashboard") return null;
    if (!MORE_OF[kind].test(entity)) return null;
    const view = VIEW_OF.find(([ends]) => ends.test(entity))?.[1];
    return {
      label: name,
      config: {
        type: `custom:${cardTag(kind)}`,
        ...(kind === "view" ? { view } : {}),
      },
    };
  };

const cardEntry = (kind: CardKind, text: Text): CardEntry => {
  const name = text(`cards.${kind}.name`);
  return {
    type: cardTag(kind),
    name,
    description: text(`cards.${kind}.description`),
    preview: true,
    documentationURL: DOCUMENTATION,
    getEntitySuggestion: suggestion(kind, name),
  };
};

/** The newest entries replace those in another language. */
const put = <Entry extends { type: string }>(
  list: Entry[],
  entries: readonly Entry[]
) => {
  for (const entry of entries) {
    const place = list.findIndex(({ type }) => type === entry.type);
    if (place < 0) list.push(entry);
    else list[place] = entry;
  }
};

/** Puts the cards and the dashboard into the pickers. */
export const announce = (text: Text): void => {
  put(
    (window.customCards ??= []),
    CARD_KINDS.map((kind) => cardEntry(kind, text))
  );
  put((window.customStrategies ??= []), [
    {
      type: DASHBOARD,
      strategyType: "dashboard",
      name: text("cards.dashboard.name"),
      description: text("cards.dashboard.description"),
      documentationURL: DOCUMENTATION,
    },
  ]);
};
