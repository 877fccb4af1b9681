import { css, html, LitElement, nothing, svg } from "lit";
import { property } from "lit/decorators.js";
import { mdiCheck, mdiAlertCircleOutline, mdiScaleBalance } from "@mdi/js";
import type { Look } from "../components/context.js";
import { icon } from "../components/icon.js";
import { baseStyles, cardStyles } from "../components/styles.js";
import { PlotSize } from "./plot-size.js";
import { define } from "../ha/define.js";
import type { Answer, Step, Verdict } from "./answer.js";
import { historyCardStyles } from "./card-styles.js";

const HEIGHT = 150;
const LABEL = 20;
const NAME = 22;
/** px of a line of a name, of one of its letters, and between two names. */
const LINE = 14;
const LETTER = 6.4;
const APART = 8;

/** A name in as many lines as it takes, two at most. */
const linesOf = (name: string, place: number): string[] => {
  if (name.length * LETTER <= place - APART) return [name];
  // "1 Jul –", "1 Dec 2025"
  const at = name.includes("– ")
    ? name.indexOf("– ") + 1
    : name.lastIndexOf(" ");
  return at < 0 ? [name] : [name.slice(0, at), name.slice(at + 1)];
};

const SIGNS: Partial<Record<Verdict, string>> = {
  better: mdiCheck,
  worse: mdiAlertCircleOutline,
};

/** How this period compares at the same weather: a number, a sentence, and a bridge between both. */
export class AnswerCard extends LitElement {
  @property({ attribute: false }) answer: Answer | null = null;
  @property({ attribute: false }) look: Look | undefined;

  private readonly widths: PlotSize = new PlotSize(this, () =>
    this.renderRoot.querySelector(".bridge")
  );

  static override styles = [
    baseStyles,
    cardStyles,
    historyCardStyles,
    css`
      article {
        padding: 16px;
      }
      h2 {
        display: flex;
        align-items: center;
        gap: 8px;
        color: var(--hp-secondary-text);
        font-size: inherit;
        font-weight: 500;
        line-height: 20px;
      }
      .verdict {
        display: flex;
        align-items: center;
        gap: 4px;
        margin-left: auto;
        font-size: 13px;
      }
      .verdict svg.icon {
        width: 18px;
        height: 18px;
      }
      .better {
        color: var(--hp-ok-text);
      }
      .worse {
        color: var(--hp-warn-text);
      }
      .chance {
        padding: 0 8px;
        border: 1px dashed var(--hp-secondary-text);
        border-radius: 10px;
      }
      .figure {
        margin: 4px 0 8px;
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-l, 16px);
        line-height: 40px;
      }
      .figure b {
        color: var(--hp-text);
        font-size: 32px;
        font-weight: 400;
      }
      .sentence {
        font-size: var(--ha-font-size-l, 16px);
        line-height: 24px;
        text-wrap: pretty;
      }
      .note {
        margin-top: 4px;
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
        line-height: 16px;
      }
      .shares {
        display: grid;
        gap: 2px;
        margin-top: auto;
        padding-top: 16px;
      }
      .shares b {
        font-weight: 500;
      }
      .shares i {
        height: 36px;
        border-radius: 3px 0 0 3px;
        background: var(--hp-compressor);
      }
      .shares .free {
        border-radius: 0 3px 3px 0;
        background: var(--hp-outdoor);
      }
      .shares small {
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
        line-height: 16px;
      }
      .bridge {
        flex: none;
        min-width: 0;
        height: ${HEIGHT}px;
        margin-top: auto;
        padding-top: 8px;
      }
      svg.steps {
        display: block;
        overflow: visible;
        width: 100%;
        height: 100%;
      }
      text {
        fill: var(--hp-secondary-text);
        font-size: 12px;
        text-anchor: middle;
      }
      text.label {
        fill: var(--hp-text);
        font-size: 14px;
        font-weight: 500;
      }
      .before {
        fill: color-mix(in srgb, var(--hp-compressor) 18%, transparent);
        stroke: color-mix(in srgb, var(--hp-compressor) 70%, transparent);
      }
      .weather {
        fill: var(--hp-outdoor);
      }
      .after {
        fill: var(--hp-compressor);
      }
      .rest {
        fill: var(--hp-idle);
      }
      .rest.better {
        fill: var(--hp-live);
      }
      .rest.worse {
        fill: var(--hp-auxiliary);
      }
      .ground {
        stroke: var(--hp-divider);
      }
      .link {
        stroke: var(--hp-secondary-text);
        stroke-dasharray: 2 2;
      }
      .whisker {
        fill: none;
        stroke: var(--hp-text);
        stroke-width: 1.5px;
      }
    `,
  ];

  override render() {
    const { look, answer } = this;
    if (!look) return nothing;
    if (!answer) return this.bones();
    const { title, value, unit, margin, sentence, note, steps } = answer;
    return html`<article data-view="history-answer" data-state="ready">
      <h2>
        ${icon(mdiScaleBalance)}<span>${title}</span>${this.verdict(look)}
      </h2>
      <div class="figure">
        <b>${value}</b> ${unit}
        ${margin ? html`<span title=${look.text("history.margin")}>${margin}</span>` : nothing}
      </div>
      <p class="sentence">${sentence}</p>
      ${note ? html`<p class="note">${note}</p>` : nothing}
      ${steps.length ? html`<div class="bridge">${this.bridge(steps, title)}</div>` : nothing}
      ${this.shares(look)}
    </article>`;
  }

  /** What was bought and what came from the ground or the air, beside each other. */
  private shares({ text }: Look) {
    const parts = this.answer?.parts;
    if (!parts) return nothing;
    const { bought, free, share } = parts;
    return html`<div
      class="shares"
      style="grid-template-columns:minmax(72px,${share}fr) ${1 - share}fr"
    >
      <b>${bought}</b><b>${free}</b> <i></i><i class="free"></i>
      <small>${text("history.bought")}</small
      ><small>${text("history.free_kwh")}</small>
    </div>`;
  }

  private verdict({ text }: Look) {
    const verdict = this.answer?.verdict;
    if (!verdict) return nothing;
    const sign = SIGNS[verdict];
    return html`<span class="verdict ${verdict}"
      >${sign ? icon(sign) : nothing}${text(`history.verdict.${verdict}`)}</span
    >`;
  }

  private bridge(steps: readonly Step[], title: string) {
    const width = this.widths.width;
    if (!width) return nothing;
    const place = width / steps.length;
    const bar = Math.min(72, place * 0.66);
    const ends = steps.flatMap(({ from, to, whisker = 0 }) => [
      from,
      to,
      to + whisker,
      to - whisker,
    ]);
    const high = Math.max(...ends);
    const names = steps.map(({ name }) => linesOf(name, place));
    const more = Math.max(...names.map(({ length }) => length)) - 1;
    const bottom = HEIGHT - 8 - NAME - more * LINE;
    // Bars begin at 0 unless the changes could not be seen then.
    const changes = steps
      .filter(({ from }) => from)
      .map(({ to, from }) => Math.abs(to - from));
    const low =
      Math.max(...changes) < 0.12 * high
        ? Math.min(...ends.filter(Boolean)) * 0.8
        : 0;
    const y = (kwh: number) =>
      bottom -
      ((Math.max(kwh, low) - low) / (high - low || 1)) * (bottom - LABEL);
    return svg`<svg class="steps" role="img" aria-label=${title + ": " + steps.map(({ name, label }) => `${name} ${label}`).join(", ")}>
      <path class="ground" d="M0 ${bottom}H${width}"></path>
      ${steps.map((each, i) => this.step(each, { x: (i + 0.5) * place, bar, bottom, place, y, names: names[i] ?? [], last: i === steps.length - 1 }))}
    </svg>`;
  }

  private step(
    { key, label, from, to, whisker }: Step,
    at: {
      x: number;
      bar: number;
      bottom: number;
      place: number;
      y: (kwh: number) => number;
      names: readonly string[];
      last: boolean;
    }
  ) {
    const { x, bar, y, bottom, place } = at;
    const [top, foot] = [Math.min(y(from), y(to)), Math.max(y(from), y(to))];
    const tip = whisker === undefined ? top : Math.min(top, y(to + whisker));
    return svg`
      ${at.last ? nothing : svg`<path class="link" d="M${x + bar / 2} ${y(to)}h${place - bar}"></path>`}
      <rect class="${key} ${this.answer?.verdict ?? ""}" x=${x - bar / 2} y=${top} width=${bar}
        height=${Math.max(1, foot - top)} rx="2"></rect>
      ${
        whisker === undefined
          ? nothing
          : svg`<path class="whisker" d="M${x} ${y(to - whisker)}V${y(to + whisker)}M${x - 4} ${y(to - whisker)}h8M${x - 4} ${y(to + whisker)}h8"></path>`
      }
      <text class="label" x=${x} y=${tip - 6}>${label}</text>
      ${at.names.map((line, i) => svg`<text x=${x} y=${bottom + 16 + i * LINE}>${line}</text>`)}`;
  }

  private bones() {
    return html`<article
      data-view="history-answer"
      data-state="loading"
      aria-busy="true"
    >
      <i class="bone" style="width:40%;height:14px;margin:3px 0"></i>
      <i class="bone" style="width:60%;height:28px;margin:12px 0"></i>
      <i class="bone" style="width:90%;height:14px;margin:4px 0"></i>
    </article>`;
  }
}

define("hp-history-answer")(AnswerCard);

declare global {
  interface HTMLElementTagNameMap {
    "hp-history-answer": AnswerCard;
  }
}
