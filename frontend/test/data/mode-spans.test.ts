import { describe, expect, it } from "vitest";
import { modeSpans } from "../../src/data/mode-spans.js";
import type { Snapshot } from "../../src/data/types.js";
import { FakeServer } from "../fixtures/heat-pump.js";

const END = Date.UTC(2026, 0, 22, 19, 42);
const server = new FakeServer(END, 2);

const raw = (readings: Snapshot["readings"], end: number): Snapshot => ({
  ...server.snapshot("1h", END),
  step: 0,
  start: 0,
  end,
  readings,
});

describe("modeSpans", () => {
  it.each(["1h", "24h"] as const)("covers all of %s without holes", (range) => {
    const spans = modeSpans(server.snapshot(range, END));
    expect(spans[0]?.from).toBe(0);
    expect(spans.at(-1)?.to).toBe(1);
    spans.slice(1).forEach((span, index) => {
      expect(span.from).toBe(spans[index]?.to);
      expect(span.mode).not.toBe(spans[index]?.mode);
    });
  });

  it("agrees with the totals", () => {
    const snapshot = server.snapshot("24h", END);
    const share = modeSpans(snapshot)
      .filter(({ mode }) => mode === "heating" || mode === "hot_water")
      .reduce((sum, { from, to }) => sum + to - from, 0);
    const seconds = (share * (snapshot.end - snapshot.start)) / 1000;
    expect(seconds / snapshot.totals.compressor_s!).toBeCloseTo(1, 1);
  });

  it("does not know what a heat pump without a valve runs for", () => {
    const bare = raw({ time: [0, 60_000], compressor: [1, 0] }, 120_000);
    const totals = { ...bare.totals, hot_water_charges: null };
    const spans = modeSpans({ ...bare, totals });
    expect(spans.map(({ mode }) => mode)).toEqual(["running", "idle"]);
  });

  it.each(["auxiliary_power", "auxiliary_step_2"])(
    "sees the heater by %s",
    (name) => {
      const time = [0, 60_000];
      const readings = { time, compressor: [0, 0], [name]: [3, 0] };
      const modes = modeSpans(raw(readings, 120_000)).map(({ mode }) => mode);
      expect(modes).toEqual(["auxiliary", "idle"]);
    }
  );

  it("tells hot water, the auxiliary heater and a gap apart", () => {
    const minute = 60_000;
    const spans = modeSpans(
      raw(
        {
          time: [0, 1, 2, 3, 8, 15, 16].map((each) => each * minute),
          compressor: [1, 1, 0, 0, null, 1, null],
          hot_water_valve: [0, 1, 0, 0, null, 0, null],
          auxiliary_percent: [0, 0, 33, 0, null, 0, null],
        },
        20 * minute
      )
    );
    expect(spans.map(({ mode, to }) => [mode, Math.round(to * 20)])).toEqual([
      ["heating", 1],
      ["hot_water", 2],
      ["auxiliary", 3],
      ["idle", 8],
      ["no_data", 15],
      ["heating", 16],
      ["no_data", 20],
    ]);
  });

  it("tells cooling and thawing by most of the ledger's row", () => {
    const [minute, window] = [60_000, 300_000];
    const rows = [0, 1, 2, 3];
    const ledger = Object.assign(
      {
        time: rows.map((row) => row * window),
        heating_s: [300, 300, 300, 150],
        cooling_s: [300, 140, 0, 0],
        defrost_s: [0, 0, 160, 100],
      },
      { step: 300 }
    );
    const modes = ["cooling", "heating", "defrost"];
    const counted = {
      ...raw({ time: [] }, 20 * minute),
      ledger: ledger as unknown as Snapshot["ledger"],
    };
    expect(
      modeSpans({ ...counted, step: 300 }).map(({ mode }) => mode)
    ).toEqual(modes);
    const time = Array.from({ length: 20 }, (_, at) => at * minute);
    const readings = {
      time,
      compressor: time.map(() => 1),
      hot_water_valve: time.map((at) => (at < 2 * minute ? 1 : 0)),
    };
    expect(
      modeSpans({ ...counted, readings }).map(({ mode, to }) => [
        mode,
        Math.round(to * 20),
      ])
    ).toEqual([
      ["hot_water", 2],
      ["cooling", 5],
      ["heating", 10],
      ["defrost", 20],
    ]);
  });
});
