/** How things look on a page with texts of its own and the days of the home, whatever the user's zone is. */
import { html, nothing } from "lit";
import type { LitElement, ReactiveController } from "lit";
import { toPanelError } from "../data/error.js";
import type { PanelError } from "../data/error.js";
import type { HomeAssistant } from "../ha/types.js";
import { createTextWith } from "../i18n/languages.js";
import type { Part } from "../i18n/languages.js";
import type { Text } from "../i18n/text.js";
import type { Look } from "./context.js";
import { lookOf } from "./look.js";
import "./notice.js";
import { errorNotice } from "./view-state.js";

/** ms; texts that did not come are asked for again after this. */
const AGAIN_MS = 5_000;

export class HomeLook implements ReactiveController {
  /** Undefined until the texts are there. */
  own: Look | undefined;
  private from: Look | undefined;
  private language: string | undefined;
  private text: Text | undefined;
  /** Why the texts did not come. */
  private error: PanelError | null = null;
  private timer = 0;

  constructor(
    private readonly host: LitElement,
    private readonly part: Part
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    if (this.error) this.retry();
  }

  hostDisconnected(): void {
    window.clearTimeout(this.timer);
  }

  /** Belongs into `willUpdate`, so that everything is drawn with the same look. */
  follow(hass: HomeAssistant, look: Look): void {
    const { language } = hass.locale;
    if (language !== this.language) void this.read(language);
    if (!this.text || (this.own && this.from === look)) return;
    const locale = { ...hass.locale, time_zone: "server" };
    this.own = lookOf({ ...hass, locale }, look.theme, this.text);
    this.from = look;
  }

  get state(): "loading" | "error" {
    return this.error ? "error" : "loading";
  }

  /** In place of all that needs texts: why there are none, or that they are on their way. */
  meanwhile(look: Look | undefined) {
    const { error } = this;
    if (!look) return nothing;
    return error
      ? html`<hp-notice
          .look=${look}
          .notice=${errorNotice(error, look)}
          .retryAt=${error.retryAt}
          @hp-retry=${this.retry}
        ></hp-notice>`
      : html`<div class="bone" style="min-height:60vh"></div>`;
  }

  private readonly retry = (): void => {
    window.clearTimeout(this.timer);
    this.language = undefined;
    this.host.requestUpdate();
  };

  /** Without texts nothing else may ever happen: it asks again by itself. */
  private async read(language: string): Promise<void> {
    this.language = language;
    try {
      const text = await createTextWith(language, this.part);
      if (language !== this.language) return;
      this.text = text;
      this.from = undefined;
      this.error = null;
    } catch (error) {
      if (language !== this.language) return;
      this.error = toPanelError(error, Date.now() + AGAIN_MS);
      window.clearTimeout(this.timer);
      if (this.host.isConnected)
        this.timer = window.setTimeout(this.retry, AGAIN_MS);
    }
    this.host.requestUpdate();
  }
}
