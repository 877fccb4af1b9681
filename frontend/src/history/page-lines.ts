/** What the page says of all its cards: how much of the past is read, and what figures rest on. */
import { html, nothing } from "lit";
import type { Look } from "../components/context.js";
import type { Span } from "../data/period.js";
import { DAY } from "../format/calendar.js";
import type { Figures } from "./figures.js";
import type { HistoryModel } from "./model.js";

/** The past is being read for the first time. */
export const readingLine = (
  { reading }: HistoryModel,
  { text, format }: Look
) => {
  const { read, of, back } = reading;
  if (read >= of) return nothing;
  const values = { read, of, time: back === null ? "" : format.date(back) };
  const said = back === null ? "history.reading_first" : "history.reading";
  return html`<div class="line reading" role="status" data-state="reading">
    <span>${text(said, values)}</span>
    <progress
      max=${of}
      value=${read}
      aria-label=${text("history.progress")}
    ></progress>
  </div>`;
};

const countOf = ({ start, end }: Span): number =>
  Math.round((end - start) / DAY);

/** "28 of 30 days" of a running period. */
export const progressOf = (
  { isRunning, period, elapsed, days }: HistoryModel,
  { text }: Look
): string =>
  isRunning && period.unit !== "all"
    ? text("history.days_of", { days: countOf(elapsed), of: countOf(days) })
    : "";

/** Of the time of a period, that of which only counters tell. */
const countedShare = (
  { counted, covered, uncovered }: Figures,
  { percent }: Look["format"]
): string => percent(counted / (covered + uncovered));

const uncheckedWords = (
  { figures, info }: HistoryModel,
  { text, format }: Look
): string | null => {
  const factor = format.number(info.settings.flow_factor, 1);
  return figures?.isUnchecked
    ? text("panel.footnote_unchecked", { factor })
    : null;
};

/** The same of one card alone. */
export const uncheckedLine = (model: HistoryModel, look: Look) => {
  const said = uncheckedWords(model, look);
  return said === null ? nothing : html`<p class="unchecked">${said}</p>`;
};

/** `last`: ms; of the last reading, so that today counts. */
export const pageFooter = (
  model: HistoryModel,
  last: number | null,
  look: Look
) => {
  const { first, figures, isRunning, isOutdated, info } = model;
  const { text, format } = look;
  const factor = format.number(info.settings.flow_factor, 1);
  const share =
    figures?.cop && figures.copUncertainty
      ? format.percent(figures.copUncertainty / figures.cop)
      : null;
  const lines = [
    text("history.since", { date: format.date(format.zone.utc(first)) }),
    isRunning && last !== null
      ? text("history.counts_until", { time: format.time(last) })
      : null,
    isOutdated ? text("history.outdated") : null,
    figures?.counted
      ? text("history.counted", { share: countedShare(figures, format) })
      : null,
    uncheckedWords(model, look),
    share === null ? null : text("history.within", { share, factor }),
  ];
  return html`<footer>
    ${lines.map((line) => (line === null ? nothing : html`<span>${line}</span>`))}
  </footer>`;
};
