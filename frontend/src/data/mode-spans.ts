/** Which mode held when, as spans of a strip. Pure. */
import { AUXILIARY, heatingWas } from "./mode.js";
import type { Mode, Snapshot } from "./types.js";

export interface ModeSpan {
  /** Share of the strip's width, 0…1. */
  from: number;
  to: number;
  mode: StripMode;
}

/** `running`: without its valve nobody knows for what. */
type StripMode = Mode | "no_data" | "running";

const MODES = ["heating", "hot_water", "auxiliary", "idle"] as const;

interface Step {
  time: number;
  end: number;
  mode: StripMode;
}

const fromReadings = ({ readings, ledger, end }: Snapshot): Step[] =>
  readings.time.flatMap((time, index) => {
    const compressor = readings.compressor?.[index];
    const next = readings.time[index + 1] ?? end;
    const running = readings.hot_water_valve?.[index]
      ? "hot_water"
      : heatingWas(ledger, time);
    const heats = AUXILIARY.some((name) => readings[name]?.[index]);
    const heater = heats ? "auxiliary" : "idle";
    if (compressor == null) return [];
    return [{ time, end: next, mode: compressor ? running : heater }];
  });

const fromLedger = ({ ledger, end }: Snapshot): Step[] =>
  ledger.time.map((time, index) => {
    let mode: Step["mode"] = "no_data";
    let longest = ledger.uncovered_s?.[index] ?? 0;
    for (const name of MODES) {
      const seconds = ledger[`${name}_s`]?.[index] ?? 0;
      if (seconds > longest) [mode, longest] = [name, seconds];
    }
    if (mode === "heating") mode = heatingWas(ledger, time);
    return { time, end: Math.min(end, time + ledger.step * 1000), mode };
  });

/** Adjacent spans of the same mode are one; what nothing is known of is `no_data`. */
export const modeSpans = (snapshot: Snapshot): ModeSpan[] => {
  const { start, end, step, readings, totals } = snapshot;
  const heating = totals.hot_water_charges === null ? "running" : "heating";
  const steps =
    step === 0 && readings.compressor
      ? fromReadings(snapshot)
      : fromLedger(snapshot);
  const share = (moment: number) => (moment - start) / (end - start);
  const spans: ModeSpan[] = [];
  const add = (from: number, to: number, mode: ModeSpan["mode"]) => {
    if (to <= from) return;
    const last = spans.at(-1);
    if (last?.mode === mode) last.to = share(to);
    else spans.push({ from: share(from), to: share(to), mode });
  };
  let reached = start;
  for (const { time, end: until, mode } of steps) {
    add(reached, Math.max(reached, time), "no_data");
    const what = mode === "heating" ? heating : mode;
    add(Math.max(reached, time), Math.min(until, end), what);
    reached = Math.max(reached, Math.min(until, end));
  }
  add(reached, end, "no_data");
  return spans;
};
