import { describe, expect, it } from "vitest";
import { buildScene } from "../../../src/components/schematic/scene.js";
import type { Status } from "../../../src/data/types.js";
import { pumpInfo } from "../../fixtures/heat-pump.js";
import { look } from "../fixture.js";
import { airPump, HEATING, snapshotNow, reporting } from "./snapshot-now.js";

const scene = (snapshot = snapshotNow(), info = pumpInfo(), stale = false) =>
  buildScene(info, snapshot, stale, look);

it("says of a heat pump without a valve that it runs, not for what", () => {
  const info = reporting(["compressor"]);
  expect(scene(snapshotNow(), info).mode.name).toBe("Compressor running");
  expect(scene().mode.name).toBe("Heating the house");
});

describe("the alarm", () => {
  const silent = { active: null, code: null, text: null };
  const of = (alarm: Status["alarm"]) => scene(snapshotNow({}, { alarm }));

  it("is not known where its series went silent", () => {
    const { alarm, sentence } = of(silent);
    expect(alarm).toEqual({ known: false, words: "Alarm: Not known" });
    expect(sentence).toContain("Alarm: Not known");
  });

  it("has its text, and is not mentioned where there is none", () => {
    const low = { active: true, code: 20, text: "Low pressure switch" };
    expect(of(low).sentence).toContain("Alarm: Low pressure switch");
    expect(of({ ...low, code: 1020, text: null }).sentence).toContain(
      "Alarm: Code 1020"
    );
    expect(of({ ...silent, active: false }).alarm).toBeNull();
    expect(of({ ...silent, active: false }).sentence).not.toContain("larm");
  });

  it("is told in the user's language, not in the home's", () => {
    const alarm = { active: true, code: 20, text: "Lågtryck" };
    const texts = { en: "Low pressure", sv: "Lågtryck" };
    expect(of({ ...alarm, texts }).sentence).toContain("Alarm: Low pressure");
    expect(of(alarm).sentence).toContain("Alarm: Lågtryck");
  });

  it("is not mentioned where the pump has no such series", () => {
    const info = reporting(["supply_temp", "compressor"]);
    expect(scene(snapshotNow({}, { alarm: silent }), info).alarm).toBeNull();
  });
});

describe("what flows", () => {
  it.each([
    ["heating", {}, { brine: true, house: true, tank: false }],
    [
      "charging hot water",
      { hot_water_valve: 1, circulation_pump: 0 },
      { brine: true, house: false, tank: true },
    ],
    [
      "nobody knows where the valve is",
      { hot_water_valve: null },
      { brine: true, house: false, tank: false },
    ],
    [
      "only circulating",
      { compressor: 0, brine_pump: 0 },
      { brine: false, house: true, tank: false },
    ],
    [
      "resting with the valve at the tank",
      { compressor: 0, brine_pump: 0, hot_water_valve: 1 },
      { brine: false, house: false, tank: false },
    ],
  ])("while %s", (_, metrics, flows) => {
    const mode = "compressor" in metrics ? "idle" : "heating";
    expect(scene(snapshotNow(metrics, { mode })).flows).toEqual(flows);
  });

  it("follows the compressor where pumps and valve do not report", () => {
    const info = reporting(["supply_temp", "return_temp", "compressor"]);
    const { compressor, supply_temp, return_temp } = HEATING;
    const snapshot = snapshotNow();
    snapshot.status.metrics = {
      compressor: compressor!,
      supply_temp: supply_temp!,
      return_temp: return_temp!,
    };
    expect(scene(snapshot, info).flows).toEqual({
      brine: true,
      house: true,
      tank: false,
    });
  });
});

describe("sensors", () => {
  it("that are silent do not say that a pump stands or where a valve is", () => {
    const silent = { hot_water_valve: null, brine_pump: null };
    const { valve, pumps } = scene(snapshotNow(silent));
    expect(valve).toEqual({ toTank: null, name: "" });
    expect(pumps).toEqual({ brine: null, circulation: true });
  });

  it("have no label where the pump has none, and a dash where one is silent", () => {
    const info = reporting(["supply_temp", "return_temp", "compressor"]);
    const { labels, hasTank, auxiliary, valve, pumps } = scene(
      snapshotNow({ return_temp: null }),
      info
    );
    expect(Object.keys(labels)).toEqual(["supply_temp", "return_temp"]);
    expect(labels.return_temp?.value).toBe("–");
    expect([hasTank, auxiliary, valve]).toEqual([false, null, null]);
    expect(pumps).toEqual({ brine: null, circulation: null });
  });

  it("are air sensors of an air-source pump", () => {
    const { labels, air } = scene(snapshotNow(), airPump());
    expect(air).toBe(true);
    expect(labels.brine_in_temp?.name).toBe("Air in");
  });

  it("open the entity that Home Assistant has, if any", () => {
    const info = pumpInfo({ entities: { outdoor_temp: "sensor.frost" } });
    const { labels } = scene(snapshotNow(), info);
    expect(labels.outdoor_temp?.entity).toBe("sensor.frost");
    expect(labels.indoor_temp?.entity).toBeNull();
  });
});

describe("the auxiliary heater", () => {
  it.each([
    [{ auxiliary_percent: 0 }, false, "Off"],
    [{ auxiliary_percent: 33 }, true, "33\u00a0%"],
    [{ auxiliary_percent: null }, false, "–"],
  ])("%o", (metrics, on, state) => {
    expect(scene(snapshotNow(metrics)).auxiliary).toEqual({ on, state });
  });

  it("says its power where that is all it says", () => {
    const info = reporting([]);
    info.metrics.auxiliary_power = { unit: "kW", series: "x" };
    const { auxiliary } = scene(
      snapshotNow({ auxiliary_percent: null, auxiliary_power: 3 }),
      info
    );
    expect(auxiliary).toEqual({ on: true, state: "3.0\u00a0kW" });
  });
});

describe("power", () => {
  it("is heat from electricity", () => {
    expect(scene().power).toEqual(["10.8 kW heat from", "3.0 kW electricity"]);
  });

  it("is heat alone, without a COP, where no electricity is known", () => {
    const nibe = pumpInfo();
    nibe.views.cop = { available: false, reason: "no_power" };
    const { power, cop } = scene(
      snapshotNow({}, { electricity_kw: null, cop: null }),
      nibe
    );
    expect([power, cop]).toEqual([["10.8 kW heat"], null]);
  });

  it("is left out at rest", () => {
    expect(
      scene(snapshotNow({ compressor: 0 }, { mode: "idle" })).power
    ).toEqual([]);
  });
});

it("stands still but keeps its values where readings are old", () => {
  const { still, running, flows, labels, auxiliary } = scene(
    snapshotNow({ auxiliary_percent: 33 }),
    pumpInfo(),
    true
  );
  expect([still, running, auxiliary?.on]).toEqual([true, false, false]);
  expect(Object.values(flows)).toEqual([false, false, false]);
  expect(labels.supply_temp?.value).toBe("38\u2009°C");
});

it("fills the tank by its temperature", () => {
  const fill = (hot_water_temp: number) =>
    scene(snapshotNow({ hot_water_temp })).tankFill;
  expect([20, 30, 42.5, 55, 70].map(fill)).toEqual([0, 0, 0.5, 1, 1]);
});

it("says it all in one sentence", () => {
  expect(scene().sentence).toBe(
    "20:42: Heating the house, COP now 3.5, 10.8 kW heat from 3.0 kW electricity, " +
      "Outdoor −7\u2009°C, Indoor 21.1\u2009°C, Supply 38\u2009°C, Return 34\u2009°C, " +
      "Hot water 50\u2009°C, Brine in 4\u2009°C, Brine out 1\u2009°C, Hot gas 73\u2009°C, " +
      "Auxiliary heater Off."
  );
});
