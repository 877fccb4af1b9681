import { css, html } from "lit";
import "../components/kpi/kpi-card.js";
import { formFor, HeatPumpCard } from "./card.js";
import type { Shown } from "./card.js";
import { FIGURES } from "./config.js";

/** Figures of a period. */
export class HeatPumpKpiCard extends HeatPumpCard {
  protected readonly kind = "kpi";

  static getConfigForm = formFor("kpi");
  static getStubConfig = () => ({ range: "24h" });

  static override styles = [
    ...HeatPumpCard.styles,
    css`
      .card {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr));
        grid-auto-rows: minmax(160px, 1fr);
        gap: 8px;
        height: 100%;
      }
    `,
  ];

  getCardSize() {
    return 3 * Math.ceil(this.figures.length / 2);
  }

  getGridOptions() {
    return { columns: 12, min_columns: 3, rows: "auto" as const };
  }

  private get figures() {
    return this.configuration?.figures ?? FIGURES;
  }

  protected content({ info, known, present, staleUntil, look }: Shown) {
    const all = known
      ? present.kpis(known, info, look, staleUntil !== null)
      : [];
    return html`${this.figures.map(
      (figure) =>
        html`<hp-kpi-card
          .kpi=${all.find(({ key }) => key === figure) ?? null}
          .look=${look}
        ></hp-kpi-card>`
    )}`;
  }
}
