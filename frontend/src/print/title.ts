/** What stands above all that is printed. Pure. */
import type { Look } from "../components/context.js";
import { isSpan } from "../data/period.js";
import type { Period, Span } from "../data/period.js";
import { periodName } from "../panel/period-name.js";

/** "Last 24 hours · Fri 27 Nov, 20:42 – Sat 28 Nov, 20:42"; of a span its name. */
export const printedTitle = (
  { start, end }: Span,
  period: Period,
  words: Pick<Look, "text" | "format">
): string => {
  if (isSpan(period)) return periodName(period, Date.now(), words);
  const name = words.text(`range.${period}.name`);
  return `${name} · ${words.format.span(start, end)}`;
};
