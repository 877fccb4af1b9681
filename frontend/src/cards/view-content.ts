import { css, html } from "lit";
import { VIEWS } from "../charts/views.js";
import "../components/events/events.js";
import type { ShowTime } from "../components/events/events.js";
import "../components/view-card.js";
import { writeUrl } from "../data/url-state.js";
import { navigate } from "../ha/navigate.js";
import type { CardConfig } from "./config.js";
import { CardContent } from "./content.js";
import type { Shown } from "./content.js";

const PANEL_PATH = "/heatpump-dashboard";

const viewOf = (config: CardConfig | undefined) =>
  VIEWS.find(({ key }) => key === config?.view);

/** One of the charts, or the events. */
export class ViewContent extends CardContent {
  static override styles = [
    ...CardContent.styles,
    css`
      /* A grid's rows have a height even where the dashboard gives none. */
      .card {
        display: grid;
        grid-template: minmax(var(--hp-card-height, 336px), 1fr) / minmax(
            0,
            1fr
          );
        height: 100%;
      }
      hp-view-card,
      hp-events {
        height: 100%;
      }
      /* The ring stands over its table. */
      .card:has(.runtime) {
        --hp-card-height: 440px;
      }
    `,
  ];

  protected override saysWhy(): boolean {
    return viewOf(this.config) !== undefined;
  }

  protected content(shown: Shown) {
    const { config, info, snapshot, look, staleUntil } = shown;
    const view = viewOf(config);
    if (!view) {
      return html`<hp-events
        .info=${info}
        .snapshot=${snapshot}
        .error=${shown.state.error}
        .look=${look}
        .heading=${config.title}
        @hp-show-time=${({ detail }: CustomEvent<ShowTime>) => {
          const period = { start: detail.from, end: detail.to };
          navigate(PANEL_PATH + writeUrl("", { pump: info.id, period }));
        }}
      ></hp-events>`;
    }
    return html`<hp-view-card
      class=${view.key}
      .view=${view}
      .info=${info}
      .snapshot=${snapshot}
      .error=${shown.state.error}
      .look=${look}
      .heading=${config.title}
      .withoutLegend=${config.legend === false}
      .staleUntil=${staleUntil}
      .admin=${shown.hass.user?.is_admin ?? false}
      .connection=${shown.hass.connection}
    ></hp-view-card>`;
  }
}
