import { css, html } from "lit";
import "../components/pills/status-pills.js";
import { CardContent, titleLine } from "./content.js";
import type { Shown } from "./content.js";

/** Which part of the heat pump does what, since when. */
export class StatusContent extends CardContent {
  static override styles = [
    ...CardContent.styles,
    css`
      .card {
        --gap: 8px;
      }
    `,
  ];

  protected content({ config, info, known, staleUntil, look }: Shown) {
    return html`${titleLine(config)}<hp-pills
        .info=${info}
        .snapshot=${known}
        .staleUntil=${staleUntil}
        .look=${look}
      ></hp-pills>`;
  }
}
