/** What the schematic shows of the present: facts and words, without places. Pure. */
import { isUnchecked } from "../../data/calibration.js";
import { NO_VALUE } from "../../format/format.js";
import type { Look } from "../context.js";
import { alarmText } from "../../data/alarm-text.js";
import { modeName } from "../../data/mode.js";
import type { Mode, PumpInfo, Snapshot } from "../../data/types.js";

export const PLACES = [
  "outdoor_temp",
  "indoor_temp",
  "supply_temp",
  "return_temp",
  "hot_water_temp",
  "brine_in_temp",
  "brine_out_temp",
  "hot_gas_temp",
] as const;

export type Place = (typeof PLACES)[number];

/** A temperature in its place. */
export interface Label {
  name: string;
  short: string;
  value: string;
  /** Opens its details; null where Home Assistant has no such entity. */
  entity: string | null;
}

export interface Scene {
  /** Of an air-source pump; else there is a borehole. */
  air: boolean;
  /** Nothing is known, or it is too old: all grey. */
  still: boolean;
  labels: Partial<Record<Place, Label>>;
  running: boolean;
  /** Where liquid flows, and is warm because of it. */
  flows: { brine: boolean; house: boolean; tank: boolean };
  /** Pumps that say whether they run. */
  pumps: { brine: boolean | null; circulation: boolean | null };
  hasTank: boolean;
  /** 0…1 */
  tankFill: number;
  /** Null where the pump has no valve that tells; so is `toTank` where it is not known. */
  valve: { toTank: boolean | null; name: string } | null;
  auxiliary: { on: boolean; state: string } | null;
  mode: { key: Mode | null; name: string };
  /** Null where this pump can have none. */
  cop: string | null;
  copName: string;
  /** Null where there is none. */
  alarm: { known: boolean; words: string } | null;
  /** Heat and electricity of now, as lines. */
  power: string[];
  /** All of it, for those who cannot see it. */
  sentence: string;
}

/** Tank temperature at which it is drawn empty, and how much warmer it is drawn full. */
const TANK = {
  "°C": { empty: 30, span: 25 },
  "°F": { empty: 86, span: 45 },
};

type Metrics = Snapshot["status"]["metrics"];

const on = (value: number | null | undefined) => (value ?? 0) > 0;

/** What the auxiliary heater does, in words; null where the pump does not say. */
export const auxiliaryState = (
  info: PumpInfo,
  metrics: Metrics,
  { text, format }: Look
): Scene["auxiliary"] => {
  const names = Object.keys(info.metrics).filter((key) =>
    key.startsWith("auxiliary_")
  );
  if (!names.length) return null;
  const { auxiliary_percent: percent, auxiliary_power: power } = metrics;
  const isOn = names.some((name) => on(metrics[name]));
  const known = names.some((name) => metrics[name] != null);
  if (!isOn) return { on: false, state: known ? text("now.off") : NO_VALUE };
  if (on(percent)) {
    return { on: true, state: format.percent((percent ?? 0) / 100) };
  }
  const state = on(power)
    ? `${format.number(power, 1)}\u00a0kW`
    : text("now.on");
  return { on: true, state };
};

const tankFill = ({ hot_water_temp: now }: Metrics, { format }: Look) => {
  const { empty, span } = TANK[format.units.temperature];
  return Math.min(1, Math.max(0, ((now ?? 0) - empty) / span));
};

const labelsOf = (
  info: PumpInfo,
  metrics: Metrics,
  { text, format }: Look
): Scene["labels"] => {
  const air = info.settings.heat_pump_type === "air" ? "air." : "";
  const entries = PLACES.filter((place) => place in info.metrics).map(
    (place): [Place, Label] => {
      const key = place.startsWith("brine") ? air + place : place;
      const digits = info.settings.digits[place] ?? 0;
      return [
        place,
        {
          name: text(`now.${key}`),
          short: text(`now.short.${key}`),
          value: format.temperature(metrics[place], digits),
          entity: info.entities?.[place] ?? null,
        },
      ];
    }
  );
  return Object.fromEntries(entries);
};

const flowsOf = (
  metrics: Metrics,
  mode: Mode | null,
  hasTank: boolean
): Scene["flows"] => {
  const running = on(metrics.compressor);
  const heated = running || mode === "auxiliary";
  const toTank = hasTank && on(metrics.hot_water_valve);
  // Where it flows behind a valve of which nothing is known, nobody knows.
  const isKnown = metrics.hot_water_valve !== null;
  return {
    brine: metrics.brine_pump == null ? running : on(metrics.brine_pump),
    tank: toTank && heated,
    house:
      isKnown &&
      !toTank &&
      (metrics.circulation_pump == null
        ? heated
        : on(metrics.circulation_pump)),
  };
};

const powerOf = (
  { heat_kw: heat, electricity_kw: electricity, mode }: Snapshot["status"],
  { text, format }: Look
): string[] => {
  if (!mode || mode === "idle") return [];
  const write = (key: string, kw: number | null | undefined) =>
    kw == null ? [] : [text(key, { power: format.number(kw, 1) })];
  const used = write("now.electricity", electricity);
  return [...write(used.length ? "now.heat_from" : "now.heat", heat), ...used];
};

/** An alarm, or that nobody knows of one; nothing where all is well, or there is no such series. */
const alarmOf = (
  info: PumpInfo,
  { alarm, time }: Snapshot["status"],
  { text }: Look
): string | null => {
  const { active, code } = alarm;
  const reported = "alarm" in info.metrics || "alarm_code" in info.metrics;
  if (!reported || time === null || active === false) return null;
  const name = text("pill.alarm");
  if (active === null) return `${name}: ${text("pill.not_known")}`;
  const words = alarmText(alarm, text("language"));
  return `${name}: ${words ?? text("pill.code", { code: String(code ?? NO_VALUE) })}`;
};

const sentenceOf = (
  scene: Omit<Scene, "sentence">,
  time: string,
  { text }: Look
): string =>
  [
    `${time}: ${scene.mode.name}`,
    scene.alarm?.words,
    scene.cop !== NO_VALUE && scene.cop && `${scene.copName} ${scene.cop}`,
    scene.power.join(" "),
    ...Object.values(scene.labels).map(({ name, value }) => `${name} ${value}`),
    scene.auxiliary && `${text("now.auxiliary")} ${scene.auxiliary.state}`,
  ]
    .filter(Boolean)
    .join(", ")
    .concat(".");

/** Everything in its place, without a single value. */
const NOTHING: Snapshot["status"] = {
  time: null,
  mode: null,
  metrics: {},
  cop: null,
  alarm: { active: null, code: null, text: null },
  source: "ok",
  history: { from: null, complete: true },
};

const pumpState = (still: boolean, info: PumpInfo, metrics: Metrics) => {
  return (name: string): boolean | null =>
    name in info.metrics && metrics[name] !== null
      ? !still && on(metrics[name])
      : null;
};

/** `stale`: the readings are shown, but say nothing of now. */
export const buildScene = (
  info: PumpInfo,
  snapshot: Snapshot | null,
  stale: boolean,
  look: Look
): Scene => {
  const { text, format } = look;
  const status = snapshot?.status ?? NOTHING;
  const { metrics, mode } = status;
  const still = stale || !snapshot;
  const hasValve = "hot_water_valve" in info.metrics;
  const hasTank = hasValve || "hot_water_temp" in info.metrics;
  const state = pumpState(still, info, metrics);
  const { hot_water_valve: way } = metrics;
  const toTank = way === null ? null : on(way);
  const auxiliary = auxiliaryState(info, metrics, look);
  const alarm = still ? null : alarmOf(info, status, look);
  const scene = {
    air: info.settings.heat_pump_type === "air",
    still,
    labels: labelsOf(info, metrics, look),
    running: !still && on(metrics.compressor),
    flows: still
      ? { brine: false, house: false, tank: false }
      : flowsOf(metrics, mode, hasTank),
    pumps: {
      brine: state("brine_pump"),
      circulation: state("circulation_pump"),
    },
    hasTank,
    tankFill: tankFill(metrics, look),
    valve: hasValve
      ? {
          toTank,
          name:
            snapshot && toTank !== null
              ? text(toTank ? "now.to_tank" : "now.to_house")
              : "",
        }
      : null,
    auxiliary: auxiliary && { ...auxiliary, on: auxiliary.on && !still },
    mode: { key: mode, name: mode ? modeName(mode, hasValve, text) : "" },
    copName: text(
      snapshot && isUnchecked(snapshot) ? "now.cop_unchecked" : "now.cop"
    ),
    cop: info.views.cop.available ? format.number(status.cop, 1) : null,
    alarm:
      alarm === null ? null : { known: !!status.alarm.active, words: alarm },
    power: powerOf(status, look),
  };
  const time = status.time === null ? "" : format.time(status.time);
  return { ...scene, sentence: sentenceOf(scene, time, look) };
};
