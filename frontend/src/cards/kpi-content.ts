import { css, html } from "lit";
import "../components/kpi/kpi-card.js";
import { CardContent } from "./content.js";
import type { Shown } from "./content.js";

/** Figures of a period. */
export class KpiContent extends CardContent {
  static override styles = [
    ...CardContent.styles,
    css`
      .card {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 160px), 1fr));
        grid-auto-rows: minmax(160px, 1fr);
        gap: 8px;
        height: 100%;
      }
    `,
  ];

  protected content(shown: Shown) {
    const { config, info, known, derived, staleUntil, look } = shown;
    const all = known
      ? derived.kpis(known, info, look, staleUntil !== null)
      : [];
    return html`${config.figures?.map(
      (figure) =>
        html`<hp-kpi-card
          .name=${figure}
          .kpi=${all.find(({ key }) => key === figure) ?? null}
          .look=${look}
        ></hp-kpi-card>`
    )}`;
  }
}
