import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import { mdiChevronRight } from "@mdi/js";
import type { Look } from "../components/context.js";
import { icon } from "../components/icon.js";
import { baseStyles } from "../components/styles.js";
import type { PumpInfo } from "../data/types.js";
import { define } from "../ha/define.js";
import { isPlainClick, navigate } from "../ha/navigate.js";
import type { Connection } from "../ha/types.js";
import { insightsSource } from "./insights-source.js";
import { STATE_ICONS } from "./state-icons.js";
import { stateTokens } from "../theme/state-tokens.js";
import { stateOf, verdictLine } from "./check-words.js";

/** The first line of Now: whether all is well, and what to look at. Leads to the insights. */
export class VerdictLine extends LitElement {
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) info: PumpInfo | undefined;
  @property({ attribute: false }) connection: Connection | undefined;
  /** ms; with every reading it is looked whether there is something to be asked. */
  @property({ attribute: false }) time: number | null = null;
  /** Where the insights are. */
  @property() address = "";

  static override styles = [
    baseStyles,
    stateTokens,
    css`
      :host {
        min-height: 44px;
      }
      a {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 44px;
        padding: 8px 12px 8px 16px;
        border: 1px solid transparent;
        border-radius: 12px;
        background: var(--hp-tile);
        color: inherit;
        text-decoration: none;
      }
      a:hover {
        background: color-mix(in srgb, var(--hp-text) 8%, transparent);
      }
      svg.icon {
        color: var(--hp-secondary-text);
      }
      svg.icon:first-child {
        color: var(--sign);
      }
      .ok {
        --sign: var(--hp-ok-text);
      }
      .watch {
        --sign: var(--hp-warn-text);
        border-color: var(--hp-watch-line);
        background: var(--hp-watch-bg);
      }
      .act {
        --sign: var(--hp-act-text);
        border-color: var(--hp-alarm);
        background: var(--hp-act-bg);
      }
      p {
        flex: 1;
        min-width: 0;
        color: color-mix(in srgb, var(--hp-text) 76%, transparent);
        text-wrap: pretty;
      }
      :is(.unknown, .learning) {
        border: 1px dashed color-mix(in srgb, var(--hp-text) 28%, transparent);
        background: none;
      }
      b {
        margin-right: 8px;
        color: var(--hp-text);
        font-weight: 500;
      }
    `,
  ];

  protected override willUpdate(): void {
    const { look, connection, verdict } = this;
    if (look) this.toggleAttribute("dark", look.theme.dark);
    if (connection) insightsSource.connect(connection);
    // Nobody to say it.
    this.hidden = !verdict && this.failed;
  }

  protected override updated(): void {
    void this.ask();
  }

  private async ask(): Promise<void> {
    if (this.info && (await insightsSource.ask(this.info.id)))
      this.requestUpdate();
  }

  private get verdict() {
    return this.info && insightsSource.answers(this.info.id)?.verdict;
  }

  private get failed(): boolean {
    return insightsSource.error(this.info?.id ?? "") !== null;
  }

  override render() {
    const { look, info, verdict } = this;
    if (!look || !info) return nothing;
    if (!verdict)
      return html`<div
        data-view="verdict"
        data-state=${this.failed ? "error" : "loading"}
      ></div>`;
    const { title, rest } = verdictLine(verdict, { look, info });
    const { state, code } = verdict;
    return html`<a
      class=${state}
      href=${this.address}
      data-view="verdict"
      data-state=${stateOf(verdict)}
      @click=${this.follow}
    >
      ${icon(STATE_ICONS[code === "ok_as_far" ? "unknown" : state])}
      <p><b>${title}</b> ${rest}</p>
      ${icon(mdiChevronRight)}
    </a>`;
  }

  private follow(event: MouseEvent): void {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    navigate(this.address);
  }
}

define("hp-verdict-line")(VerdictLine);

declare global {
  interface HTMLElementTagNameMap {
    "hp-verdict-line": VerdictLine;
  }
}
