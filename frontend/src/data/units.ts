/**
 * Temperatures in the unit of the home. They come in °C and are converted here, once, as they
 * arrive; differences of them then follow. Pure.
 */
import { PLAIN } from "./settings.js";
import type { HomeAssistant } from "../ha/types.js";
import type { HeatPumpEvent, PumpInfo, Snapshot, Table } from "./types.js";

export const usesFahrenheit = ({ config }: Pick<HomeAssistant, "config">) =>
  config.unit_system.temperature === "°F";

const convert = <Value extends number | null | undefined>(celsius: Value) =>
  (typeof celsius === "number"
    ? Math.round((celsius * 1.8 + 32) * 100) / 100
    : celsius) as Value;

/** Of long spans the extremes come too. */
const IS_TEMPERATURE = /_temp(_min|_max)?$/;

/** `values` with `change` made to those that belong to temperatures. */
const temperatures = <Values extends object>(
  values: Values,
  change: (value: never) => unknown
): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      IS_TEMPERATURE.test(name) ? change(value as never) : (value as unknown),
    ])
  ) as Values;

const column = (values: (number | null)[]) => values.map(convert);

const settingInFahrenheit = ({ setting, from, to }: HeatPumpEvent) => ({
  ...(from !== undefined && {
    from: PLAIN.includes(setting) ? from : convert(from),
  }),
  ...(to !== undefined && { to: PLAIN.includes(setting) ? to : convert(to) }),
});

export const eventInFahrenheit = (each: HeatPumpEvent): HeatPumpEvent => ({
  ...each,
  ...settingInFahrenheit(each),
  ...(each.outdoor !== undefined && { outdoor: convert(each.outdoor) }),
});

export const snapshotInFahrenheit = (snapshot: Snapshot): Snapshot => {
  const { readings, totals, status, events } = snapshot;
  const { extremes, outdoor_mean: outdoor } = totals;
  return {
    ...snapshot,
    readings: temperatures<Table>(readings, column),
    totals: {
      ...totals,
      ...(outdoor !== undefined && { outdoor_mean: convert(outdoor) }),
      ...(extremes && { extremes: temperatures(extremes, column) }),
    },
    status: { ...status, metrics: temperatures(status.metrics, convert) },
    events: events.map(eventInFahrenheit),
  };
};

export const infoInFahrenheit = (pump: PumpInfo): PumpInfo => ({
  ...pump,
  metrics: temperatures(pump.metrics, (metric: object) => ({
    ...metric,
    unit: "°F",
  })),
});
