import { css, html } from "lit";
import { fetched } from "../ha/replaced.js";
import { CardContent } from "./content.js";
import type { Shown } from "./content.js";

const RETRY_MS = 5_000;

/** Bars, a table or the days of a period; the history's module is fetched with the first of them. */
export class HistoryContent extends CardContent {
  static override styles = [
    ...CardContent.styles,
    css`
      .card,
      hp-history-part {
        display: block;
        height: 100%;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.fetch();
  }

  private async fetch(): Promise<void> {
    try {
      await fetched(() => import("../history/history-part.js"));
    } catch {
      // Away for a moment: it is asked for again as long as the card is there.
      if (this.isConnected) setTimeout(() => void this.fetch(), RETRY_MS);
    }
  }

  protected override saysWhy(): boolean {
    return true;
  }

  protected content({ config, hass, info, look }: Shown) {
    return html`<hp-history-part
      .hass=${hass}
      .look=${look}
      .info=${info}
      .show=${config.show ?? "bars"}
      .unit=${config.period ?? "heating_year"}
      .comparison=${config.compare ?? "year"}
      .heading=${config.title}
    ></hp-history-part>`;
  }
}
