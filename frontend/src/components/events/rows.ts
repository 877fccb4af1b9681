/** What an event's row says. Pure. */
import {
  mdiAlertCircleOutline,
  mdiHeatPump,
  mdiHeatingCoil,
  mdiPump,
  mdiShower,
  mdiSync,
  mdiTune,
} from "@mdi/js";
import { alarmText } from "../../data/alarm-text.js";
import { isUnchecked } from "../../data/calibration.js";
import type { Run } from "../../data/runs.js";
import { heatSoFar, momentOf } from "../../data/runs.js";
import { isPast } from "../../data/past.js";
import { settingName, settingWords } from "../../data/settings.js";
import { byDay, figuresOfDay, isLong } from "../../data/days.js";
import type { DayOfRuns } from "../../data/days.js";
import type {
  EventKind,
  HeatPumpEvent,
  PumpInfo,
  Snapshot,
} from "../../data/types.js";
import type { Look } from "../context.js";

export const KIND_ICONS: Record<EventKind, string> = {
  compressor: mdiHeatPump,
  hot_water: mdiShower,
  auxiliary: mdiHeatingCoil,
  alarm: mdiAlertCircleOutline,
  brine_pump: mdiPump,
  circulation_pump: mdiSync,
  setting: mdiTune,
};

export interface EventRow {
  /** Empty where the row above has the same. */
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

const titleOf = (run: Run, input: EventInput, isPart: boolean) => {
  const { kind, begin, end, most, running, to } = run;
  const { text, format } = input;
  if (kind === "alarm") {
    const told = begin ?? end;
    const words = told && alarmText(told, text("language"));
    return words ?? text("events.kind.alarm");
  }
  if (kind === "setting") return settingName(begin, text);
  if (isPart) return text("events.hot_water.part");
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
    ...(code ? [text("events.code", { code: String(code) })] : []),
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

/** The most telling first: where it is narrow, the last ones are left out. */
const figureParts = (
  heat: number | null | undefined,
  { electricity_kwh, cop, outdoor }: Partial<HeatPumpEvent>,
  { text, format, snapshot }: Pick<EventInput, "text" | "format" | "snapshot">
): string[] => [
  heat == null ? "" : text("events.heat", { energy: format.energy(heat) }),
  cop === undefined ? "" : text("events.cop", { cop: format.number(cop, 1) }),
  (heat == null && cop === undefined) || !isUnchecked(snapshot)
    ? ""
    : text("kpi.unchecked"),
  electricity_kwh === undefined
    ? ""
    : text("events.used", { energy: format.energy(electricity_kwh) }),
  outdoor === undefined
    ? ""
    : text("events.outdoor", { outdoor: format.temperature(outdoor, 0) }),
];

const energyParts = (run: Run, input: EventInput, before: Run | undefined) => {
  const { text, format, snapshot } = input;
  const end: Partial<HeatPumpEvent> = run.end ?? {};
  if (run.kind === "auxiliary") {
    const { energy_kwh: energy } = end;
    return [
      energy === undefined
        ? ""
        : text("events.energy", { energy: format.energy(energy) }),
      ...figureParts(null, end, input),
    ];
  }
  const heat = run.running ? heatSoFar(snapshot, run, before) : end.heat_kwh;
  return figureParts(heat, end, input);
};

const knownOf = (
  run: Run,
  input: EventInput,
  before: Run | undefined
): string[] => {
  switch (run.kind) {
    case "alarm":
      return [alarmDetail(run, input)];
    case "setting":
      return [settingWords(run.begin, input)];
    case "hot_water":
      return [
        chargeDetail(run, input),
        ...figureParts(run.end?.heat_kwh, run.end ?? {}, input),
      ];
    case "compressor":
    case "auxiliary":
      return energyParts(run, input, before);
    default:
      return [];
  }
};

const detailOf = (run: Run, input: EventInput, before: Run | undefined) => {
  const beyond = wentOn(run, input) ? input.text("events.beyond") : "";
  return [beyond, ...knownOf(run, input, before)].filter(Boolean).join(" · ");
};

const durationOf = (run: Run, input: EventInput) => {
  const { snapshot, text, format } = input;
  const { from, running } = run;
  if (run.kind === "setting") return "";
  const to = running ? snapshot.end : run.to;
  if (from === null || to === null) return "";
  const duration = format.roughDuration((to - from) / 1000);
  if (!running) return duration;
  return text(`events.${wentOn(run, input) ? "over" : "since"}`, { duration });
};

/** `before` is the run of the same kind before it; a part stands below what it is a part of. */
export const rowOf = (
  run: Run,
  input: EventInput,
  before: Run | undefined,
  isPart = false
): EventRow => {
  const [time, above] = [run, run.of ?? run].map((each) =>
    input.format.time(momentOf(each))
  ) as [string, string];
  return {
    time: isPart && time === above ? "" : time,
    title: titleOf(run, input, isPart),
    detail: detailOf(run, input, before),
    duration: durationOf(run, input),
  };
};

/** s */
const lengthOf = ({ from, to }: Run): number =>
  from === null || to === null ? 0 : (to - from) / 1000;

const count = (runs: readonly Run[], kind: EventKind): number =>
  runs.filter((run) => run.kind === kind).length;

/** What a day comes to, or how much of it one kind of event took. */
export const dayDetail = (
  { day, runs }: DayOfRuns,
  kind: EventKind | null,
  { snapshot, info, text, format }: EventInput
): string => {
  if (kind) {
    const length = runs.reduce((all, run) => all + lengthOf(run), 0);
    const duration = length ? format.roughDuration(length) : "";
    const how = text(`events.of_day.${kind}`, { count: runs.length });
    return [how, duration].filter(Boolean).join(" · ");
  }
  // By way of noon, as days have 23 to 25 hours.
  const next = format.dayStart(day + 36 * 3_600_000);
  const { heatKwh, electricityKwh, cop, compressorS } = figuresOfDay(
    snapshot,
    day,
    next,
    info.settings
  );
  const told = (["alarm", "auxiliary"] as const).flatMap((each) => {
    const number = count(runs, each);
    return number ? [text(`events.of_day.${each}`, { count: number })] : [];
  });
  return [
    ...told,
    compressorS
      ? text("events.day_ran", { duration: format.roughDuration(compressorS) })
      : "",
    ...figureParts(
      heatKwh,
      {
        ...(electricityKwh !== null && { electricity_kwh: electricityKwh }),
        ...(cop !== null && { cop }),
      },
      { text, format, snapshot }
    ),
  ]
    .filter(Boolean)
    .join(" · ");
};

/** A day alone is one whose events are folded; beside an event, it stands above it. */
export interface Row {
  day: DayOfRuns | null;
  run: Run | null;
}

/** Every event, below its day where another begins; of a long period the days, some open. */
export const rowsOf = (
  runs: readonly Run[],
  snapshot: Snapshot,
  format: Look["format"],
  openDays: ReadonlySet<number>
): Row[] => {
  const days = byDay(runs, format);
  if (isLong(snapshot)) {
    return days.flatMap((day): Row[] => [
      { day, run: null },
      ...(openDays.has(day.day) ? day.runs : []).map((run) => ({
        day: null,
        run,
      })),
    ]);
  }
  return days.flatMap((day) =>
    day.runs.map((run, i) => ({ day: i ? null : day, run }))
  );
};

/** "Today", "Yesterday" or the date of the local day that holds `moment`. */
export const dayName = (
  moment: number,
  now: number,
  { text, format }: Pick<Look, "text" | "format">,
  date: (ms: number, now: number) => string = format.date
): string => {
  const day = format.dayStart(moment);
  const today = format.dayStart(now);
  if (day === today) return text("events.today");
  if (day === format.dayStart(today - 1)) return text("events.yesterday");
  return date(moment, now);
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
  const isWhole = [start, end].every((edge) => format.dayStart(edge) === edge);
  if (isWhole) return text("events.days", { count: Math.round(hours / 24) });
  // Nobody calls what goes from noon to noon a day.
  if (hours <= 48 && Number.isInteger(hours)) return `${hours} h`;
  return format.age((end - start) / 1000);
};
