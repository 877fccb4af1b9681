/** The status pills: which part of the heat pump does what, since when. Pure. */
import {
  mdiAlertCircle,
  mdiClockAlertOutline,
  mdiFan,
  mdiHeatingCoil,
  mdiHeatPump,
  mdiPipeValve,
  mdiPump,
  mdiShieldCheckOutline,
  mdiSync,
} from "@mdi/js";
import { alarmText } from "../../data/alarm-text.js";
import type { PumpInfo, Snapshot } from "../../data/types.js";
import { NO_VALUE } from "../../format/format.js";
import type { Look } from "../context.js";
import { auxiliaryState } from "../schematic/scene.js";

export type PillKey =
  | "compressor"
  | "brine_pump"
  | "circulation_pump"
  | "hot_water_valve"
  | "auxiliary"
  | "alarm"
  | "last";

export interface Pill {
  key: PillKey;
  icon: string;
  name: string;
  /** With how long; "–" where it is not known. */
  state: string;
  /** Colour of its meaning while it is on; null = neutral. */
  color: string | null;
  /** The pump does not report it. */
  missing: boolean;
  /** Opens its details; null where Home Assistant has no such entity. */
  entity: string | null;
}

export interface PillInput {
  info: PumpInfo;
  /** Null while nothing is known yet. */
  snapshot: Snapshot | null;
  /** ms; set where the readings are too old to be called present. */
  staleUntil: number | null;
  look: Look;
}

type Fact = Pick<Pill, "state" | "color"> & { icon?: string; name?: string };

const ICONS: Record<PillKey, string> = {
  compressor: mdiHeatPump,
  brine_pump: mdiPump,
  circulation_pump: mdiSync,
  hot_water_valve: mdiPipeValve,
  auxiliary: mdiHeatingCoil,
  alarm: mdiShieldCheckOutline,
  last: mdiClockAlertOutline,
};

const COLORS: Partial<Record<PillKey, string>> = {
  compressor: "compressor",
  brine_pump: "brine-in",
  circulation_pump: "supply",
};

const ENTITIES: Partial<Record<PillKey, string>> = {
  auxiliary: "auxiliary_heater",
  hot_water_valve: "hot_water_charging",
};

const REPORTED: Partial<Record<PillKey, RegExp>> = {
  auxiliary: /^auxiliary_/,
  alarm: /^alarm/,
};

const MINUTE = 60_000;
/** Nothing has come yet, or what came is too old to be the present. */
const NOTHING: Fact = { state: "–", color: null };

/** Readings come, but not this one. */
const notKnown = ({ text }: Look): Fact => ({
  state: text("pill.not_known"),
  color: null,
});

/** Whether the pump is loaded: of another one nobody knows what it reports. */
const isLoaded = ({ metrics }: PumpInfo) => Object.keys(metrics).length > 0;

/** Whether the pump reports anything that the pill is about. */
const reports = ({ metrics }: PumpInfo, key: PillKey): boolean => {
  const pattern = REPORTED[key];
  return pattern
    ? Object.keys(metrics).some((name) => pattern.test(name))
    : key in metrics;
};

const running = (
  key: PillKey,
  value: number | null | undefined,
  look: Look
): Fact => {
  const { text } = look;
  if (value == null) return notKnown(look);
  const rest = key === "compressor" ? "pill.resting" : "pill.stopped";
  return value > 0
    ? { state: text("pill.running"), color: COLORS[key] ?? null }
    : { state: text(rest), color: null };
};

const valve = (value: number | null | undefined, look: Look): Fact => {
  const { text } = look;
  if (value == null) return notKnown(look);
  return value > 0
    ? { state: text("now.to_tank"), color: "hot-water" }
    : { state: text("now.to_house"), color: "heating" };
};

const alarm = ({ status }: Snapshot, look: Look): Fact => {
  const { text, format } = look;
  const { active, code } = status.alarm;
  if (active === null) return notKnown(look);
  if (!active) return { state: text("pill.none"), color: null };
  const since = status.since?.alarm;
  const name = text("pill.alarm");
  const time =
    since !== undefined &&
    (format.dayStart(since) === format.dayStart(status.time ?? since)
      ? format.time(since)
      : format.dayTime(since));
  return {
    state:
      alarmText(status.alarm, text("language")) ??
      text("pill.code", { code: String(code ?? "–") }),
    color: "alarm",
    icon: mdiAlertCircle,
    name: time === false ? name : `${name} · ${text("pill.since", { time })}`,
  };
};

const fact = (key: PillKey, { info, snapshot, look }: PillInput): Fact => {
  if (!snapshot) return NOTHING;
  const { metrics } = snapshot.status;
  if (key === "alarm") return alarm(snapshot, look);
  if (key === "hot_water_valve") return valve(metrics[key], look);
  if (key !== "auxiliary") return running(key, metrics[key], look);
  const heater = auxiliaryState(info, metrics, look);
  return heater && heater.state !== NO_VALUE
    ? { state: heater.state, color: heater.on ? "auxiliary" : null }
    : notKnown(look);
};

/** "Running · 20 min"; nothing is added to what has just begun, or has no known beginning. */
const withDuration = (
  key: PillKey,
  { state, color }: Fact,
  { snapshot, look }: PillInput
): string => {
  const { since, time } = snapshot?.status ?? {};
  const began = since?.[key];
  const quiet =
    key === "alarm" ||
    (key === "auxiliary" && !color) ||
    state === notKnown(look).state;
  if (began === undefined || time == null || time - began < MINUTE || quiet) {
    return state;
  }
  return `${state} · ${look.format.age((time - began) / 1000)}`;
};

const pill = (key: PillKey, input: PillInput): Pill => {
  const { info, look, staleUntil } = input;
  const fan = key === "brine_pump" && info.settings.heat_pump_type === "air";
  const missing = isLoaded(info) && !reports(info, key);
  const known = !missing && staleUntil === null;
  const what = known ? fact(key, input) : NOTHING;
  return {
    key,
    icon: what.icon ?? (fan ? mdiFan : ICONS[key]),
    name: what.name ?? look.text(fan ? "pill.fan" : `pill.${key}`),
    state: missing
      ? look.text("pill.not_reported")
      : known
        ? withDuration(key, what, input)
        : what.state,
    color: what.color,
    missing,
    entity: info.entities?.[ENTITIES[key] ?? key] ?? null,
  };
};

/** Where readings are old, the age of the last one is what there is to say. */
const lastReading = (
  { status }: Snapshot,
  until: number,
  { text, format }: Look
): Pill => ({
  key: "last",
  icon: ICONS.last,
  name: text("pill.last"),
  state: text("live.ago", {
    age: format.age((until - (status.time ?? until)) / 1000),
  }),
  color: "auxiliary",
  missing: false,
  entity: null,
});

const KEYS = [
  "compressor",
  "brine_pump",
  "circulation_pump",
  "hot_water_valve",
  "auxiliary",
] as const;

/** The pills in their order. */
export const pills = (input: PillInput): Pill[] => {
  const { snapshot, staleUntil, look } = input;
  const last =
    snapshot && staleUntil !== null
      ? lastReading(snapshot, staleUntil, look)
      : pill("alarm", input);
  return [...KEYS.map((key) => pill(key, input)), last];
};
