/**
 * The cards as Home Assistant knows them. It wants their elements on every page, so these are small:
 * they check what they are told, and fetch what is on them when they are placed.
 */
import { fetched, isReplaced } from "../ha/replaced.js";
import type { HomeAssistant } from "../ha/types.js";
import { FIGURES } from "../components/kpi/names.js";
import { checked } from "./config.js";
import type { CardConfig, CardKind } from "./config.js";
import type { CardContent } from "./content.js";
import { formOf } from "./form.js";
import { rowsOfHistory, rowsOfView } from "./rows.js";
import { readFormText, words } from "./words.js";

export interface GridOptions {
  columns: number | "full";
  rows: number | "auto";
  min_columns: number;
  min_rows?: number;
}

interface Kind {
  stub: Partial<CardConfig>;
  /** Rows of 50 px, for dashboards in columns. */
  size: (config: Partial<CardConfig>) => number;
  grid: (config: Partial<CardConfig>) => GridOptions;
}

/** As high as what is on a chart needs, and the longest legend in two lines. */
const MOST_MIN_ROWS = 7;

/** Figures side by side in a section. */
const FIGURES_BESIDE = 2;
const ROWS_OF_FIGURE = 3;

const ROWS_OF_INSIGHT = 7;

const rowsOfFigures = ({ figures = FIGURES }: Partial<CardConfig>) =>
  ROWS_OF_FIGURE * Math.ceil(figures.length / FIGURES_BESIDE);

const KINDS: Record<CardKind, Kind> = {
  kpi: {
    stub: { range: "24h" },
    size: rowsOfFigures,
    // A figure with all its words takes half of a section.
    grid: ({ figures = FIGURES }) => ({
      columns: figures.length > 1 ? 12 : 6,
      min_columns: 6,
      rows: "auto",
      min_rows: ROWS_OF_FIGURE,
    }),
  },
  schematic: {
    stub: {},
    size: () => 6,
    // Its words are never smaller than one can read.
    grid: () => ({ columns: 12, min_columns: 12, rows: "auto" }),
  },
  status: {
    stub: {},
    size: () => 2,
    grid: () => ({ columns: "full", min_columns: 9, rows: "auto" }),
  },
  view: {
    stub: { view: "temperature", range: "24h" },
    size: () => 7,
    grid: (config) => {
      const rows = rowsOfView(config);
      const min_rows = Math.min(rows, MOST_MIN_ROWS);
      return { columns: 12, min_columns: 12, rows, min_rows };
    },
  },
  history: {
    stub: { show: "bars", period: "heating_year" },
    size: (config) => rowsOfHistory(config),
    grid: (config) => {
      const rows = rowsOfHistory(config);
      const isBars = (config.show ?? "bars") === "bars";
      return {
        ...{ columns: "full", min_columns: 12 },
        ...(isBars ? { rows, min_rows: rows } : { rows: "auto" }),
      };
    },
  },
  insight: {
    stub: { insight: "verdict" },
    size: () => ROWS_OF_INSIGHT,
    // The verdict has all its checks beside it.
    grid: ({ insight = "verdict" }) => ({
      columns: insight === "verdict" ? "full" : 12,
      min_columns: insight === "verdict" ? 12 : 9,
      rows: "auto",
    }),
  },
};

/** What is on the cards; its module defines the elements. */
export const CONTENTS = {
  fetch: (): Promise<unknown> => fetched(() => import("./contents.js")),
};

const RETRY_MS = 5_000;

/** A card of Home Assistant's dashboards. */
export abstract class HeatPumpCard extends HTMLElement {
  protected abstract readonly kind: CardKind;
  private config: CardConfig | undefined;
  private known: HomeAssistant | undefined;
  private content: CardContent | null = null;
  private filling = false;

  get hass(): HomeAssistant | undefined {
    return this.known;
  }

  set hass(hass: HomeAssistant | undefined) {
    this.known = hass;
    this.updateContent();
  }

  /** Throws an Error where the configuration is wrong; Home Assistant shows it. */
  setConfig(config: unknown): void {
    const given = checked(this.kind, config, words.text);
    this.config = { ...given, figures: given.figures ?? FIGURES };
    this.updateContent();
  }

  getCardSize(): number {
    return KINDS[this.kind].size(this.config ?? {});
  }

  getGridOptions(): GridOptions {
    return KINDS[this.kind].grid(this.config ?? {});
  }

  connectedCallback(): void {
    Object.assign(this.style, { display: "block", height: "100%" });
    void this.fill();
  }

  private async fill(): Promise<void> {
    if (this.content || this.filling || !this.isConnected) return;
    this.filling = true;
    try {
      await CONTENTS.fetch();
    } catch {
      // Away for a moment: the page is asked again.
      this.textContent = isReplaced() ? words.text("replaced.text") : "";
      setTimeout(() => void this.fill(), RETRY_MS);
      return;
    } finally {
      this.filling = false;
    }
    const content = document.createElement(`hp-${this.kind}-content`);
    this.content = content as unknown as CardContent;
    this.updateContent();
    this.replaceChildren(content);
  }

  private updateContent(): void {
    const { content, config, known } = this;
    if (!content || !config) return;
    content.config = config;
    content.hass = known;
  }
}

/** The element of a kind, with the form by which it is edited. */
export const cardOf = (kind: CardKind) =>
  class extends HeatPumpCard {
    protected readonly kind = kind;

    static getStubConfig = () => KINDS[kind].stub;
    static getConfigForm = async () => formOf(kind, await readFormText(kind));
  };
