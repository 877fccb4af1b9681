import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { PumpInfo, Snapshot } from "../../data/types.js";
import { define } from "../../ha/define.js";
import { moreInfo } from "../../ha/more-info.js";
import type { Look } from "../context.js";
import { icon } from "../icon.js";
import { baseStyles } from "../styles.js";
import { wholeParts, wholeStyles } from "../whole.js";
import { pills } from "./pills.js";
import type { Pill } from "./pills.js";

/** Colours too light for a symbol; they have a darker variant. */
const COLORS_OF_TEXT = new Set(["compressor", "heating", "auxiliary", "alarm"]);

/** Six tiles: what runs, and whether anything is wrong. */
export class StatusPills extends LitElement {
  @property({ attribute: false }) info: PumpInfo | undefined;
  @property({ attribute: false }) snapshot: Snapshot | null = null;
  @property({ attribute: false }) staleUntil: number | null = null;
  @property({ attribute: false }) look: Look | undefined;

  static override styles = [
    baseStyles,
    wholeStyles,
    css`
      :host {
        container-type: inline-size;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(6, minmax(0, 1fr));
        gap: var(--gap, 16px);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .pill {
        --c: var(--hp-text);
        --ink: var(--hp-secondary-text);
        --tint: 5%;
        display: flex;
        align-items: center;
        gap: 12px;
        width: 100%;
        height: 100%;
        min-height: 56px;
        padding: 0 12px;
        border: var(--ha-card-border-width, 1px) solid
          var(--ha-card-border-color, var(--hp-divider));
        border-radius: var(--ha-card-border-radius, 12px);
        background: var(--hp-card);
        text-align: left;
      }
      button.pill:hover {
        background: color-mix(in srgb, var(--hp-text) 4%, var(--hp-card));
      }
      i {
        display: grid;
        flex: none;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        background: color-mix(in srgb, var(--c) var(--tint), transparent);
        color: var(--ink);
      }
      .words {
        min-width: 0;
      }
      .name {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        color: var(--hp-secondary-text);
        font-size: var(--ha-font-size-s, 12px);
        line-height: max(16px, 1.2em);
      }
      /* Since when moves nothing. */
      .alarm .name {
        white-space: nowrap;
      }
      /* Where it is narrow, how long stands on a line of its own, without the dot before it. */
      .state {
        display: block;
        max-height: 2lh;
        margin-left: -0.5em;
        clip-path: inset(0 0 0 0.5em);
        font-weight: 500;
        line-height: max(18px, 1.2em);
      }
      .state > :first-child {
        padding-left: 0.5em;
      }
      .missing .state {
        color: var(--hp-secondary-text);
        font-weight: 400;
      }
      .on {
        --tint: 18%;
      }
      /* What is wrong is worth two lines. */
      :is(.alarm, .last).on .state {
        display: -webkit-box;
        margin: 0;
        clip-path: none;
        line-height: max(16px, 1.14em);
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
      }
      :is(.alarm, .last).on .state span {
        display: contents;
        white-space: normal;
      }
      .alarm.on {
        border-color: var(--c);
        background: color-mix(in srgb, var(--c) 10%, var(--hp-card));
      }
      @container (max-width: 1250px) {
        ul {
          grid-template-columns: repeat(3, minmax(0, 1fr));
        }
      }
      @container (max-width: 660px) {
        ul {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
        .pill {
          gap: 10px;
          padding: 0 10px;
        }
        /* Three lines in a height that stays. */
        .name {
          line-height: max(14px, 1.16em);
        }
        .state {
          line-height: max(16px, 1.14em);
        }
      }
      @container (max-width: 340px) {
        ul {
          grid-template-columns: minmax(0, 1fr);
          gap: min(8px, var(--gap, 8px));
        }
      }
    `,
  ];

  override render() {
    const { info, look, snapshot, staleUntil } = this;
    if (!info || !look) return nothing;
    return html`<ul aria-label=${look.text("pill.title")}>
      ${pills({ info, snapshot, staleUntil, look }).map(
        (each) => html`<li>${this.pill(each)}</li>`
      )}
    </ul>`;
  }

  private pill({ key, name, state, color, missing, entity, ...shown }: Pill) {
    const kind = `pill ${key} ${color ? "on" : ""} ${missing ? "missing" : ""}`;
    const ink = color && COLORS_OF_TEXT.has(color) ? `${color}-text` : color;
    const style = color ? `--c:var(--hp-${color});--ink:var(--hp-${ink})` : "";
    const content = html`<i>${icon(shown.icon)}</i>
      <span class="words"
        ><span class="name">${name}</span>
        <span class="state whole">${wholeParts(state)}</span></span
      >`;
    return entity
      ? html`<button
          type="button"
          class=${kind}
          style=${style}
          title=${state}
          @click=${() => {
            moreInfo(this, entity);
          }}
        >
          ${content}
        </button>`
      : html`<div class=${kind} style=${style} title=${state}>${content}</div>`;
  }
}

define("hp-pills")(StatusPills);

declare global {
  interface HTMLElementTagNameMap {
    "hp-pills": StatusPills;
  }
}
