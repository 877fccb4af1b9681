import { describe, expect, it } from "vitest";
import { createSession } from "../../src/data/session.js";
import { PanelStore } from "../../src/data/store.js";
import {
  infoInFahrenheit,
  snapshotInFahrenheit,
} from "../../src/data/units.js";
import { FakeServer, info, pumpInfo } from "../fixtures/heat-pump.js";
import { MockConnection, mockHass } from "../ha/mock-hass.js";

const END = Date.UTC(2026, 0, 22, 19, 42);
const server = new FakeServer(END, 2);
const snapshot = server.snapshot("1h", END);
const american = {
  config: { time_zone: "America/Chicago", unit_system: { temperature: "°F" } },
};

describe("snapshotInFahrenheit", () => {
  const converted = snapshotInFahrenheit({
    ...snapshot,
    readings: {
      ...{ time: [1, 2], supply_temp: [35.55, null], power: [2350, 60] },
      ...{ supply_temp_min: [30, null], supply_temp_max: [40, null] },
    },
    totals: {
      ...{ ...snapshot.totals, extremes: { outdoor_temp: [-40, 100] } },
      ...{ outdoor_mean: -10, degree_days: 27 },
    },
    status: {
      ...snapshot.status,
      metrics: { hot_water_temp: 50, indoor_temp: null, power: 2350 },
    },
    events: [
      {
        time: 1,
        kind: "hot_water",
        value: 0,
        text: null,
        from: 42,
        to: 52,
        outdoor: -10,
      },
      { time: 2, kind: "compressor", value: 0, text: null, heat_kwh: 3.4 },
    ],
  });

  it("converts temperatures wherever they are, and gaps stay gaps", () => {
    expect(converted.readings.supply_temp).toEqual([95.99, null]);
    expect(converted.readings.supply_temp_min).toEqual([86, null]);
    expect(converted.readings.supply_temp_max).toEqual([104, null]);
    expect(converted.status.metrics).toMatchObject({
      hot_water_temp: 122,
      indoor_temp: null,
    });
    expect(converted.totals.extremes).toEqual({ outdoor_temp: [-40, 212] });
    expect(converted.totals).toMatchObject({
      ...{ outdoor_mean: 14, degree_days: 27 },
    });
    expect(converted.events[0]).toMatchObject({
      from: 107.6,
      to: 125.6,
      outdoor: 14,
    });
  });

  it("converts settings that are temperatures, and no others", () => {
    const changed = (setting: string) => {
      const event = { time: 1, kind: "setting", value: 0, text: null } as const;
      const events = [{ ...event, setting, from: 40, to: 38 }];
      return snapshotInFahrenheit({ ...snapshot, events }).events[0];
    };
    const plain = { from: 40, to: 38 };
    expect(changed("heat_curve")).toMatchObject(plain);
    expect(changed("operating_mode")).toMatchObject(plain);
    expect(changed("heating_stop")).toMatchObject({ from: 104, to: 100.4 });
  });

  it("leaves everything else alone", () => {
    expect(converted.readings.time).toEqual([1, 2]);
    expect(converted.readings.power).toEqual([2350, 60]);
    expect(converted.status.metrics.power).toBe(2350);
    expect(converted.ledger).toBe(snapshot.ledger);
    expect(converted.events[1]).toEqual({
      time: 2,
      kind: "compressor",
      value: 0,
      text: null,
      heat_kwh: 3.4,
    });
  });
});

it("names the unit of converted metrics", () => {
  const { metrics } = infoInFahrenheit(pumpInfo());
  expect(metrics.supply_temp?.unit).toBe("°F");
  expect(metrics.power?.unit).toBe("W");
});

describe("PanelStore", () => {
  it("keeps temperatures in the home's unit over snapshot and update", async () => {
    const connection = new MockConnection();
    connection.answer = () => Promise.resolve(info());
    const store = new PanelStore(() => undefined, createSession());
    store.connect(mockHass(connection, american));
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    expect(store.state.pump?.metrics.supply_temp?.unit).toBe("°F");
    connection.last.send(server.snapshot("24h", END - 600_000));
    connection.last.send(server.update("24h", END - 600_000, END));
    expect(store.state.snapshot).toEqual(
      snapshotInFahrenheit(server.snapshot("24h", END))
    );
    const before = connection.subscriptions.length;
    store.connect(mockHass(connection, american));
    expect(connection.subscriptions).toHaveLength(before);
    store.connect(mockHass(connection));
    expect(store.state.snapshot).toBeNull();
    store.disconnect();
  });
});
