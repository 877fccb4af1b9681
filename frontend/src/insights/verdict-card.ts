import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { Look } from "../components/context.js";
import { icon } from "../components/icon.js";
import {
  baseStyles,
  buttonStyles,
  cardStyles,
  heardStyles,
} from "../components/styles.js";
import type { PumpInfo } from "../data/types.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import { INTEGRATION_PATH, navigate } from "../ha/navigate.js";
import { historyCardStyles } from "../history/card-styles.js";
import { cardOf } from "./cards.js";
import { rich } from "./rich.js";
import { STATE_ICONS } from "./state-icons.js";
import type { Answers, Check, State } from "./types.js";
import {
  checkName,
  checkValue,
  namedChecks,
  stateOf,
  verdictWords,
} from "./check-words.js";
import type { Words } from "./check-words.js";

/** The worst comes first, and all else stays where it is. */
const FIRST: readonly State[] = ["act", "watch"];

export const inOrder = (checks: readonly Check[]): Check[] => [
  ...FIRST.flatMap((state) => checks.filter((check) => check.state === state)),
  ...checks.filter(({ state }) => !FIRST.includes(state)),
];

/** Whether all is well, in a headline and a sentence, and every check that says so. */
export class VerdictCard extends LitElement {
  @property({ attribute: false }) answers: Answers | null = null;
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) info: PumpInfo | undefined;
  /** Above the verdict. */
  @property() heading: string | undefined;
  @property({ type: Boolean }) admin = false;

  static override styles = [
    baseStyles,
    cardStyles,
    buttonStyles,
    historyCardStyles,
    heardStyles,
    css`
      article {
        display: grid;
        grid-template-columns: 5fr 7fr;
        height: 100%;
      }
      .said {
        display: flex;
        flex-direction: column;
        padding: 24px;
      }
      .title {
        display: flex;
        align-items: center;
        gap: 16px;
      }
      .circle {
        display: grid;
        flex: none;
        place-items: center;
        width: 48px;
        height: 48px;
        border-radius: 50%;
        background: var(--hp-tile);
        color: var(--hp-secondary-text);
      }
      .circle svg.icon {
        width: 28px;
        height: 28px;
      }
      .ok .circle {
        background: var(--hp-ok-bg);
        color: var(--hp-ok-text);
      }
      .watch .circle {
        background: var(--hp-watch-bg);
        color: var(--hp-warn-text);
      }
      .act .circle {
        background: var(--hp-act-bg);
        color: var(--hp-act-text);
      }
      h2 {
        font-size: 28px;
        font-weight: 400;
        line-height: 36px;
        text-wrap: balance;
      }
      .sentence {
        margin: 16px 0 24px;
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-l, 16px);
        line-height: 24px;
        text-wrap: pretty;
      }
      .sentence b {
        color: var(--hp-text);
        font-weight: 500;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-top: auto;
      }
      .plain {
        background: none;
      }
      .made {
        padding: 20px 24px 24px;
        border-left: 1px solid var(--hp-divider);
      }
      .heading,
      h3 {
        margin-bottom: 12px;
        color: var(--hp-secondary-text);
        font-size: 13px;
        font-weight: 400;
        line-height: 20px;
      }
      h3 b {
        color: var(--hp-text);
        font-weight: 500;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(4, minmax(0, 1fr));
        gap: 8px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      /* One alone in its row leaves no hole. */
      li:last-child:nth-child(12n + 1) {
        grid-column: 1 / -1;
      }
      .tile {
        display: flex;
        align-items: center;
        gap: 10px;
        width: 100%;
        height: 100%;
        min-height: 52px;
        padding: 6px 12px;
        border: 1px solid transparent;
        border-radius: 12px;
        background: var(--hp-tile);
        text-align: left;
      }
      button.tile:hover {
        background: color-mix(in srgb, var(--hp-text) 9%, transparent);
      }
      .tile svg.icon {
        color: var(--hp-secondary-text);
      }
      .tile.ok svg.icon {
        color: var(--hp-ok-text);
      }
      .tile.watch {
        border-color: var(--hp-watch-line);
        background: var(--hp-watch-bg);
      }
      .tile.watch svg.icon {
        color: var(--hp-warn-text);
      }
      .tile.act {
        border-color: var(--hp-alarm);
        background: var(--hp-act-bg);
      }
      .tile.act svg.icon {
        color: var(--hp-act-text);
      }
      .tile:is(.unknown, .learning) {
        border: 1px dashed color-mix(in srgb, var(--hp-text) 28%, transparent);
        background: none;
      }
      .tile span {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .tile small {
        display: block;
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
        line-height: 16px;
      }
      .tile.watch small,
      .tile.act small {
        color: color-mix(in srgb, var(--hp-text) 76%, transparent);
      }
      .tile b {
        display: block;
        font-weight: 500;
        line-height: 18px;
      }
      .bone {
        min-height: 52px;
      }
      .bone.title {
        width: 60%;
      }
      @container (max-width: 1299px) {
        article {
          grid-template-columns: 4fr 6fr;
        }
        ul {
          grid-template-columns: repeat(3, minmax(0, 1fr));
        }
      }
      @container (max-width: 1099px) {
        article {
          grid-template-columns: 1fr;
        }
        .made {
          border-top: 1px solid var(--hp-divider);
          border-left: none;
        }
      }
      @container (max-width: 699px) {
        .said,
        .made {
          padding: 16px;
        }
        ul {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
        .tile {
          padding: 6px 8px;
          gap: 8px;
        }
      }
    `,
  ];

  override render() {
    const { look, info, answers } = this;
    if (!look || !info) return nothing;
    const words = { look, info };
    if (!answers) return this.bones();
    const { verdict } = answers;
    const { title, sentence } = verdictWords(verdict, words);
    return html`<article
      class=${verdict.state}
      data-view="verdict"
      data-insight="verdict"
      data-state=${stateOf(verdict)}
    >
      <div class="said">
        ${this.heading ? html`<h2 class="heading">${this.heading}</h2>` : nothing}
        <div class="title">
          <div class="circle">
            ${icon(STATE_ICONS[verdict.code === "ok_as_far" ? "unknown" : verdict.state])}
          </div>
          <h2>${title}</h2>
        </div>
        <p class="sentence">${rich(sentence)}</p>
        ${this.actions(answers, words)}
      </div>
      ${this.made(answers, words)}
    </article>`;
  }

  private bones() {
    return html`<article
      data-view="verdict"
      data-insight="verdict"
      data-state="loading"
    >
      <div class="said"><div class="bone title"></div></div>
      <div class="made">
        <h3>&nbsp;</h3>
        <ul>
          ${Array.from({ length: 13 }, () => html`<li class="bone"></li>`)}
        </ul>
      </div>
    </article>`;
  }

  private actions({ verdict }: Answers, words: Words) {
    const { text } = words.look;
    const [worst] = namedChecks(verdict);
    if (!worst) {
      return verdict.code === "ok_as_far" && this.admin
        ? this.row(
            this.button(
              text("insights.settings.open"),
              () => {
                navigate(INTEGRATION_PATH);
              },
              true
            )
          )
        : nothing;
    }
    const card = cardOf(worst.id);
    const open = card
      ? this.button(text(`insights.open.${card}`), () => {
          fireEvent(this, "hp-insight", card);
        })
      : nothing;
    const charts =
      card === null || worst.from !== null
        ? this.button(
            text("insights.show_charts"),
            () => {
              fireEvent(this, "hp-charts", worst);
            },
            card !== null
          )
        : nothing;
    return this.row(html`${open}${charts}`);
  }

  private row(buttons: unknown) {
    return html`<div class="actions">${buttons}</div>`;
  }

  private button(label: string, act: () => void, isPlain = false) {
    return html`<button
      type="button"
      class="action ${isPlain ? "plain" : ""}"
      @click=${act}
    >
      ${label}
    </button>`;
  }

  private made({ verdict, time }: Answers, words: Words) {
    const { text, format } = words.look;
    const { made, of, checks } = verdict;
    const isToday = format.dayStart(time) === format.dayStart(Date.now());
    const when = isToday
      ? text("insights.today", { time: format.time(time) })
      : format.dayTime(time);
    return html`<div class="made">
      <h3><b>${text("insights.made", { made, of })}</b> ${when}</h3>
      <ul>
        ${inOrder(checks).map((check) => html`<li>${this.tile(check, words)}</li>`)}
      </ul>
    </div>`;
  }

  private tile(check: Check, words: Words) {
    const [name, value] = [checkName(check, words), checkValue(check, words)];
    const state = words.look.text(`insights.state.${check.state}`);
    return html`<button
      type="button"
      class="tile ${check.state}"
      data-check=${check.id}
      @click=${() => {
        fireEvent(this, "hp-check", check);
      }}
    >
      ${icon(STATE_ICONS[check.state])}<span
        ><small>${name}</small><b>${value}</b></span
      ><span class="heard">${state}</span>
    </button>`;
  }
}

define("hp-verdict-card")(VerdictCard);

declare global {
  interface HTMLElementTagNameMap {
    "hp-verdict-card": VerdictCard;
  }
}
