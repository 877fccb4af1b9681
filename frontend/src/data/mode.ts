/** The mode of a moment, out of what runs. Pure. */
import { firstFrom } from "./merge.js";
import type { Text } from "../i18n/text.js";
import type { Ledger, LedgerMode, Mode } from "./types.js";

/** Each tells whether the auxiliary heater is on. */
export const AUXILIARY = [
  "auxiliary_percent",
  "auxiliary_power",
  "auxiliary_step_1",
  "auxiliary_step_2",
];

/** Share of a step's time in which a state counts as on. */
const MOSTLY = 0.5;

type Share = number | null | undefined;

const isOn = (share: Share): boolean => (share ?? 0) >= MOSTLY;

/** Out of shares of time 0…1; null where nobody knows of the compressor. */
export const modeOf = (
  compressor: Share,
  valve: Share,
  auxiliary: Share
): LedgerMode | null => {
  if (compressor == null || Number.isNaN(compressor)) return null;
  if (isOn(compressor)) return isOn(valve) ? "hot_water" : "heating";
  return isOn(auxiliary) ? "auxiliary" : "idle";
};

/** In words; without its valve one knows of a compressor that it runs, not for what. */
export const modeName = (mode: Mode, hasValve: boolean, text: Text): string =>
  text(
    mode === "heating" && !hasValve
      ? "events.compressor.running"
      : `charts.mode.${mode}`
  );

/** What heating was at a moment (ms): most of it in the row of the ledger that has the moment. */
export const heatingWas = (ledger: Ledger, moment: number): Mode => {
  const row = firstFrom(ledger.time, moment + 1) - 1;
  const most = (name: string) =>
    (ledger[name]?.[row] ?? 0) > MOSTLY * (ledger.heating_s?.[row] ?? 0);
  if (most("cooling_s")) return "cooling";
  return most("defrost_s") ? "defrost" : "heating";
};
