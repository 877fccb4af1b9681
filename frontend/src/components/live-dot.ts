import { css, html, LitElement } from "lit";
import { property } from "lit/decorators.js";
import { isStale } from "../data/stale.js";
import type { LastReading } from "../data/stale.js";
import { define } from "../ha/define.js";
import { Clock } from "./clock.js";
import type { Look } from "./context.js";
import { baseStyles, heardStyles } from "./styles.js";

/** Each change of a word on the page is a frame of all of it: on a wall, for ever. */
const STEP_S = 10;

type Liveness = "live" | "stale" | "reconnecting" | "waiting";

/**
 * A dot and the age of the last reading; amber when old, hollow while the connection is lost. That
 * readings have become old is said once, and not with their age each minute.
 */
export class LiveDot extends LitElement {
  /** Undefined until it is known whether there is any. */
  @property({ attribute: false }) last: LastReading | undefined;
  @property({ type: Boolean }) connected = true;
  @property({ attribute: false }) look: Look | undefined;

  private readonly written = new Clock(
    this,
    (now) => this.describe(now),
    STEP_S * 1000
  );

  static override styles = [
    baseStyles,
    heardStyles,
    css`
      :host {
        color: var(--hp-secondary-text);
        font-size: 13px;
        white-space: nowrap;
      }
      .dot {
        display: flex;
        align-items: center;
        gap: 6px;
      }
      i {
        width: 10px;
        height: 10px;
        border: 2px solid transparent;
        border-radius: 50%;
        background: var(--hp-live);
        box-shadow: 0 0 0 2px
          color-mix(in srgb, var(--hp-live) 25%, transparent);
      }
      .stale i {
        background: var(--hp-auxiliary);
        box-shadow: 0 0 0 2px
          color-mix(in srgb, var(--hp-auxiliary) 25%, transparent);
      }
      .reconnecting i,
      .waiting i {
        border-color: var(--hp-secondary-text);
        background: none;
        box-shadow: none;
      }
      .stale {
        color: var(--hp-auxiliary-text);
        font-weight: 500;
      }
    `,
  ];

  private liveness(now: number): Liveness {
    if (!this.connected) return "reconnecting";
    if (this.last?.time == null) return "waiting";
    return isStale(this.last, now) ? "stale" : "live";
  }

  /** What is written beside the dot, an age between two line breaks. */
  private describe(now: number): string {
    const { look } = this;
    const time = this.last?.time;
    const liveness = this.liveness(now);
    if (!look) return "";
    if (liveness === "reconnecting") return look.text("live.reconnecting");
    if (time === undefined) return "";
    if (time === null) return look.text("live.waiting");
    const age = Math.floor((now - time) / 1000 / STEP_S) * STEP_S;
    if (age < STEP_S) return look.text("live.now");
    return look.text("live.ago", { age: `\n${look.format.age(age)}\n` });
  }

  override render() {
    const { look } = this;
    const time = this.last?.time;
    if (!look) return null;
    const liveness = this.liveness(Date.now());
    const [before, age, after] = this.written.value.split("\n");
    return html`<span
        class="dot ${liveness}"
        data-live=${liveness}
        role="img"
        aria-label=${look.text(`live.${liveness}`)}
        title=${time == null ? "" : look.format.dayTime(time)}
      >
        <i></i>
        ${
          age
            ? html`<span
                ><span part="words">${before}</span>${age}<span part="words"
                  >${after}</span
                ></span
              >`
            : before
        }
      </span>
      <span class="heard" role="status"
        >${liveness === "stale" ? look.text("live.stale") : ""}</span
      >`;
  }
}

define("hp-live-dot")(LiveDot);

declare global {
  interface HTMLElementTagNameMap {
    "hp-live-dot": LiveDot;
  }
}
