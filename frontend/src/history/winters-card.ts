import { css, nothing, svg } from "lit";
import { property } from "lit/decorators.js";
import type { Size } from "../charts/frame.js";
import type { Look } from "../components/context.js";
import { settingName, settingWords } from "../data/settings.js";
import { alarmText } from "../data/alarm-text.js";
import type { HeatPumpEvent } from "../data/types.js";
import { define } from "../ha/define.js";
import { dayNamesBelow } from "./day-names.js";
import { axis, linePath } from "./drawing.js";
import { growthPicture } from "./growth-picture.js";
import type { HistoryModel } from "./model.js";
import { PictureCard } from "./picture-card.js";
import type { PictureWords } from "./picture-card.js";
import { startAfter } from "./period.js";
import type { Winter } from "./winters.js";
import { heatingYear, signed } from "./words.js";

/** px at the right, for what a winter ends with. */
const ENDS = 88;

/** Of names of points, px. */
const CHARACTER = 6.6;
const LINE = 14;
/** On a phone they would hide the lines. */
const NAMED = 600;

const isSetting = ({ kind }: HeatPumpEvent): boolean => kind === "setting";

const markName = (event: HeatPumpEvent, { text }: Look): string =>
  isSetting(event) ? settingName(event, text) : text("history.odd.kind.alarm");

/** What it was, at its point. */
const markText = (event: HeatPumpEvent, look: Look): string =>
  isSetting(event)
    ? `${markName(event, look)}, ${settingWords(event, look)}`
    : (alarmText(event, look.text("language")) ?? "");

/** The running one in text colour, the last one strong, older ones lighter, the measure dashed. */
const classOf = (winter: Winter, all: readonly Winter[]): string => {
  if (winter.isRunning) return "running";
  if (winter.isMeasure) return "measure";
  return winter === all.findLast(({ isRunning }) => !isRunning)
    ? "last"
    : "older";
};

/** Heating years over one another, by what they used beyond the measure at the same weather. */
export class WintersCard extends PictureCard {
  @property({ attribute: false }) winters: readonly Winter[] = [];

  protected readonly view = "history-winters";

  static override styles = [
    ...PictureCard.styles,
    css`
      .winter {
        fill: none;
        stroke: var(--hp-compressor);
        stroke-width: 2px;
        stroke-linejoin: round;
      }
      .running {
        stroke: var(--hp-text);
        stroke-width: 2.5px;
      }
      .older {
        stroke-opacity: 0.5;
      }
      .measure {
        stroke: var(--hp-ghost);
        stroke-width: 1.5px;
        stroke-dasharray: 4 3;
      }
      circle {
        fill: var(--hp-alarm);
        stroke: var(--hp-overlay);
        stroke-width: 1.5px;
      }
      circle.setting {
        fill: var(--hp-overlay);
        stroke: var(--hp-text);
      }
    `,
  ];

  protected named({ text }: Look): string {
    return text("history.winters.title");
  }

  private get measure(): string {
    const measure = this.winters.find(({ isMeasure }) => isMeasure);
    return measure ? heatingYear(measure.start) : "";
  }

  protected words(_model: HistoryModel, look: Look): PictureWords {
    const { text, theme } = look;
    const samples = this.winters.toReversed().map((winter) => {
      const name = heatingYear(winter.start);
      const { isMeasure, isRunning } = winter;
      const suffix = isMeasure ? "measure" : isRunning ? "so_far" : "plain";
      return {
        name: text(`history.winters.${suffix}`, { year: name }),
        value: isMeasure ? "" : endOf(winter, look),
        color: isMeasure
          ? theme.secondaryText
          : isRunning
            ? theme.text
            : theme.compressor,
        style: isMeasure ? ("dashed" as const) : ("solid" as const),
      };
    });
    return {
      title: this.named(look),
      remark: text("history.winters.remark", { year: this.measure }),
      summary: samples.map(({ name, value }) => `${name} ${value}`).join(", "),
      samples,
    };
  }

  protected drawing(_model: HistoryModel, look: Look, size: Size) {
    const { winters } = this;
    const start = winters.at(-1)?.start ?? 0;
    const days = { start, end: startAfter("heating_year", start, 1) };
    const points = winters.map((winter) =>
      winter.points.map(({ index, kwh }) => ({ index, value: kwh }))
    );
    const picture = growthPicture(days, points, size, ENDS);
    const { lines, plot, left, right } = picture;
    const name = look.text("history.winters.since");
    const written = (value: number, digits: number) =>
      signed(value, digits, look) ?? "";
    return svg`${axis(plot, { left, right, name, written })}
      ${lines.map((line, i) => {
        const winter = winters[i];
        return winter
          ? svg`<path class="winter ${classOf(winter, winters)}" d=${linePath(line)}></path>`
          : nothing;
      })}
      ${this.marks(picture, size, look)}
      ${this.ends(lines, look)}
      ${dayNamesBelow(picture, look, true)}`;
  }

  /** Each is a point; its name is left out where another one's is in the way, or it is narrow. */
  private marks(
    { left, dayWidth, y }: ReturnType<typeof growthPicture>,
    { width }: Size,
    look: Look
  ) {
    const marks = this.winters
      .flatMap((winter) => winter.marks)
      .map(({ index, kwh, told: { event } }) => ({
        ...{ event, x: left + index * dayWidth, at: y(kwh) },
        name: markName(event, look),
      }));
    const written: { x: number; at: number; half: number }[] = [];
    return marks.map(({ event, x, at, name }) => {
      const half = (name.length * CHARACTER) / 2;
      const isFree =
        width >= NAMED &&
        x - half > left &&
        written.every(
          (other) =>
            Math.abs(other.x - x) > other.half + half ||
            Math.abs(other.at - at) > LINE
        );
      if (isFree) written.push({ x, at, half });
      return svg`<circle class=${event.kind} cx=${x} cy=${at} r="4"><title>${markText(event, look)}</title></circle>
        ${isFree ? svg`<text class="middle" x=${x} y=${at - 9}>${name}</text>` : nothing}`;
    });
  }

  /** What each comes to, apart from each other. */
  private ends(
    lines: readonly (readonly { x: number; y: number }[])[],
    look: Look
  ) {
    const told = this.winters
      .flatMap((winter, i) => {
        const end = lines[i]?.at(-1);
        return end && !winter.isMeasure
          ? [{ ...end, label: endOf(winter, look) }]
          : [];
      })
      .sort((a, b) => a.y - b.y);
    let lowest = -Infinity;
    return told.map(({ x, y, label }) => {
      lowest = Math.max(y, lowest + 16);
      return svg`<text class="strong" x=${x + 6} y=${lowest + 4}>${label}</text>`;
    });
  }
}

const endOf = ({ points }: Winter, look: Look): string =>
  `${signed(points.at(-1)?.kwh ?? 0, 0, look) ?? ""} kWh`;

define("hp-history-winters")(WintersCard);

declare global {
  interface HTMLElementTagNameMap {
    "hp-history-winters": WintersCard;
  }
}
