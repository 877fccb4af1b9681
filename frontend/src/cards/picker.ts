/** What Home Assistant's pickers say of the cards and of the dashboard. */
import { DOCUMENTS } from "../ha/documents.js";
import type { HomeAssistant } from "../ha/types.js";
import type { Text } from "../i18n/text.js";
import { CARD_KINDS, cardTag } from "./config.js";
import type { CardConfig, CardKind, CardView, Figure } from "./config.js";

const DOCUMENTATION = `${DOCUMENTS}cards.md`;

export const DASHBOARD = "heatpump-dashboard";

interface Suggestion {
  label: string;
  config: CardConfig;
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

/** Of which entities a kind shows more, and which part of it: by the keys of their names. */
interface Shows {
  view?: CardView;
  figure?: Figure;
  /** The part of the history that has it. */
  show?: CardConfig["show"];
  /** The answer that it is a part of. */
  insight?: CardConfig["insight"];
  /** It is in the drawing, or among the states. */
  now?: readonly ("schematic" | "status")[];
}

const months = { show: "bars" } as const;
const state: Shows = { view: "runtime", now: ["status", "schematic"] };
const heater: Shows = { ...state, view: "power", figure: "auxiliary" };
const circuit: Shows = { view: "temperature", now: ["schematic"] };
const climate: Shows = { ...circuit, figure: "temperatures" };
const cop: Shows = { view: "cop", figure: "cop" };
const heat: Shows = { view: "sankey", figure: "heat" };
const electricity: Shows = { view: "sankey", figure: "electricity" };
const compressor: Shows = { view: "runtime", figure: "compressor" };
const auxiliary: Shows = { view: "power", figure: "auxiliary" };
const difference: Shows = { view: "performance" };
const alarm: Shows = { view: "events", now: ["status"] };
const verdict: Shows = { ...alarm, insight: "verdict" };

const SHOWS: Partial<Record<string, Shows>> = {
  cop,
  cop_today: cop,
  cop_yesterday: cop,
  cop_this_month: cop,
  cop_last_month: { ...cop, ...months },
  cop_last_12_months: { ...cop, ...months, insight: "year" },
  cop_this_year: { ...cop, ...months },
  compressor_cop_today: cop,
  heat,
  heat_today: heat,
  heat_last_month: { ...heat, ...months },
  heat_this_year: { ...heat, ...months },
  heat_hot_water: heat,
  electricity,
  electricity_today: electricity,
  electricity_last_month: { ...electricity, ...months },
  electricity_this_year: { ...electricity, ...months },
  compressor_electricity: electricity,
  cost_today: electricity,
  cost_last_month: { ...electricity, ...months },
  cost_this_year: { ...electricity, ...months },
  power: { view: "power", figure: "electricity", now: ["schematic"] },
  compressor: { ...state, figure: "compressor" },
  compressor_speed: { ...compressor, now: ["schematic"] },
  compressor_runtime_today: compressor,
  compressor_starts_today: compressor,
  brine_pump: state,
  circulation_pump: state,
  mode: state,
  operating_mode: state,
  auxiliary_heater: heater,
  auxiliary_percent: heater,
  auxiliary_energy: auxiliary,
  auxiliary_energy_today: auxiliary,
  auxiliary_share_today: auxiliary,
  outdoor_temp: climate,
  indoor_temp: climate,
  hot_water_temp: { ...climate, view: "valve" },
  hot_water_charging: { ...state, view: "valve" },
  hot_water_charges_today: { view: "valve" },
  supply_temp: circuit,
  return_temp: circuit,
  brine_in_temp: circuit,
  brine_out_temp: circuit,
  hot_gas_temp: circuit,
  supply_return_difference: difference,
  brine_difference: difference,
  alarm,
  alarm_code: alarm,
  alarm_text: alarm,
  alarm_event: alarm,
  operation_event: { view: "events" },
  verdict,
  attention: verdict,
  cop_deviation: { ...cop, insight: "cop" },
  heat_loss: { ...heat, insight: "house" },
  full_load_temp: { ...compressor, insight: "house" },
  days_since_60: { ...climate, view: "valve", insight: "hot_water" },
  avoidable_auxiliary: { ...auxiliary, insight: "heater" },
};

/** What a card of a kind is told to show of it; null where it shows nothing of it. */
const toldOf = (kind: CardKind, shows: Shows): Partial<CardConfig> | null => {
  const { view, figure, show, now, insight } = shows;
  if (kind === "insight") return insight ? { insight } : null;
  if (kind === "history") return show ? { show } : null;
  if (kind === "view") return view ? { view } : null;
  if (kind === "kpi") return figure ? { figures: [figure] } : null;
  return now?.includes(kind) ? {} : null;
};

/** The heat pump that an entity is of: the subentry that its device belongs to. */
const pumpOf = (
  { devices }: HomeAssistant,
  device: string | undefined
): Pick<CardConfig, "pump"> => {
  const subentries = devices?.[device ?? ""]?.config_entries_subentries ?? {};
  const pump = Object.values(subentries).flat().find(Boolean);
  return pump ? { pump } : {};
};

const suggestion =
  (kind: CardKind, name: string) =>
  (hass: HomeAssistant, id: string): Suggestion | null => {
    const entity = hass.entities?.[id];
    if (entity?.platform !== "heatpump_dashboard") return null;
    const shows = SHOWS[entity.translation_key ?? ""];
    const told = shows ? toldOf(kind, shows) : null;
    if (!told) return null;
    return {
      label: name,
      config: {
        type: `custom:${cardTag(kind)}`,
        ...pumpOf(hass, entity.device_id),
        ...told,
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
