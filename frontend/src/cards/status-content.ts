import { html } from "lit";
import "../components/pills/status-pills.js";
import { CardContent } from "./content.js";
import type { Shown } from "./content.js";

/** Which part of the heat pump does what, since when. */
export class StatusContent extends CardContent {
  protected content({ info, known, staleUntil, look }: Shown) {
    return html`<hp-pills
      .info=${info}
      .snapshot=${known}
      .staleUntil=${staleUntil}
      .look=${look}
    ></hp-pills>`;
  }
}
