import { describe, expect, it } from "vitest";
import { buildTemperature } from "../../src/charts/views/temperature.js";
import { wordsAt } from "../../src/charts/tooltip.js";
import { rowOf } from "../../src/components/events/rows.js";
import { runsOf } from "../../src/data/runs.js";
import {
  settingName,
  settingsAround,
  settingWords,
} from "../../src/data/settings.js";
import type { HeatPumpEvent } from "../../src/data/types.js";
import { eventsCsv } from "../../src/export/csv.js";
import {
  areasOf,
  day,
  END,
  HOUR,
  input,
  seriesOf,
  MINUTE,
  snapshot,
} from "../charts/fixture.js";
import { look } from "../components/fixture.js";
import { pumpInfo } from "../fixtures/heat-pump.js";

const START = END - HOUR;
const MOMENT = START + 20 * MINUTE;

const changed = (more: Partial<HeatPumpEvent> = {}): HeatPumpEvent => ({
  time: MOMENT,
  kind: "setting",
  value: 38.5,
  text: null,
  setting: "heat_curve_max",
  from: 40,
  to: 38.5,
  ...more,
});

/** With the spaces that one types. */
const plain = (said: string | null) => said?.replace(/\s/gu, " ") ?? null;

const of = (...events: HeatPumpEvent[]) => ({ ...snapshot(), events });

describe("a setting that was changed", () => {
  it("is a moment of its own among the runs", () => {
    const begun = { ...changed(), kind: "compressor", value: 1 };
    const runs = runsOf(of(begun, changed()));
    expect(runs.map(({ kind, from, to }) => [kind, from, to])).toContainEqual([
      "setting",
      MOMENT,
      MOMENT,
    ]);
    expect(runs).toHaveLength(2);
  });

  it("says which it is, and what it was and is", () => {
    expect(settingName(changed(), look.text)).toBe("Highest supply changed");
    expect(plain(settingWords(changed(), look))).toBe("from 40 °C to 38.5 °C");
    expect(settingWords(changed({ setting: "heat_curve", to: 38 }), look)).toBe(
      "from 40 to 38"
    );
    const mode = changed({
      setting: "operating_mode",
      from: 2,
      to: 7,
      words: { from: "heat_pump_only" },
    });
    expect(settingWords(mode, look)).toBe("from heat pump only to 7");
  });

  it("is a row without a duration", () => {
    const all = of(changed());
    const [run] = runsOf(all);
    const row = rowOf(
      run!,
      { ...look, snapshot: all, info: pumpInfo() },
      undefined
    );
    expect(row).toMatchObject({
      title: "Highest supply changed",
      duration: "",
    });
    expect(plain(row.detail)).toBe("from 40 °C to 38.5 °C");
  });

  it("is told around its moment", () => {
    const said = "Highest supply changed from 40 °C to 38.5 °C";
    const around = settingsAround(of(changed()), MOMENT, MOMENT, look);
    expect(plain(around)).toBe(said);
    expect(settingsAround(of(changed()), MOMENT + 1, END, look)).toBeNull();
  });

  it("is a mark in the first plot, and words in the tooltip", () => {
    const result = buildTemperature(input({ ...day, events: [changed()] }));
    const marks = seriesOf(result).map(
      (one) =>
        areasOf(one).filter(({ from, to }) => from === MOMENT && to === MOMENT)
          .length
    );
    expect(marks.filter(Boolean)).toEqual([1]);
    expect(wordsAt(result.option!, MOMENT)).toContain("Highest supply changed");
    expect(wordsAt(result.option!, MOMENT - HOUR)).not.toContain(
      "Highest supply"
    );
  });

  it("is in the legend where there is one, and its marks go with it", () => {
    const legendOf = (snapshot: typeof day) =>
      buildTemperature(input(snapshot)).legend.map(({ name }) => name);
    const all = { ...day, events: [changed()] };
    expect(legendOf(all)).toContain("Setting changed");
    expect(legendOf({ ...day, events: [] })).not.toContain("Setting changed");
    const hidden = new Set(["setting"]);
    const areas = seriesOf(buildTemperature(input(all, { hidden }))).flatMap(
      areasOf
    );
    expect(areas.filter(({ from, to }) => from === to)).toEqual([]);
  });

  it("is in the file of events", () => {
    const [head, row] = eventsCsv(runsOf(of(changed())));
    const cell = (name: string) => row?.[head?.indexOf(name) ?? -1];
    expect(cell("kind")).toBe("setting");
    expect(cell("text")).toBe("heat_curve_max");
    expect([cell("from [°C]"), cell("to [°C]")]).toEqual([40, 38.5]);
    expect([cell("from"), cell("to")]).toEqual([null, null]);
    const [, curve] = eventsCsv(
      runsOf(of({ ...changed(), setting: "heat_curve", from: 5, to: 6 }))
    );
    expect(curve?.slice(-4)).toEqual([null, null, 5, 6]);
  });
});
