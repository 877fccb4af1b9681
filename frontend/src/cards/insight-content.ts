import { html } from "lit";
import type { Shown } from "./content.js";
import { PartContent } from "./part-content.js";

/** The verdict, or the answer to one question. */
export class InsightContent extends PartContent {
  protected load(): Promise<unknown> {
    return import("../insights/insight-part.js");
  }

  protected content({ config, hass, info, look }: Shown) {
    return html`<hp-insight-part
      .hass=${hass}
      .look=${look}
      .info=${info}
      .name=${config.insight ?? "verdict"}
      .heading=${config.title}
    ></hp-insight-part>`;
  }
}
