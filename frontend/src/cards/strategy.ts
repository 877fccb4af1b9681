/** A whole dashboard of the cards, made anew whenever it is opened: a view for each heat pump. */
import type { Range } from "../data/range.js";
import { isRange } from "../data/range.js";
import type { Info } from "../data/types.js";
import type { HomeAssistant } from "../ha/types.js";
import type { Text } from "../i18n/text.js";
import { createText } from "../i18n/languages.js";
import { VIEWS_OF_CARDS } from "./config.js";
import type { CardConfig, CardView } from "./config.js";

interface Card {
  type: string;
  [key: string]: unknown;
}

interface Section {
  type: "grid";
  column_span?: number;
  cards: Card[];
}

interface DashboardView {
  title: string;
  path: string;
  type: "sections";
  max_columns: number;
  sections: Section[];
}

export interface Dashboard {
  title: string;
  views: (DashboardView | { title: string; cards: Card[] })[];
}

type Pump = Info["pumps"][number];

const card = (
  kind: string,
  pump: string,
  more: Partial<CardConfig> & { grid_options?: object } = {}
): Card => ({ type: `custom:heatpump-dashboard-${kind}-card`, pump, ...more });

const FULL = { columns: "full" };
/** With the figures above it as tall as the drawing beside it. */
const BESIDE = { ...FULL, rows: 8 };

const section = (...cards: Card[]): Section => ({ type: "grid", cards });

/** Left out: the charts this heat pump has no readings for. */
const viewsOf = (pump: Pump) =>
  VIEWS_OF_CARDS.filter(
    (view) => view === "events" || pump.views[view].available
  );

/** Of views in rows of two, which one takes a row of its own so that none stands beside a hole. */
const wideOf = (views: readonly CardView[]): CardView[] =>
  views.length % 2 ? views.filter((view) => view === "temperature") : [];

const viewOfPump = (pump: Pump, range: Range | undefined): DashboardView => {
  const during = range ? { range } : {};
  const cardOf = (view: CardView, size: object = FULL) =>
    card("view", pump.id, { view, ...during, grid_options: size });
  const [beside, ...others] = viewsOf(pump);
  const wide = wideOf(others);
  const pairs = others.filter((view) => !wide.includes(view));
  return {
    title: pump.name,
    path: pump.id.replace(/\W+/g, "-").toLowerCase(),
    type: "sections",
    max_columns: 2,
    sections: [
      {
        ...section(card("status", pump.id, { grid_options: FULL })),
        column_span: 2,
      },
      section(card("schematic", pump.id, { grid_options: FULL })),
      section(
        card("kpi", pump.id, { ...during, grid_options: FULL }),
        ...(beside ? [cardOf(beside, BESIDE)] : [])
      ),
      ...wide.map((view) => ({ ...section(cardOf(view)), column_span: 2 })),
      ...pairs.map((view) => section(cardOf(view))),
    ],
  };
};

/** Without any heat pump, a view that says so. */
export const dashboardOf = (
  { pumps }: Info,
  range: Range | undefined,
  text: Text
): Dashboard => ({
  title: text("cards.dashboard.name"),
  views: pumps.length
    ? pumps.map((pump) => viewOfPump(pump, range))
    : [
        {
          title: text("setup.title"),
          cards: [
            {
              type: "markdown",
              title: text("setup.title"),
              content: text("setup.help"),
            },
          ],
        },
      ],
});

/** What Home Assistant asks for a dashboard; `range` of its configuration is that of all cards. */
export class HeatPumpDashboardStrategy extends HTMLElement {
  static readonly noEditor = true;
  /** Nothing of a registry is in it. */
  static readonly registryDependencies: readonly string[] = [];

  static async getCreateSuggestions(hass: HomeAssistant) {
    const text = await createText(hass.locale.language);
    return {
      title: text("cards.dashboard.name"),
      icon: "mdi:heat-pump-outline",
    };
  }

  static async generate(
    { range }: { range?: unknown },
    hass: HomeAssistant
  ): Promise<Dashboard> {
    const [info, text] = await Promise.all([
      hass.connection.sendMessagePromise({ type: "heatpump_dashboard/info" }),
      createText(hass.locale.language),
    ]);
    return dashboardOf(info as Info, isRange(range) ? range : undefined, text);
  }
}
