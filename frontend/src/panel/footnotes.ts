/** What the figures of the period rest on, below everything. */
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Look } from "../components/context.js";
import { isRange } from "../data/range.js";
import type { PumpInfo, Snapshot } from "../data/types.js";

const spanText = ({ range, start, end }: Snapshot, look: Look): string =>
  isRange(range)
    ? look.text(`range.${range}.span`)
    : look.format.duration((end - start) / 1000);

const estimate = ({ totals }: Snapshot, { settings }: PumpInfo, look: Look) => {
  const { text, format } = look;
  if (!totals.estimated.length) return nothing;
  const factor = format.number(settings.flow_factor, 1);
  const byFlow = totals.estimated.includes("heat");
  return html`<span
    >${
      byFlow
        ? text("panel.footnote_flow", { factor })
        : text("panel.footnote_estimated")
    }</span
  >`;
};

export const footnotes = (
  snapshot: Snapshot,
  info: PumpInfo,
  look: Look
): TemplateResult => {
  const { coverage } = snapshot.totals;
  return html`${estimate(snapshot, info, look)}
  ${
    coverage === null
      ? nothing
      : html`<span
          >${look.text("panel.footnote_coverage", {
            coverage: look.format.percent(coverage, 1),
            span: spanText(snapshot, look),
          })}</span
        >`
  }`;
};
