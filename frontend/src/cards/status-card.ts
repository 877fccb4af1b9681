import { html } from "lit";
import "../components/pills/status-pills.js";
import { formFor, HeatPumpCard } from "./card.js";
import type { Shown } from "./card.js";

/** Which part of the heat pump does what, since when. */
export class HeatPumpStatusCard extends HeatPumpCard {
  protected readonly kind = "status";

  static getConfigForm = formFor("status");
  static getStubConfig = () => ({});

  getCardSize() {
    return 2;
  }

  getGridOptions() {
    return { columns: "full" as const, min_columns: 6, rows: "auto" as const };
  }

  protected content({ info, known, staleUntil, look }: Shown) {
    return html`<hp-pills
      .info=${info}
      .snapshot=${known}
      .staleUntil=${staleUntil}
      .look=${look}
    ></hp-pills>`;
  }
}
