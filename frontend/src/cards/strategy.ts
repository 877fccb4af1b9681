/** A whole dashboard of the cards, made anew whenever it is opened: a view for each heat pump. */
import type { Range } from "../data/range.js";
import { isRange } from "../data/range.js";
import type { Info } from "../data/types.js";
import type { HomeAssistant } from "../ha/types.js";
import type { Text } from "../i18n/text.js";
import { createText } from "../i18n/languages.js";
import { VIEWS_OF_CARDS } from "./config.js";
import { rowsOfView } from "./rows.js";
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
/** As tall as the drawing is in the widest of columns. */
const ROWS_OF_DRAWING = 14;
/** Beside the drawing. */
const BESIDE = 2;

const section = (cards: Card[], columns = 1): Section => ({
  type: "grid",
  ...(columns > 1 && { column_span: columns }),
  cards,
});

/** Left out: the charts this heat pump has no readings for. */
const viewsOf = (pump: Pump) =>
  VIEWS_OF_CARDS.filter(
    (view) => view === "events" || pump.views[view].available
  );

/** Rows of two; of an odd number, one that has the row to itself, so that none stands beside a hole. */
const pairsOf = (views: readonly CardView[]): CardView[][] => {
  const alone =
    views.length % 2 ? (views.find(isTemperature) ?? views[0]) : null;
  const others = views.filter((view) => view !== alone);
  const pairs = others.flatMap((view, i) => {
    const next = others[i + 1];
    return i % 2 || !next ? [] : [[view, next]];
  });
  return alone ? [[alone], ...pairs] : pairs;
};

const isTemperature = (view: CardView) => view === "temperature";

const viewOfPump = (pump: Pump, range: Range | undefined): DashboardView => {
  const during = range ? { range } : {};
  const cardOf = (view: CardView, rows: number) =>
    card("view", pump.id, { view, ...during, grid_options: { ...FULL, rows } });
  const views = viewsOf(pump);
  const beside = views.slice(0, BESIDE);
  const rowOf = (pair: readonly CardView[]): Section[] => {
    // What stands side by side ends together.
    const rows = Math.max(...pair.map((view) => rowsOfView({ view })));
    const columns = pair.length < 2 ? 2 : 1;
    return pair.map((view) => section([cardOf(view, rows)], columns));
  };
  const wide = (kind: string, more = {}) =>
    section([card(kind, pump.id, { ...more, grid_options: FULL })], 2);
  const drawing = { ...FULL, rows: ROWS_OF_DRAWING };
  return {
    title: pump.name,
    path: pump.id.replace(/\W+/g, "-").toLowerCase(),
    type: "sections",
    max_columns: 2,
    sections: [
      wide("status"),
      wide("kpi", during),
      wide("insight", { insight: "verdict" }),
      section([card("schematic", pump.id, { grid_options: drawing })]),
      section(
        beside.map((view) => cardOf(view, ROWS_OF_DRAWING / beside.length))
      ),
      ...pairsOf(views.slice(BESIDE)).flatMap(rowOf),
      wide("history", { show: "bars" }),
      wide("history", { show: "map" }),
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

/** ms; for as long as Home Assistant takes to start, it is asked again. */
const AGAIN_MS = 3_000;
const TRIES = 100;

/** Throws an Error: Home Assistant shows its words. */
const infoOf = async ({ connection }: HomeAssistant): Promise<Info> => {
  for (let left = TRIES; ; left -= 1) {
    try {
      return (await connection.sendMessagePromise({
        type: "heatpump_dashboard/info",
      })) as Info;
    } catch (cause) {
      const { message } = cause as Partial<Error>;
      if (left <= 1) throw new Error(message ?? "Not connected", { cause });
      await new Promise((next) => setTimeout(next, AGAIN_MS));
    }
  }
};

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
      infoOf(hass),
      createText(hass.locale.language),
    ]);
    return dashboardOf(info, isRange(range) ? range : undefined, text);
  }
}
