/** What an event's row says. Pure. */
import {
  mdiAlertCircleOutline,
  mdiHeatPump,
  mdiHeatingCoil,
  mdiPump,
  mdiShower,
  mdiSync,
} from "@mdi/js";
import type { Run } from "../../data/runs.js";
import { heatSoFar, momentOf } from "../../data/runs.js";
import { isPast } from "../../data/past.js";
import type { EventKind, PumpInfo, Snapshot } from "../../data/types.js";
import type { Look } from "../context.js";

export const KIND_ICONS: Record<EventKind, string> = {
  compressor: mdiHeatPump,
  hot_water: mdiShower,
  auxiliary: mdiHeatingCoil,
  alarm: mdiAlertCircleOutline,
  brine_pump: mdiPump,
  circulation_pump: mdiSync,
};

export interface EventRow {
  time: string;
  title: string;
  detail: string;
  /** How long it was, or since when it is. */
  duration: string;
}

export interface EventInput extends Look {
  snapshot: Snapshot;
  info: PumpInfo;
}

/** Whether it went on when the period, which is over, had ended. */
const wentOn = ({ running }: Run, { snapshot }: EventInput) =>
  running && isPast(snapshot);

const titleOf = (run: Run, input: EventInput) => {
  const { kind, begin, end, most, running, to } = run;
  const { text, format } = input;
  if (kind === "alarm") {
    const { texts, text: own } = begin ?? end ?? {};
    return texts?.[text("language")] ?? own ?? text("events.kind.alarm");
  }
  const unended = running ? "running" : "begun";
  const how = to !== null || wentOn(run, input) ? "done" : unended;
  const percent = most > 1 ? format.percent(most / 100) : "";
  return text(`events.${kind}.${how}`, { percent }).trim();
};

/** What is known last of an alarm; its series may have gone silent since. */
const lastChange = ({ begin, end, to }: Run, { snapshot }: EventInput) => {
  const silent = to === null && snapshot.status.alarm.active === null;
  return silent ? "unknown" : (end?.change ?? begin?.change);
};

const alarmDetail = (run: Run, input: EventInput) => {
  const { begin, end, running } = run;
  const { text } = input;
  const code = [begin, end].map((event) => event?.value ?? 0).find(Boolean);
  const change =
    running && !wentOn(run, input) ? "active" : lastChange(run, input);
  return [
    ...(code ? [text("events.code", { code })] : []),
    ...(change ? [text(`events.change.${change}`)] : []),
  ].join(" · ");
};

const chargeDetail = ({ end }: Run, { text, format, info }: EventInput) => {
  const { from, to } = end ?? {};
  if (to === undefined) return "";
  const digits = info.settings.digits.hot_water_temp ?? 0;
  const degrees = (value: number) => format.temperature(value, digits);
  return from === undefined
    ? text("events.to", { to: degrees(to) })
    : text("events.to_from", { to: degrees(to), from: degrees(from) });
};

const energyDetail = (run: Run, input: EventInput, before: Run | undefined) => {
  const { text, format, snapshot } = input;
  if (run.kind === "auxiliary") {
    const energy = run.end?.energy_kwh;
    if (energy === undefined) return "";
    return text("events.energy", { energy: format.energy(energy) });
  }
  const heat = run.running
    ? heatSoFar(snapshot, run, before)
    : run.end?.heat_kwh;
  if (heat == null) return "";
  return text("events.heat", { energy: format.energy(heat) });
};

const knownOf = (run: Run, input: EventInput, before: Run | undefined) => {
  if (run.kind === "alarm") return alarmDetail(run, input);
  if (run.kind === "hot_water") return chargeDetail(run, input);
  return run.kind === "compressor" || run.kind === "auxiliary"
    ? energyDetail(run, input, before)
    : "";
};

const detailOf = (run: Run, input: EventInput, before: Run | undefined) => {
  const known = knownOf(run, input, before);
  const beyond = wentOn(run, input) ? input.text("events.beyond") : "";
  return [beyond, known].filter(Boolean).join(" · ");
};

const durationOf = (run: Run, input: EventInput) => {
  const { snapshot, text, format } = input;
  const { from, running } = run;
  const to = running ? snapshot.end : run.to;
  if (from === null || to === null) return "";
  const duration = format.duration((to - from) / 1000);
  if (!running) return duration;
  return text(`events.${wentOn(run, input) ? "over" : "since"}`, { duration });
};

/** `before` is the run of the same kind before it. */
export const rowOf = (
  run: Run,
  input: EventInput,
  before: Run | undefined
): EventRow => ({
  time: input.format.time(momentOf(run)),
  title: titleOf(run, input),
  detail: detailOf(run, input, before),
  duration: durationOf(run, input),
});

/** "Today", "Yesterday" or the date of the local day that holds `moment`. */
export const dayName = (
  moment: number,
  now: number,
  { text, format }: Pick<Look, "text" | "format">
): string => {
  const day = format.dayStart(moment);
  const today = format.dayStart(now);
  if (day === today) return text("events.today");
  if (day === format.dayStart(today - 1)) return text("events.yesterday");
  return format.date(moment);
};

/** "24 h" of a named range, else the length of the span. */
export const spanName = (
  { range, start, end }: Snapshot,
  { text, format }: Pick<Look, "text" | "format">
): string => {
  const key = `range.${range ?? ""}.span`;
  const name = text(key);
  if (name !== key) return name;
  const hours = (end - start) / 3_600_000;
  // Nobody calls what goes from noon to noon a day.
  if (hours <= 48 && Number.isInteger(hours)) return `${hours} h`;
  return format.age((end - start) / 1000);
};
