import { css, html } from "lit";
import "../components/schematic/schematic.js";
import { CardContent } from "./content.js";
import type { Shown } from "./content.js";

/** The heat pump as a picture, right now. */
export class SchematicContent extends CardContent {
  static override styles = [
    ...CardContent.styles,
    css`
      .card,
      hp-schematic {
        height: 100%;
      }
    `,
  ];

  protected content({ config, info, known, staleUntil, look }: Shown) {
    return html`<hp-schematic
      .info=${info}
      .snapshot=${known}
      .staleUntil=${staleUntil}
      .look=${look}
      .heading=${config.title}
    ></hp-schematic>`;
  }
}
