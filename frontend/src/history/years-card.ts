import { css, svg } from "lit";
import type { Size } from "../charts/frame.js";
import type { Look } from "../components/context.js";
import { define } from "../ha/define.js";
import { axis } from "./drawing.js";
import { figuresOf, isRead } from "./figures.js";
import type { HistoryModel } from "./model.js";
import { PictureCard } from "./picture-card.js";
import type { PictureWords } from "./picture-card.js";
import { roundStep, rules } from "./picture.js";
import { currencyName, heatingYear } from "./words.js";

const LEFT = 56;
const RIGHT = 16;
const TOP = 36;
const BOTTOM = 26;
const STEPS = 4;
const WIDEST = 72;

interface Year {
  name: string;
  cost: number;
  isWhole: boolean;
}

const yearsOf = ({ years }: HistoryModel): Year[] =>
  years.heating_year.flatMap(({ day, complete, totals }) => {
    const figures = totals && figuresOf(totals);
    if (figures?.cost == null) return [];
    const isWhole = complete && isRead(figures);
    return [{ name: heatingYear(day), cost: figures.cost, isWhole }];
  });

/** What each heating year cost; those that are not whole are pale. */
export class YearsCard extends PictureCard {
  protected readonly view = "history-years";

  static override styles = [
    ...PictureCard.styles,
    css`
      rect {
        fill: var(--hp-compressor);
      }
      rect.partly {
        fill: color-mix(in srgb, var(--hp-compressor) 18%, transparent);
        stroke: color-mix(in srgb, var(--hp-compressor) 70%, transparent);
        stroke-dasharray: 2 2;
      }
    `,
  ];

  protected named({ text }: Look): string {
    return text("history.years.title");
  }

  protected words(model: HistoryModel, look: Look): PictureWords {
    const { currency = "" } = model.info.settings;
    const written = yearsOf(model).map(
      ({ name, cost }) => `${name} ${look.format.money(cost, currency)}`
    );
    return {
      ...{
        title: this.named(look),
        remark: currencyName(currency, look),
        samples: [],
      },
      summary: written.join(", "),
    };
  }

  protected drawing(model: HistoryModel, look: Look, size: Size) {
    const years = yearsOf(model);
    const [left, right] = [LEFT, size.width - RIGHT];
    const bottom = size.height - BOTTOM;
    const most = Math.max(1, ...years.map(({ cost }) => cost));
    const step = roundStep(most / STEPS);
    const to = Math.ceil(most / step) * step;
    const y = (value: number) => bottom - (value / to) * (bottom - TOP);
    const written = (value: number) => look.format.number(value, 0);
    const place = (right - left) / Math.max(1, years.length);
    const width = Math.min(WIDEST, place * 0.6);
    const plot = { top: TOP, bottom, rules: rules(0, to, step, y) };
    return svg`${axis(plot, { left, right, name: "", written })}
      ${years.map(({ name, cost, isWhole }, i) => {
        const x = left + (i + 0.5) * place;
        return svg`<rect class=${isWhole ? "" : "partly"} x=${x - width / 2} y=${y(cost)} width=${width} height=${Math.max(0, bottom - y(cost))} rx="2"></rect>
          <text class="middle strong" x=${x} y=${y(cost) - 6}>${written(cost)}</text>
          <text class="middle" x=${x} y=${bottom + 18}>${name}</text>`;
      })}`;
  }
}

define("hp-history-years")(YearsCard);

declare global {
  interface HTMLElementTagNameMap {
    "hp-history-years": YearsCard;
  }
}
