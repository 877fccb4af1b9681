import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import { mdiRefresh } from "@mdi/js";
import { INTEGRATION_PATH, navigate } from "../ha/navigate.js";
import { define } from "../ha/define.js";
import { fireEvent } from "../ha/fire-event.js";
import { Clock } from "./clock.js";
import type { Look } from "./context.js";
import { icon } from "./icon.js";
import { baseStyles, buttonStyles } from "./styles.js";
import type { Notice } from "./view-state.js";

/** Says why there is no picture and offers the one thing that helps. */
export class NoticeBox extends LitElement {
  @property({ attribute: false }) notice: Notice | undefined;
  @property({ attribute: false }) look: Look | undefined;
  /** ms; when it is tried again. */
  @property({ attribute: false }) retryAt: number | null = null;

  private readonly seconds = new Clock(
    this,
    (now) => {
      const { retryAt } = this;
      return retryAt && retryAt > now
        ? Math.ceil((retryAt - now) / 1000)
        : null;
    },
    1000
  );

  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        height: 100%;
      }
      div {
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: 4px;
        height: 100%;
        padding: 16px;
        text-align: center;
      }
      div > svg.icon {
        width: 36px;
        height: 36px;
        margin-bottom: 12px;
        fill: var(--hp-secondary-text);
      }
      .error > svg.icon {
        fill: var(--hp-alarm-text);
      }
      h3 {
        font-size: var(--ha-font-size-l, 16px);
        font-weight: 500;
        line-height: 24px;
      }
      p {
        max-width: 260px;
        color: var(--hp-secondary-text);
        text-wrap: balance;
      }
      .action {
        margin-top: 12px;
      }
    `,
  ];

  override render() {
    const { notice, look } = this;
    if (!notice || !look) return nothing;
    const { state, help, action } = notice;
    const seconds = this.seconds.value;
    return html`<div
      class=${state}
      role=${state === "error" ? "alert" : "status"}
    >
      ${icon(notice.icon)}
      <h3>${notice.title}</h3>
      <p>
        ${help}
        ${
          seconds === null
            ? nothing
            : html`<span aria-hidden="true"
                >${look.text("error.next", { seconds })}</span
              >`
        }
      </p>
      ${
        action
          ? html`<button type="button" class="action" @click=${this.act}>
              ${action.kind === "retry" ? icon(mdiRefresh) : nothing}
              ${action.label}
            </button>`
          : nothing
      }
    </div>`;
  }

  private act(): void {
    const action = this.notice?.action;
    if (action?.kind === "settings") navigate(INTEGRATION_PATH);
    if (action?.kind === "retry") fireEvent(this, "hp-retry");
    if (action?.kind === "range") fireEvent(this, "hp-range", action.range);
  }
}

define("hp-notice")(NoticeBox);

declare global {
  interface HTMLElementTagNameMap {
    "hp-notice": NoticeBox;
  }
}
