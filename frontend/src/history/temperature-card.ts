import { css, nothing, svg } from "lit";
import { property } from "lit/decorators.js";
import type { Size } from "../charts/frame.js";
import type { Look } from "../components/context.js";
import { DAY, dayOf } from "../format/calendar.js";
import { define } from "../ha/define.js";
import { axis, gapPattern, linePath } from "./drawing.js";
import { dayNamesBelow } from "./day-names.js";
import type { HistoryModel } from "./model.js";
import { PictureCard } from "./picture-card.js";
import type { PictureWords, Sample } from "./picture-card.js";
import { CURVES, temperaturePicture } from "./temperatures.js";
import type {
  Curve,
  CurvePlot,
  DayTemperatures,
  TemperaturePicture,
} from "./temperatures.js";

const THEME = {
  outdoor: "outdoor",
  indoor: "indoor",
  hot_water: "hotWater",
} as const satisfies Record<Curve, keyof Look["theme"]>;

/** Each day's temperatures from the lowest to the highest, and the mean of them. */
export class TemperatureCard extends PictureCard {
  @property({ attribute: false }) found: readonly DayTemperatures[] | null =
    null;

  protected readonly view = "history-temperatures";

  static override styles = [
    ...PictureCard.styles,
    css`
      .outdoor {
        --curve: var(--hp-outdoor);
      }
      .indoor {
        --curve: var(--hp-indoor);
      }
      .hot_water {
        --curve: var(--hp-hot-water);
      }
      .band {
        fill: color-mix(in srgb, var(--curve) 36%, transparent);
      }
      .curve {
        fill: none;
        stroke: var(--curve);
        stroke-width: 2px;
        stroke-linejoin: round;
      }
      .indoor .curve {
        stroke-width: 1.5px;
        stroke-dasharray: 2 3;
      }
      .hot_water .curve {
        stroke-width: 1px;
      }
      .limit {
        stroke: var(--hp-text);
        stroke-dasharray: 2 3;
      }
    `,
  ];

  protected named({ text }: Look): string {
    return text("history.temperatures.title");
  }

  private shown({ days }: HistoryModel): readonly DayTemperatures[] {
    return (this.found ?? []).filter(
      ({ day }) => day >= days.start && day < days.end
    );
  }

  protected words(model: HistoryModel, look: Look): PictureWords | null {
    if (!this.found) return null;
    const { text } = look;
    const shown = this.shown(model);
    const samples = CURVES.flatMap((curve) => samplesOf(curve, shown, look));
    return {
      title: this.named(look),
      remark: text("history.temperatures.remark"),
      summary: samples
        .map(({ name, value = "" }) => `${name} ${value}`.trim())
        .join(", "),
      samples,
    };
  }

  protected drawing(model: HistoryModel, look: Look, size: Size) {
    const picture = temperaturePicture({
      ...{ days: model.days, found: this.shown(model), size },
      known: { start: model.first, end: dayOf(model.now) + DAY },
      readSince: readSince(model, look),
      fahrenheit: look.format.units.temperature === "°F",
    });
    const { plots, gaps, unread } = picture;
    const last = plots.at(-1);
    if (!last)
      return svg`<text x=${picture.left} y="40">${look.text("history.state.none")}</text>`;
    const top = plots[0]?.top ?? 0;
    const part = (kind: string, { x, width }: { x: number; width: number }) =>
      svg`<rect class=${kind} x=${x} y=${top} width=${width} height=${last.bottom - top}></rect>`;
    return svg`<defs>${gapPattern()}</defs>
      ${unread ? part("unread", unread) : nothing}
      ${gaps.map((gap) => part("none", gap))}
      ${plots.map((plot) => curve(plot, picture, look))}
      ${dayNamesBelow(picture, look)}`;
  }
}

/** The local day back to which all is known, the first one where nothing is left to read. */
const readSince = (
  { reading, first, now }: HistoryModel,
  look: Look
): number => {
  const { read, of, back } = reading;
  if (read === of) return first;
  return dayOf(back === null ? now : look.format.zone.local(back));
};

const curve = (
  plot: CurvePlot,
  { left, right }: TemperaturePicture,
  { text, format }: Look
) => {
  const { curve: of, bands, lines, limit } = plot;
  const name = `${text(`name.${of}_temp`)}, ${format.units.temperature}`;
  const written = (value: number, digits: number) =>
    format.number(value, digits);
  return svg`<g class=${of}>
    ${axis(plot, { left, right, name, written })}
    ${bands.map((marks) => svg`<path class="band" d="${linePath(marks)}Z"></path>`)}
    ${limit === null ? nothing : svg`<path class="limit" d="M${left} ${limit}H${right}"></path>`}
    ${lines.map((marks) => svg`<path class="curve" d=${linePath(marks)}></path>`)}
  </g>`;
};

/** Of the outdoor temperature also how far its days went. */
const samplesOf = (
  curve: Curve,
  days: readonly DayTemperatures[],
  { text, theme, format }: Look
): Sample[] => {
  const reaches = days.map((day) => day[curve]);
  const of = (key: "low" | "mean" | "high") =>
    reaches.flatMap((reach) => reach[key] ?? []);
  const means = of("mean");
  if (!means.length) return [];
  const color = theme[THEME[curve]];
  const name = text(`name.${curve}_temp`);
  const style = curve === "indoor" ? "dotted" : "solid";
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  const line: Sample = {
    ...{ name, color, style },
    value: format.temperature(mean, 1),
  };
  const [low, high] = [Math.min(...of("low")), Math.max(...of("high"))];
  if (curve !== "outdoor" || !Number.isFinite(low)) return [line];
  const band: Sample = {
    name: text("history.temperatures.reach"),
    value: `${format.temperature(low, 0)} … ${format.temperature(high, 0)}`,
    color: `color-mix(in srgb, ${color} 36%, transparent)`,
    style: "square",
  };
  return [line, band];
};

define("hp-history-temperatures")(TemperatureCard);

declare global {
  interface HTMLElementTagNameMap {
    "hp-history-temperatures": TemperatureCard;
  }
}
