import { css, html } from "lit";
import "../components/kpi/kpi-card.js";
import { DEFAULT_RANGE } from "../data/range.js";
import { CardContent } from "./content.js";
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
      .title {
        padding-top: 0;
        line-height: 20px;
      }
      .title span {
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-m, 14px);
        font-weight: 400;
      }
    `,
  ];

  protected content(shown: Shown) {
    const { config, info, known, derived, staleUntil, look } = shown;
    const all = known
      ? derived.kpis(known, info, look, staleUntil !== null)
      : [];
    // A figure tells nothing without what it is of.
    const of = look.text(`range.${config.range ?? DEFAULT_RANGE}.name`);
    return html`<h2 class="title">${config.title} <span>${of}</span></h2>
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
