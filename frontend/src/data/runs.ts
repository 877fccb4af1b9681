/** Runs, charges and alarms, joined from the events that begin and end them. Pure. */
import { isPast } from "./past.js";
import type { EventKind, HeatPumpEvent, Snapshot, Status } from "./types.js";

/** In the order of the filter, and of what begins at the same moment. */
export const EVENT_KINDS: readonly EventKind[] = [
  "compressor",
  "hot_water",
  "auxiliary",
  "alarm",
  "brine_pump",
  "circulation_pump",
  "setting",
];

export interface Run {
  kind: EventKind;
  /** ms; null where nobody knows. */
  from: number | null;
  to: number | null;
  /** Still so at the end of the snapshot. */
  running: boolean;
  /** Of an alarm what it is; of others the event known last. */
  begin: HeatPumpEvent | null;
  end: HeatPumpEvent | null;
  /** Highest value, as the auxiliary heater's per cent. */
  most: number;
  /** Of a charge, the compressor's run that it is a part of. */
  of?: Run;
}

const isKind = (kind: string): kind is EventKind =>
  (EVENT_KINDS as readonly string[]).includes(kind);

const ends = ({ kind, value, change }: HeatPumpEvent): boolean =>
  kind === "alarm" ? change === "cleared" : value === 0;

/** Whether something is on now; false where the present is not known. */
const isOn = (kind: EventKind, { metrics, mode, alarm }: Status): boolean => {
  if (kind === "alarm") return alarm.active === true;
  if (kind === "hot_water") return mode === "hot_water";
  return Object.entries(metrics).some(
    ([name, value]) =>
      (name === kind || (kind === "auxiliary" && name.startsWith(kind))) &&
      (value ?? 0) > 0
  );
};

const isKnown = (_kind: EventKind, { metrics }: Status): boolean =>
  Object.values(metrics).some((value) => value !== null);

const newRun = (
  kind: EventKind,
  from: number | null,
  begin: HeatPumpEvent | null
): Run => ({
  kind,
  from,
  to: null,
  running: false,
  begin,
  end: null,
  most: begin?.value ?? 0,
});

/** When it began, from the end that says how long it was. */
const beginningOf = ({ time, duration_s }: HeatPumpEvent): number | null =>
  duration_s === undefined ? null : time - duration_s * 1000;

const join = (events: readonly HeatPumpEvent[]): Run[] => {
  const runs: Run[] = [];
  const open = new Map<EventKind, Run>();
  for (const event of events) {
    const { kind, time, value } = event;
    if (!isKind(kind)) continue;
    if (kind === "setting") {
      runs.push({ ...newRun(kind, time, event), to: time });
      continue;
    }
    let run = open.get(kind);
    if (ends(event) && !run) {
      run = newRun(kind, beginningOf(event), null);
      runs.push(run);
    }
    if (run && (ends(event) || kind === "alarm")) {
      Object.assign(run, { to: time, end: event });
      open.delete(kind);
    } else if (run) run.most = Math.max(run.most, value ?? 0);
    if (ends(event) || open.has(kind)) continue;
    run = newRun(kind, time, event);
    open.set(kind, run);
    runs.push(run);
  }
  return runs;
};

/** What began before the period and has not changed since. */
const goingOn = ({ status, events, start }: Snapshot): Run[] =>
  EVENT_KINDS.slice(0, 4).flatMap((kind) => {
    const since = status.since?.[kind === "hot_water" ? "mode" : kind];
    if (since === undefined || since >= start || !isOn(kind, status)) return [];
    if (events.some((event) => event.kind === kind)) return [];
    const { code, text, texts } = status.alarm;
    const value =
      kind === "alarm" ? code : (status.metrics[`${kind}_percent`] ?? 1);
    const begin = { time: since, kind, value, text, ...(texts && { texts }) };
    return [newRun(kind, since, begin)];
  });

/** When a run is told: at its beginning, if that is known. */
export const momentOf = ({ from, to }: Pick<Run, "from" | "to">): number =>
  from ?? to ?? 0;

/** A brine pump that runs with the compressor tells nothing new. */
const withoutCompanions = (runs: readonly Run[]): Run[] => {
  const compressor = runs.filter(({ kind }) => kind === "compressor");
  let next = 0;
  return runs.filter((run) => {
    if (run.kind !== "brine_pump") return true;
    const begin = momentOf(run);
    while ((compressor[next]?.to ?? Infinity) < begin) next += 1;
    const other = compressor[next];
    return !other || momentOf(other) > (run.to ?? Infinity);
  });
};

/** ms that a valve may turn before the compressor starts or after it stops. */
const VALVE_MS = 120_000;

/** The run of the compressor in which something else lies. */
const hostOf = ({ from, to }: Run, runs: readonly Run[]): Run | undefined =>
  runs.find(
    (run) =>
      run.kind === "compressor" &&
      from !== null &&
      run.from !== null &&
      run.from <= from + VALVE_MS &&
      (to ?? Infinity) <= (run.to ?? Infinity) + VALVE_MS
  );

/** Whether a run is told as a part of what stands above it. */
export const isPart = ({ of }: Run, above: Run | null | undefined): boolean =>
  !!of && (above === of || above?.of === of);

/** All that happened in the period, the newest first, each charge below the run it is a part of. */
export const runsOf = (snapshot: Snapshot): Run[] => {
  const { status, events } = snapshot;
  const runs = [...goingOn(snapshot), ...join(events)];
  // What began in a period that is over, and did not end in it, went on.
  const isStill = isPast(snapshot) ? isKnown : isOn;
  for (const run of runs) {
    run.running = run.to === null && isStill(run.kind, status);
    const host = run.kind === "hot_water" && hostOf(run, runs);
    if (host) run.of = host;
  }
  const order = new Map(EVENT_KINDS.map((kind, i) => [kind, i]));
  const place = ({ kind }: Run) => order.get(kind) ?? 0;
  const told = (run: Run) => momentOf(run.of ?? run);
  return withoutCompanions(runs).sort(
    (one, other) =>
      told(other) - told(one) ||
      place(one) - place(other) ||
      momentOf(other) - momentOf(one)
  );
};

/**
 * kWh of heat since a run of the compressor began, null where the ledger's rows are too long or the
 * run before ended in the same row.
 */
export const heatSoFar = (
  { ledger }: Snapshot,
  { from }: Run,
  before: Run | undefined
): number | null => {
  const { step, time, compressor_heat_kwh: heat } = ledger;
  if (from === null || step > 300 || !heat) return null;
  const first = Math.floor(from / (step * 1000)) * step * 1000;
  if ((before?.to ?? 0) >= first || (time[0] ?? Infinity) > first) return null;
  return time.reduce(
    (sum, moment, row) => (moment < first ? sum : sum + (heat[row] ?? 0)),
    0
  );
};
