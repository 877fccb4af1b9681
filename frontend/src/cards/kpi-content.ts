import { css, html } from "lit";
import "../components/kpi/kpi-card.js";
import { CardContent, titleLine } from "./content.js";
import type { Shown } from "./content.js";

/** Figures of a period. */
export class KpiContent extends CardContent {
  static override styles = [
    ...CardContent.styles,
    css`
      .card {
        display: flex;
        flex-direction: column;
        height: 100%;
      }
      .figures {
        display: grid;
        flex: 1;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 150px), 1fr));
        grid-auto-rows: minmax(160px, 1fr);
        gap: 8px;
      }
    `,
  ];

  protected content(shown: Shown) {
    const { config, info, known, derived, staleUntil, look } = shown;
    const all = known
      ? derived.kpis(known, info, look, staleUntil !== null)
      : [];
    return html`${titleLine(config)}
      <div class="figures">
        ${config.figures?.map(
          (figure) =>
            html`<hp-kpi-card
              .name=${figure}
              .kpi=${all.find(({ key }) => key === figure) ?? null}
              .look=${look}
            ></hp-kpi-card>`
        )}
      </div>`;
  }
}
