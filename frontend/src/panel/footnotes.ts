/** What the figures of the period rest on, below everything. */
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { isUnchecked } from "../data/calibration.js";
import { droppedOf } from "../data/blank.js";
import type { Look } from "../components/context.js";
import { spanName } from "../components/events/rows.js";
import type { PumpInfo, Snapshot } from "../data/types.js";

const estimate = ({ totals }: Snapshot, { settings }: PumpInfo, look: Look) => {
  const { text, format } = look;
  if (!totals.estimated.length) return nothing;
  const factor = format.number(settings.flow_factor, 1);
  const byFlow = totals.estimated.includes("heat");
  return html`<span
    >${
      byFlow
        ? text(
            `panel.footnote_${isUnchecked({ totals }) ? "unchecked" : "flow"}`,
            {
              factor,
            }
          )
        : text("panel.footnote_estimated")
    }</span
  >`;
};

const covered = (snapshot: Snapshot, look: Look) => {
  const { coverage } = snapshot.totals;
  if (coverage === null) return nothing;
  const values = {
    coverage: look.format.percent(coverage, 1),
    span: spanName(snapshot, look),
  };
  return html`<span>${look.text("panel.footnote_coverage", values)}</span>`;
};

/** Values that could not be true reach no figure, but are told. */
const leftOut = ({ totals }: Snapshot, { text }: Look) => {
  const count = droppedOf(totals);
  return count > 0
    ? html`<span>${text("panel.footnote_dropped", { count })}</span>`
    : nothing;
};

/** Holes that are named one by one; of more it is said how many. */
const NAMED = 3;

/** What of the past could not be read. */
const unread = ({ history }: PumpInfo, { text, format }: Look) => {
  const holes = history?.holes ?? [];
  if (!holes.length) return nothing;
  const spans = holes
    .slice(0, NAMED)
    .map(([from, to]) =>
      text("panel.hole", { from: format.dayTime(from), to: format.dayTime(to) })
    );
  const more = holes.length - NAMED;
  if (more > 0) spans.push(text("panel.more_holes", { count: more }));
  return html`<span class="holes" role="status"
    >${text("panel.holes", { spans: spans.join("; ") })}</span
  >`;
};

export const footnotes = (
  snapshot: Snapshot | null,
  info: PumpInfo,
  look: Look
): TemplateResult =>
  html`${
    snapshot
      ? html`${estimate(snapshot, info, look)} ${covered(snapshot, look)}
        ${leftOut(snapshot, look)}`
      : nothing
  }
  ${unread(info, look)}`;
