/** What a card shows and offers while only a part of the period is seen. */
import { HOUR } from "../format/milliseconds.js";
import { html, nothing } from "lit";
import { mdiCalendarCheckOutline, mdiMagnifyRemoveOutline } from "@mdi/js";
import type { ViewTable } from "../charts/types.js";
import type { Span } from "../data/period.js";
import type { Look } from "./context.js";
import { icon } from "./icon.js";

const MINUTE = 60_000;
/** Up to here each time of day is there once. */
const ONE_DAY = 25 * HOUR;
const ONE_WEEK = 8 * 24 * HOUR;

/** `part` in whole minutes, which is as near as a period is chosen. */
export const asPeriod = ({ start, end }: Span): Span => ({
  start: Math.floor(start / MINUTE) * MINUTE,
  end: Math.ceil(end / MINUTE) * MINUTE,
});

/** "06:10–08:40"; with the day where the period has several. */
export const partName = (
  part: Span,
  period: Span,
  { format }: Pick<Look, "format">
): string => {
  const [start, end] = [part.start, part.end].map(
    (ms) => Math.round(ms / MINUTE) * MINUTE
  ) as [number, number];
  const times = [start, end].map(format.time);
  const length = period.end - period.start;
  if (length <= ONE_DAY) return times.join("–");
  const day = length <= ONE_WEEK ? format.day : format.dayDate;
  const sameDay = format.dayStart(start) === format.dayStart(end);
  return sameDay
    ? `${day(start)}, ${times.join("–")}`
    : `${day(start)}, ${times[0] ?? ""} – ${day(end)}, ${times[1] ?? ""}`;
};

const ofPart = new WeakMap<ViewTable, { part: Span; table: ViewTable }>();

/** The rows of a table that lie in `part`, the same object as long as both are the same. */
export const tableOfPart = (table: ViewTable, part: Span): ViewTable => {
  const before = ofPart.get(table);
  if (before?.part === part) return before.table;
  const rows = () =>
    table
      .rows()
      .filter(
        ({ time = part.start, to = time }) =>
          time < part.end && (to > part.start || time === part.start)
      );
  const cut = { ...table, rows };
  ofPart.set(table, { part, table: cut });
  return cut;
};

const button = (name: string, label: string, path: string, act: () => void) =>
  html`<button
    type="button"
    class=${name}
    aria-label=${label}
    title=${label}
    @click=${act}
  >
    ${icon(path)}<span>${label}</span>
  </button>`;

/** `use` makes the part the period, where there is a period to choose. */
export const zoomTools = (
  { text }: Look,
  reset: () => void,
  use: (() => void) | null
) =>
  html`<div class="zoom">
    ${
      use
        ? button(
            "use",
            text("view.use_as_period"),
            mdiCalendarCheckOutline,
            use
          )
        : nothing
    }
    ${button("reset", text("view.reset_zoom"), mdiMagnifyRemoveOutline, reset)}
  </div>`;
