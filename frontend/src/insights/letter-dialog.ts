import { css, html, nothing } from "lit";
import type { PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import type { Look } from "../components/context.js";
import { baseStyles, roundButtonStyles } from "../components/styles.js";
import type { PumpInfo } from "../data/types.js";
import { define } from "../ha/define.js";
import type { HomeAssistant } from "../ha/types.js";
import { dialogStyles } from "./dialog-styles.js";
import { letterTitle, sentencesOf, sentenceText } from "./letter.js";
import type { Resources } from "./letter.js";
import { ModalDialog } from "./modal-dialog.js";
import type { Insight } from "./types.js";

const AGAIN_MS = 10_000;

/** The last weekly letter, in the words that its event had. */
export class LetterDialog extends ModalDialog {
  @property({ attribute: false }) hass: HomeAssistant | undefined;
  @property({ attribute: false }) insight: Insight | null = null;
  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) info: PumpInfo | undefined;

  @state() private resources: Resources | null = null;
  @state() private failed = false;
  private asked = false;
  private timer = 0;

  static override styles = [
    baseStyles,
    roundButtonStyles,
    dialogStyles,
    css`
      @media (min-width: 700px) {
        dialog {
          width: 640px;
        }
      }
      .content {
        display: block;
      }
      p {
        margin-bottom: 8px;
        font-size: var(--ha-font-size-l, 16px);
        line-height: 24px;
      }
      small {
        color: var(--hp-secondary-text);
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.timer);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has("hass") && !this.asked) void this.ask();
  }

  override render() {
    const { look, info, resources } = this;
    if (!look || !info) return nothing;
    const { text } = look;
    const title =
      (this.sentences.length && resources
        ? letterTitle(resources, info.name)
        : "") || text("insights.letter.title");
    return html`<dialog
      aria-label=${title}
      data-insight="letter"
      data-state=${this.current}
      @close=${this.closed}
      closedby="any"
    >
      ${this.header(look, title)}
      <div class="content" role="status">${this.content(look, info)}</div>
    </dialog>`;
  }

  private get sentences() {
    return sentencesOf(this.insight);
  }

  private get current(): string {
    const { insight, resources, failed } = this;
    if (!this.sentences.length)
      return insight?.state === "learning" ? "learning" : "unknown";
    if (resources) return "ready";
    return failed ? "error" : "loading";
  }

  private content(look: Look, info: PumpInfo) {
    const { sentences, resources, insight } = this;
    const { text, format } = look;
    if (!sentences.length) return html`<p>${text("insights.letter.none")}</p>`;
    if (!resources)
      return this.failed ? html`<p>${text("insights.failed")}</p>` : nothing;
    const { from = null, to = null } = insight ?? {};
    return html`${sentences.map(
      (each) => html`<p>${sentenceText(each, resources, look, info)}</p>`
    )}
    ${
      from === null || to === null
        ? nothing
        : html`<small
            >${text("insights.sure.span", {
              from: format.date(from),
              to: format.date(to - 1),
            })}</small
          >`
    }`;
  }

  /** Home Assistant has the words of all that the integration says by itself. */
  private async ask(): Promise<void> {
    const { hass } = this;
    if (!hass) return;
    this.asked = true;
    try {
      const { resources } = (await hass.connection.sendMessagePromise({
        ...{ type: "frontend/get_translations", language: hass.language },
        ...{ category: "common", integration: ["heatpump_dashboard"] },
      })) as { resources: Resources };
      this.resources = resources;
    } catch {
      this.failed = true;
      if (this.isConnected)
        this.timer = window.setTimeout(() => void this.ask(), AGAIN_MS);
    }
  }
}

define("hp-letter-dialog")(LetterDialog);

declare global {
  interface HTMLElementTagNameMap {
    "hp-letter-dialog": LetterDialog;
  }
}
