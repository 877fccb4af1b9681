/** In which state a view is, and what is said where there is no picture. Pure. */
import {
  mdiAlertCircleOutline,
  mdiChartLine,
  mdiPowerPlugOutline,
} from "@mdi/js";
import { droppedOf } from "../data/blank.js";
import type { Blank } from "../data/blank.js";
import type { PanelError } from "../data/error.js";
import {
  DEFAULT_RANGE,
  RANGE_MS,
  isRange,
  rangeReaching,
} from "../data/range.js";
import type { Range } from "../data/range.js";
import type { PumpInfo, Snapshot, View } from "../data/types.js";
import type { Look } from "./context.js";

export type ViewState = "loading" | "ready" | "empty" | "missing" | "error";

export interface Notice {
  state: "empty" | "missing" | "error";
  icon: string;
  title: string;
  help: string;
  action:
    | { kind: "range"; range: Range; label: string }
    | { kind: "settings"; label: string }
    | { kind: "retry"; label: string }
    | null;
}

/** `prefix.key` where there is such a text, else `prefix.other`. */
const known = (
  text: Look["text"],
  prefix: string,
  key: string,
  part: string
): string => {
  const name = `${prefix}.${key}.${part}`;
  return text(name) === name ? `${prefix}.other` : `${prefix}.${key}`;
};

const showRange = (range: Range, key: string, text: Look["text"]) =>
  ({
    kind: "range",
    range,
    label: text(key, { range: text(`show.${range}`) }),
  }) as const;

export const errorNotice = (error: PanelError, { text }: Look): Notice => {
  const base = known(text, "error", error.code, "title");
  const general = base === "error.other" ? error.message : null;
  return {
    state: "error",
    icon: mdiAlertCircleOutline,
    title: text(`${base}.title`),
    help: general ?? text(`${base}.help`),
    action:
      error.code === "invalid_range"
        ? showRange(DEFAULT_RANGE, "error.invalid_range.show", text)
        : { kind: "retry", label: text("error.retry") },
  };
};

export const missingNotice = (
  view: View,
  title: string,
  reason: string | undefined,
  pump: string,
  admin: boolean,
  { text }: Look
): Notice => {
  const base = known(text, "missing", reason ?? "other", "what");
  const [own, what] = [`${base}.${view}`, text(`${base}.what`)];
  return {
    state: "missing",
    icon: mdiPowerPlugOutline,
    title: text("missing.title", { view: title, what }),
    help: text(text(own) === own ? `${base}.help` : own, { pump }),
    action: admin
      ? { kind: "settings", label: text("missing.settings") }
      : null,
  };
};

/** There are readings, and yet there is nothing to draw: why. */
export const blankNotice = (
  why: Blank,
  { totals }: Snapshot,
  { text, format }: Look
): Notice => {
  const values = {
    heat: format.energy(totals.heat_kwh),
    cold: format.energy(totals.cooling_kwh),
    count: droppedOf(totals),
  };
  return {
    state: "empty",
    icon: mdiChartLine,
    title: text(`blank.${why}.title`, values),
    help: text(`blank.${why}.help`, values),
    action: null,
  };
};

/** Why there is nothing to see in this period, and the shortest period that has something. */
export const emptyNotice = (
  snapshot: Snapshot,
  info: PumpInfo,
  now: number,
  { text, format }: Look
): Notice => {
  const last = snapshot.status.time ?? info.last_reading;
  const first = info.first_reading;
  const when = (ms: number) => `${format.date(ms)}, ${format.time(ms)}`;
  let help = text("view.empty.none");
  if (first !== null && first > snapshot.end) {
    help = text("view.empty.first", { time: when(first) });
  } else if (last !== null) {
    help = text("view.empty.last", { time: when(last) });
  }
  const range = last === null ? null : rangeReaching(last, now);
  const shown = isRange(snapshot.range) ? RANGE_MS[snapshot.range] : 0;
  const wider = range && RANGE_MS[range] > shown ? range : null;
  return {
    state: "empty",
    icon: mdiChartLine,
    title: text("blank.no_readings.title"),
    help,
    action: wider && showRange(wider, "view.empty.show", text),
  };
};

/** What keeps the source from answering. */
export const sourceTrouble = ({ status }: Snapshot): PanelError | null =>
  ["ok", "stale"].includes(status.source)
    ? null
    : { code: status.source, message: null, retryAt: null };

/** The source's trouble, where there is nothing to see in its stead. */
export const sourceError = (snapshot: Snapshot): PanelError | null =>
  snapshot.totals.covered_s ? null : sourceTrouble(snapshot);
