import { describe, expect, it } from "vitest";
import { heatSoFar, runsOf } from "../../src/data/runs.js";
import type { HeatPumpEvent, Snapshot } from "../../src/data/types.js";
import { END, HOUR, MINUTE, snapshot } from "../charts/fixture.js";
import { FakeServer } from "../fixtures/heat-pump.js";

const START = END - HOUR;

const event = (
  minute: number,
  kind: string,
  value: number,
  change: Partial<HeatPumpEvent> = {}
): HeatPumpEvent => ({
  time: START + minute * MINUTE,
  kind,
  value,
  text: null,
  ...change,
});

const of = (
  events: HeatPumpEvent[],
  status: Partial<Snapshot["status"]> = {}
): Snapshot => {
  const base = snapshot({ metrics: {} });
  return { ...base, events, status: { ...base.status, mode: null, ...status } };
};

/** Minutes of the hour, the newest first. */
const brief = (all: Snapshot) =>
  runsOf(all).map(({ kind, from, to, running }) => [
    kind,
    from === null ? null : (from - START) / MINUTE,
    to === null ? null : (to - START) / MINUTE,
    running,
  ]);

describe("runsOf", () => {
  it("joins beginnings and ends, the newest first, a charge below its run", () => {
    const events = [
      event(5, "compressor", 1),
      event(10, "hot_water", 1),
      event(20, "hot_water", 0),
      event(30, "compressor", 0),
      event(40, "compressor", 1),
    ];
    expect(brief(of(events, { metrics: { compressor: 1 } }))).toEqual([
      ["compressor", 40, null, true],
      ["compressor", 5, 30, false],
      ["hot_water", 10, 20, false],
    ]);
  });

  it("takes no charge for a part of a run that it went beyond", () => {
    const events = [
      event(5, "hot_water", 1),
      event(10, "compressor", 1),
      event(30, "compressor", 0),
      event(31, "hot_water", 0),
      event(39, "hot_water", 1),
      event(40, "compressor", 1),
      event(50, "compressor", 0),
      event(51, "hot_water", 0),
    ];
    const runs = runsOf(of(events));
    expect(runs.map(({ kind, of: host }) => [kind, host?.kind])).toEqual([
      ["compressor", undefined],
      ["hot_water", "compressor"],
      ["compressor", undefined],
      ["hot_water", undefined],
    ]);
  });

  it("goes on after a period that is over what did not end in it", () => {
    const events = [event(40, "compressor", 1), event(50, "alarm", 20)];
    const metrics = { supply_temp: 34 };
    const past = { ...of(events, { metrics, time: END + HOUR }), range: null };
    expect(brief(past)).toEqual([
      ["alarm", 50, null, true],
      ["compressor", 40, null, true],
    ]);
    // Nobody knows where nothing was read at its end.
    const status = { ...past.status, metrics: { supply_temp: null } };
    expect(brief({ ...past, status }).map((run) => run[3])).toEqual([
      false,
      false,
    ]);
  });

  it("does not call running what nobody knows the present of", () => {
    const events = [event(40, "compressor", 1)];
    expect(brief(of(events))).toEqual([["compressor", 40, null, false]]);
  });

  it("knows when a run began before the period from how long it was", () => {
    const events = [
      event(10, "compressor", 0, { duration_s: 1800 }),
      event(12, "hot_water", 0),
    ];
    expect(brief(of(events))).toEqual([
      ["hot_water", null, 12, false],
      ["compressor", -20, 10, false],
    ]);
  });

  it("knows what has been so since before the period", () => {
    const status = {
      metrics: { compressor: 1, auxiliary_percent: 0 },
      since: { compressor: START - 30 * MINUTE, auxiliary: START - HOUR },
    };
    expect(brief(of([], status))).toEqual([["compressor", -30, null, true]]);
    // One that ended and began since is brief by its events.
    const events = [event(1, "compressor", 0), event(9, "compressor", 1)];
    const since = { compressor: START + 9 * MINUTE };
    expect(brief(of(events, { ...status, since }))).toHaveLength(2);
  });

  it("takes an auxiliary heater's steps for one run and knows the highest", () => {
    const events = [
      event(5, "auxiliary", 33),
      event(8, "auxiliary", 66),
      event(9, "auxiliary", 33),
      event(15, "auxiliary", 0, { energy_kwh: 0.7 }),
    ];
    const [run, ...others] = runsOf(of(events));
    expect(others).toEqual([]);
    expect(run).toMatchObject({ most: 66, end: { energy_kwh: 0.7 } });
  });

  it("ends an alarm where it becomes another", () => {
    const events = [
      event(5, "alarm", 20, { change: "raised", text: "Low pressure" }),
      event(9, "alarm", 21, { change: "changed", text: "High pressure" }),
      event(15, "alarm", 21, { change: "cleared", text: "High pressure" }),
    ];
    const runs = runsOf(of(events));
    expect(runs.map(({ begin, end }) => [begin?.value, end?.change])).toEqual([
      [21, "cleared"],
      [20, "changed"],
    ]);
  });

  it("leaves out the brine pump where it runs with the compressor", () => {
    const events = [
      event(4, "brine_pump", 1),
      event(5, "compressor", 1),
      event(10, "compressor", 0),
      event(11, "brine_pump", 0),
      event(20, "brine_pump", 1),
      event(30, "brine_pump", 0),
    ];
    expect(brief(of(events))).toEqual([
      ["brine_pump", 20, 30, false],
      ["compressor", 5, 10, false],
    ]);
  });

  it("ignores kinds it does not know", () => {
    expect(runsOf(of([event(5, "defrost", 1)]))).toEqual([]);
  });

  it("tells of a simulated day what its totals count", () => {
    const day = new FakeServer(END, 3).snapshot("24h", END);
    const runs = runsOf(day);
    const begun = runs.filter(
      ({ kind, from }) => kind === "compressor" && (from ?? 0) >= day.start
    );
    expect(begun).toHaveLength(day.totals.starts!);
    const times = runs.flatMap(({ from, to, of: host }) =>
      host ? [] : [from ?? to!]
    );
    expect([...times].sort((a, b) => b - a)).toEqual(times);
  });
});

describe("heatSoFar", () => {
  const ledger = {
    time: [START, START + 5 * MINUTE, START + 10 * MINUTE],
    compressor_heat_kwh: [1, 2, 4],
  };
  const [run] = runsOf(of([event(6, "compressor", 1)]));

  it("sums the ledger from the row in which the run began", () => {
    expect(heatSoFar(snapshot({ ledger }), run!, undefined)).toBe(6);
  });

  it("has no figure where another run or too much else is in that row", () => {
    const before = { ...run!, to: START + 5.5 * MINUTE };
    expect(heatSoFar(snapshot({ ledger }), run!, before)).toBeNull();
    const long = snapshot({ ledger, ledgerStep: 900 });
    expect(heatSoFar(long, run!, undefined)).toBeNull();
  });
});
