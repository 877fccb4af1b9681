import { describe, expect, it } from "vitest";
import { atEnd, isPast } from "../../src/data/past.js";
import { END, HOUR, MINUTE, readings, snapshot } from "../charts/fixture.js";
import { FakeServer } from "../fixtures/heat-pump.js";

const server = new FakeServer(END, 3);
const span = { start: END - 9 * HOUR, end: END - 5 * HOUR };

describe("isPast", () => {
  it("is a span that readings have come after", () => {
    expect(isPast(server.snapshot(span, END))).toBe(true);
  });

  it("is no range up to now, nor a span that goes on", () => {
    expect(isPast(server.snapshot("24h", END))).toBe(false);
    const going = { start: END - HOUR, end: END + HOUR };
    expect(isPast(server.snapshot(going, END))).toBe(false);
  });
});

describe("atEnd", () => {
  it("has what was read last in the period, not what is now", () => {
    const past = server.snapshot(span, END);
    const then = server.snapshot("1h", span.end - MINUTE / 2).status;
    const { status } = atEnd(past);
    expect(past.status.metrics).not.toEqual(then.metrics);
    expect(status.metrics.outdoor_temp).toBeCloseTo(
      then.metrics.outdoor_temp!,
      0
    );
    expect(status.mode).toBe(then.mode);
    expect(status.cop).toBeNull();
    expect(status.history).toEqual(past.status.history);
  });

  it("was cooling where the ledger's last row says so", () => {
    const time = [END - 2 * HOUR, END - HOUR];
    const past = snapshot({
      readings: readings({ compressor: () => 1, hot_water_valve: () => 0 }),
      ledger: { time, heating_s: [3600, 3600], cooling_s: [0, 3600] },
      ledgerStep: 3600,
    });
    expect(atEnd(past).status.mode).toBe("cooling");
    expect(atEnd({ ...past, end: END - HOUR }).status.mode).not.toBe("cooling");
  });

  it("has the values of the last row, which holds until the end", () => {
    const table = readings({
      supply_temp: () => 34,
      outdoor_temp: (row) => (row < 110 ? -8 : -7),
      hot_water_temp: (row) => (row < 90 ? 50 : null),
    });
    const { metrics } = atEnd(snapshot({ readings: table })).status;
    expect(metrics).toEqual({
      supply_temp: 34,
      outdoor_temp: -7,
      hot_water_temp: null,
    });
  });

  it.each([
    [{ compressor: 1, hot_water_valve: 1 }, "hot_water"],
    [{ compressor: 1, hot_water_valve: 0 }, "heating"],
    [{ compressor: 0, hot_water_valve: 1 }, "idle"],
    [{ compressor: 0, auxiliary_percent: 33 }, "auxiliary"],
    [{ compressor: 1, auxiliary_percent: 33 }, "heating"],
    [{ supply_temp: 34 }, null],
  ])("%o: %s", (values, mode) => {
    const table = readings(
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, () => value])
      )
    );
    expect(atEnd(snapshot({ readings: table })).status.mode).toBe(mode);
  });

  it("knows nothing of an end in a gap", () => {
    const table = readings({ compressor: (row) => (row < 120 ? 1 : null) });
    const late = snapshot({ readings: table, end: END + 30 * MINUTE });
    expect(atEnd(late).status.metrics).toEqual({ compressor: null });
  });
});
