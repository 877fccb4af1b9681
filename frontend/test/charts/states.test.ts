import { describe, expect, it } from "vitest";
import { rowsOf } from "../../src/charts/rows.js";
import { modeWords } from "../../src/charts/tooltip.js";
import { look } from "../components/fixture.js";
import { modeAt, onSpans, spansOf, statesOf } from "../../src/charts/states.js";
import { column, END, HOUR, readings, snapshot } from "./fixture.js";

const of = snapshot({
  readings: readings({
    compressor: (row) => (row >= 20 && row < 80 ? 1 : 0),
    hot_water_valve: (row) => (row >= 60 ? 1 : 0),
    auxiliary_percent: (row) => (row >= 70 && row < 90 ? 33 : 0),
    alarm: () => 0,
  }),
});
const rows = rowsOf(of);
const states = statesOf(of, rows);

describe("statesOf", () => {
  it("is in the mode of the calculations", () => {
    expect([10, 30, 65, 85, 100].map((row) => modeAt(states, row))).toEqual([
      "idle",
      "heating",
      "hot_water",
      "auxiliary",
      "idle",
    ]);
  });

  it("is cooling or thawing where most of the heating in the ledger's row is", () => {
    const cooled = snapshot({
      readings: of.readings,
      ledger: {
        time: [of.start],
        heating_s: [1800],
        cooling_s: [1000],
        defrost_s: [0],
      },
      ledgerStep: 3600,
    });
    const modes = statesOf(cooled, rows);
    expect([10, 30, 65].map((row) => modeAt(modes, row))).toEqual([
      "idle",
      "cooling",
      "hot_water",
    ]);
    const said = modeWords(modes, 30, { text: look.text });
    expect(said).toBe("Cooling the house");
  });

  it("charges hot water only while the compressor runs", () => {
    expect(onSpans(rows, states.hotWater)).toEqual([
      { from: rows.from[60], to: rows.from[80], level: 1 },
    ]);
  });

  it("has no state that the heat pump does not report", () => {
    const bare = snapshot({ readings: readings({ supply_temp: () => 34 }) });
    const { compressor, valve, hotWater, auxiliary, alarm } = statesOf(
      bare,
      rowsOf(bare)
    );
    expect([compressor, valve, hotWater, auxiliary, alarm]).toEqual(
      column(5, () => null)
    );
  });

  it("breaks off where nothing was read", () => {
    const gone = snapshot({
      readings: readings({
        compressor: (row) => (row > 40 && row < 80 ? null : 1),
      }),
    });
    const all = rowsOf(gone);
    const spans = spansOf(all, statesOf(gone, all).compressor!);
    expect(spans).toHaveLength(2);
    expect(spans[0]!.to).toBe(all.from[41]);
  });

  it("takes the auxiliary heater's time in long steps from the ledger", () => {
    const time = column(24, (row) => END - 24 * HOUR + row * HOUR);
    const hourly = snapshot({
      start: END - 24 * HOUR,
      step: 3600,
      ledgerStep: 3600,
      readings: {
        time,
        compressor: time.map(() => 0.6),
        auxiliary_percent: time.map((_, row) => (row === 5 ? 4 : 0)),
      },
      ledger: {
        time,
        heating_s: time.map(() => 2160),
        idle_s: time.map(() => 1440),
        auxiliary_on_s: time.map((_, row) => (row === 5 ? 900 : 0)),
      },
    });
    const all = rowsOf(hourly);
    const { auxiliary, compressor } = statesOf(hourly, all);
    expect(auxiliary![5]).toBe(0.25);
    expect(onSpans(all, auxiliary)).toEqual([
      { from: time[5], to: time[6], level: 0.25 },
    ]);
    // Many short runs are neither rest nor one long run.
    expect(spansOf(all, compressor!).map(({ level }) => level)).toEqual([0.75]);
  });
});
