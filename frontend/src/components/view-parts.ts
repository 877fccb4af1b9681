/** What stands around a chart in its card: remark, lines above it, the table beside it. */
import { html, nothing } from "lit";
import { mdiClockAlertOutline } from "@mdi/js";
import type { ViewResult } from "../charts/types.js";
import { historyProgress } from "../data/stale.js";
import type { Snapshot } from "../data/types.js";
import type { Look } from "./context.js";
import { icon } from "./icon.js";
import { swatch } from "./legend.js";
import { wholeParts } from "./whole.js";

/** `figure` in it is stronger; each part from dot to dot is whole or, where it is narrow, away. */
export const remarkLine = (remark: string | undefined, figure = "") => {
  if (!remark) return nothing;
  const [before, after] = figure ? remark.split(figure) : [];
  return html`<span class="remark"
    >${
      after === undefined
        ? wholeParts(remark)
        : html`<span>${before}<b>${figure}</b>${after}</span>`
    }</span
  >`;
};

/** How old the last reading is, where it is too old. */
export const staleLine = (
  snapshot: Snapshot | null,
  staleUntil: number | null,
  { text, format }: Look
) => {
  const time = snapshot?.status.time;
  if (staleUntil === null || time == null) return nothing;
  const age = format.age((staleUntil - time) / 1000);
  const sameDay = format.dayStart(time) === format.dayStart(staleUntil);
  const when = sameDay ? format.time(time) : format.dayTime(time);
  return html`<div class="line stale">
    ${icon(mdiClockAlertOutline)}
    <span
      >${text("view.stale", { time: when })}
      <b>${text("live.ago", { age })}</b></span
    >
  </div>`;
};

/** How far the past has been read, while it is. */
export const historyLine = (
  snapshot: Snapshot | null,
  { text, format }: Look
) => {
  const progress = snapshot && historyProgress(snapshot, Date.now());
  if (!progress) return nothing;
  const time = format.dayTime(progress.from);
  return html`<div class="line">
    <span>${text("view.history", { ...progress, time })}</span>
    <progress
      max=${progress.days}
      value=${progress.day}
      aria-hidden="true"
    ></progress>
  </div>`;
};

/** The rows that are the legend of a ring. */
export const durations = (
  { rows = [], note }: Pick<ViewResult, "rows" | "note">,
  title: string
) =>
  html`<div class="rows">
    <table aria-label=${title}>
      ${rows.map(
        (row) =>
          html`<tr>
            <th scope="row">${swatch(row)}${row.name}</th>
            <td>${row.duration}</td>
            <td class="share">${row.share}</td>
          </tr>`
      )}
    </table>
    ${note ? html`<p class="note">${note}</p>` : nothing}
  </div>`;
