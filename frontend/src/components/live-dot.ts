import { css, html, LitElement } from "lit";
import { property } from "lit/decorators.js";
import { isStale } from "../data/stale.js";
import { define } from "../ha/define.js";
import { Clock } from "./clock.js";
import type { Look } from "./context.js";
import { baseStyles } from "./styles.js";

type Liveness = "live" | "stale" | "reconnecting" | "waiting";

/** A dot and the age of the last reading; amber when old, hollow while the connection is lost. */
export class LiveDot extends LitElement {
  /** ms of the last reading; null where there is none, undefined until that is known. */
  @property({ attribute: false }) time: number | null | undefined;
  @property({ type: Boolean }) connected = true;
  @property({ attribute: false }) look: Look | undefined;

  private readonly age = new Clock(this, (now) => this.describe(now), 1000);

  static override styles = [
    baseStyles,
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
    if (this.time == null) return "waiting";
    return isStale(this.time, now) ? "stale" : "live";
  }

  /** What is written beside the dot; changes once a second at most. */
  private describe(now: number): string {
    const { look, time } = this;
    const liveness = this.liveness(now);
    if (!look) return "";
    if (liveness === "reconnecting") return look.text("live.reconnecting");
    if (time === undefined) return "";
    if (time === null) return look.text("live.waiting");
    return look.format.age((now - time) / 1000);
  }

  override render() {
    const { look, time } = this;
    if (!look) return null;
    const liveness = this.liveness(Date.now());
    const aged = liveness === "live" || liveness === "stale";
    const parts = look.text("live.ago", { age: "\n" }).split("\n");
    return html`<span
      class="dot ${liveness}"
      data-live=${liveness}
      role="img"
      aria-label=${look.text(`live.${liveness}`)}
      title=${time == null ? "" : look.format.dayTime(time)}
    >
      <i></i>
      ${
        aged
          ? html`<span
              ><span part="words">${parts[0]}</span>${this.age.value}<span
                part="words"
                >${parts[1]}</span
              ></span
            >`
          : this.age.value
      }
    </span>`;
  }
}

define("hp-live-dot")(LiveDot);

declare global {
  interface HTMLElementTagNameMap {
    "hp-live-dot": LiveDot;
  }
}
