/** What the integration sends over Home Assistant's websocket. Times are ms, tables are columns. */
import type { Calibration } from "./calibration.js";

export type View =
  | "sankey"
  | "cop"
  | "runtime"
  | "temperature"
  | "performance"
  | "power"
  | "valve";

/** What all time is divided into. */
export type LedgerMode = "heating" | "hot_water" | "auxiliary" | "idle";

/** Of now also what is a part of heating. */
export type Mode = LedgerMode | "cooling" | "defrost";

export type Column = readonly (number | null)[];

/** Columns of equal length; null = no valid value. */
export interface Table {
  time: number[];
  [column: string]: (number | null)[];
}

/** `step` in seconds beside the additive columns. */
export type Ledger = { step: number } & Table;

export type CopReason =
  | "no_readings"
  | "no_heat_source"
  | "no_electricity_source"
  | "not_running"
  | "not_plausible"
  | "not_known"
  | "cooling"
  | "defrost"
  | "negative_heat"
  | "no_heat"
  | "too_few_steps"
  | "too_little";

export interface Totals {
  heat_kwh: number | null;
  heat_hot_water_kwh: number | null;
  electricity_kwh: number | null;
  /** The compressor's own, without the auxiliary heater's. */
  compressor_heat_kwh?: number | null;
  compressor_electricity_kwh: number | null;
  auxiliary_kwh: number | null;
  standby_kwh: number | null;
  cost: number | null;
  /** The electricity that the cost is of. */
  priced_kwh?: number | null;
  cop_compressor: number | null;
  cop_system: number | null;
  cop_uncertainty: number | null;
  /** Why there is no compressor COP, null where there is one. */
  cop_reason?: CopReason | null;
  /** What a COP of this period may be called. */
  cop_name?: "scop" | "period";
  heating_s: number | null;
  hot_water_s: number | null;
  auxiliary_s: number | null;
  idle_s: number | null;
  compressor_s: number | null;
  auxiliary_on_s: number | null;
  /** Drawn out of the house: negative in the heat, in no COP. */
  cooling_kwh?: number | null;
  cooling_electricity_kwh?: number | null;
  /** Of the energies what is in no ratio, as nothing said the other one. */
  heat_alone_kwh?: number;
  electricity_alone_kwh?: number;
  compressor_heat_alone_kwh?: number;
  compressor_electricity_alone_kwh?: number;
  /** A part of the heating time, as defrosting is. */
  cooling_s?: number | null;
  defrost_s?: number | null;
  starts: number | null;
  /** Seconds between two looks at the compressor, null where every change is seen. */
  resolution?: number | null;
  hot_water_charges: number | null;
  covered_s: number | null;
  uncovered_s: number | null;
  coverage: number | null;
  /** °C, of days that are known. */
  outdoor_mean?: number | null;
  degree_days?: number | null;
  /** Values, and steps of counters, that could not be true and were left out. */
  dropped?: number | null;
  dropped_steps?: number | null;
  /** Words for what rests on an estimate: heat, hot_water, electricity, auxiliary. */
  estimated: string[];
  /** What each figure rests on; null where it has no source. */
  basis?: {
    heat: "meter" | "flow" | "counter" | "factor" | null;
    electricity: "meter" | "gateway" | "configured" | null;
    auxiliary: "power" | "state" | null;
    hot_water_estimated: boolean;
  };
  /** What the scale of the heat rests on. */
  calibration?: Calibration;
  /** What the system COP contains: "H1" the unit … "H4" all pumps and the auxiliary heater. */
  boundary?: string | null;
  /** Lowest and highest reading of each temperature. */
  extremes?: Partial<Record<string, [number, number]>>;
}

export interface AlarmState {
  /** null = not known: its series went silent. */
  active: boolean | null;
  code: number | null;
  text: string | null;
  texts?: Record<string, string>;
}

export interface Status {
  /** Last reading. */
  time: number | null;
  /** s; an older one is not the present any more. Absent: ten minutes. */
  stale_after_s?: number;
  mode: Mode | null;
  metrics: Record<string, number | null>;
  /** Compressor COP of the last 15 min; null at first, and while it rests. */
  cop: number | null;
  /** Means of the same 15 min. */
  electricity_kw?: number | null;
  heat_kw?: number | null;
  alarm: AlarmState;
  /** "ok" or why the source does not answer. */
  source: string;
  /** s; by how much readings are ahead of Home Assistant's clock, where they are. */
  clock_ahead_s?: number | null;
  history: {
    from: number | null;
    complete: boolean;
    progress?: number;
    /** With another one, figures of the past may be others. */
    revision?: number;
  };
  /** ms; when the present state of each began, absent where that is not known. */
  since?: Partial<Record<string, number>>;
}

export type EventKind =
  | "compressor"
  | "brine_pump"
  | "circulation_pump"
  | "hot_water"
  | "auxiliary"
  | "alarm"
  | "setting";

/** One change of what is on. What is known of a run comes with its end. */
export interface HeatPumpEvent {
  time: number;
  kind: string;
  /** 1 = begins, 0 = ends; of the auxiliary heater per cent; of an alarm its code. */
  value: number | null;
  /** Of alarms only, in the home's language, and in others. */
  text: string | null;
  texts?: Record<string, string>;
  change?: "raised" | "changed" | "cleared";
  duration_s?: number;
  heat_kwh?: number;
  energy_kwh?: number;
  /** What the compressor took in its run, or everything in a charge. */
  electricity_kwh?: number;
  /** Why the auxiliary heater ran, at its end; of the last month on request only. */
  cause?: string;
  cop?: number;
  /** °C, mean of the run. */
  outdoor?: number;
  /** °C before and after a hot water charge; what a setting was and is. */
  from?: number;
  to?: number;
  /** Which setting has changed, and the words for what it was and is, where it has some. */
  setting?: string;
  words?: { from?: string; to?: string };
}

export interface Snapshot {
  type: "snapshot" | "update";
  pump: string;
  range: string | null;
  start: number;
  end: number;
  /** Seconds; 0 = the readings themselves. */
  step: number;
  readings: Table;
  ledger: Ledger;
  totals: Totals;
  status: Status;
  events: HeatPumpEvent[];
}

export interface ViewInfo {
  available: boolean;
  reason?: string;
}

export interface PumpSettings {
  /** kW/K */
  flow_factor: number;
  /** kW */
  auxiliary_power: number | null;
  /** kW; of steps that are reported one by one. */
  auxiliary_step_kw?: readonly number[];
  /** kW */
  compressor_power: number | null;
  /** Decimals each metric's sensor resolves. */
  digits: Record<string, number>;
  /** kWh a step of the counter that electricity comes from, 0 where power is measured. */
  count_kwh?: number;
  /** The same of heat. */
  heat_count_kwh?: number;
  heat_pump_type: "ground" | "air";
  boundary: string;
  brand_name: string;
  /** "SEK" */
  currency?: string;
}

/** Why an entity tells nothing any more. */
export type EntityProblem =
  | "removed"
  | "disabled"
  | "not_provided"
  | "not_recorded"
  | "other_unit"
  | "other_words"
  | "silent";

export interface PumpInfo {
  id: string;
  name: string;
  brand: string;
  metrics: Record<string, { unit: string | null; series: string }>;
  views: Record<View, ViewInfo>;
  first_reading: number | null;
  last_reading: number | null;
  /** What of the past could not be read, ms from and to. */
  history?: {
    from?: number | null;
    complete?: boolean;
    progress?: number;
    revision?: number | null;
    holes?: [number, number][];
  };
  /** Entities it is made of that tell nothing any more. */
  problems?: { metric: string; entity: string; why: EntityProblem }[];
  /** What the scale of the heat rests on. */
  calibration?: Calibration;
  /** Entities that are there and enabled, by metric. */
  entities?: Partial<Record<string, string>>;
  settings: PumpSettings;
}

export interface Info {
  pumps: PumpInfo[];
  /** Name of the panel's module now served; null where none was built. */
  bundle?: string | null;
}
