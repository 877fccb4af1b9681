import { css, html, nothing, svg } from "lit";
import type { Size } from "../charts/frame.js";
import type { Look } from "../components/context.js";
import { define } from "../ha/define.js";
import { beforeName } from "./answer.js";
import { costCompared, growingCost } from "./cost.js";
import type { CostCompared, CostRow } from "./cost.js";
import { dayNamesBelow } from "./day-names.js";
import { axis, linePath } from "./drawing.js";
import { growthPicture } from "./growth-picture.js";
import type { HistoryModel } from "./model.js";
import { PictureCard } from "./picture-card.js";
import type { PictureWords } from "./picture-card.js";
import { currencyName, shortName } from "./words.js";

const currencyOf = ({ info }: HistoryModel): string =>
  info.settings.currency ?? "";

/** With a real minus, and no sign before nothing. */
const signedMoney = (value: number, model: HistoryModel, look: Look) => {
  const rounded = Math.round(value);
  const sign = rounded < 0 ? "−" : rounded > 0 ? "+" : "";
  return sign + look.format.money(Math.abs(rounded), currencyOf(model));
};

/** What another cost comes from, and money since the beginning of the period. */
export class CostCard extends PictureCard {
  protected readonly view = "history-cost";

  static override styles = [
    ...PictureCard.styles,
    css`
      dl {
        margin: 0;
        padding: 0 16px;
      }
      dl div,
      dt {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      dl div {
        min-height: 32px;
      }
      dl div + div {
        border-top: 1px solid var(--hp-divider);
      }
      dd {
        margin: 0 0 0 auto;
        font-weight: 500;
      }
      dl i {
        flex: none;
        width: 12px;
        height: 12px;
        border-radius: 3px;
        background: var(--hp-ghost);
      }
      dl .weather {
        background: var(--hp-outdoor);
      }
      dl .rest.better {
        background: var(--hp-live);
      }
      dl .rest.worse {
        background: var(--hp-auxiliary);
      }
      .now {
        fill: none;
        stroke: var(--hp-text);
        stroke-width: 2px;
      }
      .area {
        fill: color-mix(in srgb, var(--hp-text) 4%, transparent);
      }
      .before {
        fill: none;
        stroke: var(--hp-ghost);
        stroke-width: 1.5px;
        stroke-dasharray: 4 3;
      }
    `,
  ];

  protected named({ text }: Look): string {
    return text("history.cost");
  }

  protected words(model: HistoryModel, look: Look): PictureWords {
    const { text, format, theme } = look;
    const { figures, before, period } = model;
    const compared = costCompared(model);
    const money = (value: number | null | undefined) =>
      value == null ? "–" : format.money(value, currencyOf(model));
    const name = shortName(period, look);
    const then = beforeName(model, look);
    const remark = compared
      ? text("history.cost_card.against", {
          difference: signedMoney(compared.difference, model, look),
          before: then,
        })
      : "";
    return {
      title: this.named(look),
      remark,
      summary: `${name} ${money(figures?.cost)}. ${remark}`,
      samples: [
        {
          ...{ name, value: money(figures?.cost) },
          ...{ color: theme.text, style: "solid" },
        },
        ...(before?.cost == null
          ? []
          : [
              {
                ...{ name: then, value: money(before.cost) },
                color: theme.secondaryText,
                style: "dashed" as const,
              },
            ]),
      ],
    };
  }

  protected override above(model: HistoryModel, look: Look) {
    const compared = costCompared(model);
    return compared
      ? html`<dl>
          ${compared.rows.map((row) => costRow(row, compared, model, look))}
        </dl>`
      : nothing;
  }

  protected drawing(model: HistoryModel, look: Look, size: Size) {
    const { days, rows, sameDays, before: sum } = model;
    const own = growingCost(days, rows);
    const then =
      sameDays && sum?.cost != null ? growingCost(sameDays, rows) : [];
    const picture = growthPicture(days, [own, then], size);
    const { lines, plot, left, right, bottom } = picture;
    const [line = [], before = []] = lines;
    const name = look.text("history.cost_card.since", {
      currency: currencyName(currencyOf(model), look),
    });
    const written = (value: number, digits: number) =>
      look.format.number(value, digits);
    const [first, last] = [line[0], line.at(-1)];
    return svg`${axis(plot, { left, right, name, written })}
      ${first && last ? svg`<path class="area" d="${linePath(line)}V${bottom}H${first.x}Z"></path>` : nothing}
      ${before.length ? svg`<path class="before" d=${linePath(before)}></path>` : nothing}
      ${line.length ? svg`<path class="now" d=${linePath(line)}></path>` : nothing}
      ${dayNamesBelow(picture, look)}`;
  }
}

const costRow = (
  { key, value }: CostRow,
  { prices }: CostCompared,
  model: HistoryModel,
  look: Look
) => {
  const { text, format } = look;
  const verdict = !model.weather?.isTold ? "" : value < 0 ? "better" : "worse";
  const [before, after] = prices;
  const values = {
    before: format.number(before, 2),
    after: format.number(after, 2),
    currency: currencyName(currencyOf(model), look),
  };
  return html`<div>
    <dt>
      <i class="${key} ${verdict}"></i
      >${text(`history.cost_card.${key}`, values)}
    </dt>
    <dd>${signedMoney(value, model, look)}</dd>
  </div>`;
};

define("hp-history-cost")(CostCard);

declare global {
  interface HTMLElementTagNameMap {
    "hp-history-cost": CostCard;
  }
}
