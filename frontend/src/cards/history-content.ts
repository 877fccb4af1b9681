import { html } from "lit";
import type { Shown } from "./content.js";
import { PartContent } from "./part-content.js";

/** Bars, a table or the days of a period. */
export class HistoryContent extends PartContent {
  protected load(): Promise<unknown> {
    return import("../history/history-part.js");
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
