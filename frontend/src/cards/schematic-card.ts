import { html } from "lit";
import "../components/schematic/schematic.js";
import { formFor, HeatPumpCard } from "./card.js";
import type { Shown } from "./card.js";

/** The heat pump as a picture, right now. */
export class HeatPumpSchematicCard extends HeatPumpCard {
  protected readonly kind = "schematic";

  static getConfigForm = formFor("schematic");
  static getStubConfig = () => ({});

  getCardSize() {
    return 6;
  }

  getGridOptions() {
    return { columns: 12, min_columns: 6, rows: "auto" as const };
  }

  protected content({ info, known, staleUntil, look }: Shown) {
    return html`<hp-schematic
      .info=${info}
      .snapshot=${known}
      .staleUntil=${staleUntil}
      .look=${look}
    ></hp-schematic>`;
  }
}
