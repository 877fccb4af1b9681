/** Heat pumps and moments of theirs. */
import type { PumpInfo, Snapshot, Status } from "../../../src/data/types.js";
import { FakeServer, pumpInfo } from "../../fixtures/heat-pump.js";

export const END = Date.UTC(2026, 0, 22, 19, 42);
const day = new FakeServer(END, 2).snapshot("24h", END);

/** Twenty minutes into heating the house. */
export const HEATING: Status["metrics"] = {
  outdoor_temp: -7,
  indoor_temp: 21.1,
  supply_temp: 38,
  return_temp: 34,
  hot_water_temp: 50,
  brine_in_temp: 4,
  brine_out_temp: 1,
  hot_gas_temp: 73,
  compressor: 1,
  brine_pump: 1,
  circulation_pump: 1,
  hot_water_valve: 0,
  auxiliary_percent: 0,
};

export const snapshotNow = (
  metrics: Status["metrics"] = {},
  status: Partial<Status> = {}
): Snapshot => ({
  ...day,
  status: {
    ...day.status,
    time: END,
    mode: "heating",
    metrics: { ...HEATING, ...metrics },
    cop: 3.5,
    heat_kw: 10.8,
    electricity_kw: 3.04,
    since: {
      compressor: END - 20 * 60_000,
      hot_water_valve: END - 39 * 60_000,
    },
    ...status,
  },
});

/** A pump that reports these metrics only. */
export const reporting = (
  names: readonly string[],
  change: Partial<PumpInfo> = {}
): PumpInfo => {
  const all = Object.entries(pumpInfo().metrics);
  return pumpInfo({
    metrics: Object.fromEntries(all.filter(([name]) => names.includes(name))),
    ...change,
  });
};

export const airPump = (): PumpInfo => {
  const { settings } = pumpInfo();
  return pumpInfo({ settings: { ...settings, heat_pump_type: "air" } });
};
