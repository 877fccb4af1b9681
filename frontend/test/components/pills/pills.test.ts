import { describe, expect, it } from "vitest";
import { pills } from "../../../src/components/pills/pills.js";
import type { PillKey } from "../../../src/components/pills/pills.js";
import "../../../src/components/pills/status-pills.js";
import type { Snapshot } from "../../../src/data/types.js";
import { pumpInfo } from "../../fixtures/heat-pump.js";
import { draw, findAll, look, words } from "../fixture.js";
import {
  airPump,
  END,
  snapshotNow,
  reporting,
} from "../schematic/snapshot-now.js";

const all = (
  snapshot: Snapshot | null = snapshotNow(),
  info = pumpInfo(),
  staleUntil: number | null = null
) => pills({ snapshot, info, staleUntil, look });

const one = (key: PillKey, ...input: Parameters<typeof all>) =>
  all(...input).find((pill) => pill.key === key)!;

it("says what runs, since when", () => {
  expect(all().map(({ name, state }) => `${name}: ${state}`)).toEqual([
    "Compressor: Running · 20 min",
    "Brine pump: Running",
    "Circulation pump: Running",
    "Valve: Heating · 39 min",
    "Auxiliary heater: Off",
    "Alarm: None",
  ]);
});

it("tells an alarm in the user's language, not in the home's", () => {
  const texts = { en: "Low pressure", sv: "Lågtryck" };
  const alarm = { active: true, code: 20, text: "Lågtryck" };
  const said = (status: object) => one("alarm", snapshotNow({}, status)).state;
  expect(said({ alarm: { ...alarm, texts } })).toBe("Low pressure");
  expect(said({ alarm })).toBe("Lågtryck");
});

it("leaves out since when where that is not known", () => {
  const snapshot = snapshotNow();
  delete snapshot.status.since;
  expect(one("compressor", snapshot).state).toBe("Running");
});

it("leaves out a first minute", () => {
  const since = { compressor: END - 30_000 };
  expect(one("compressor", snapshotNow({}, { since })).state).toBe("Running");
});

it.each([
  ["compressor", { compressor: 0 }, "Resting · 20 min", null],
  ["brine_pump", { brine_pump: 0 }, "Stopped", null],
  ["brine_pump", { brine_pump: null }, "Not known", null],
  ["compressor", { compressor: null }, "Not known", null],
  ["hot_water_valve", { hot_water_valve: null }, "Not known", null],
  ["auxiliary", { auxiliary_percent: null }, "Not known", null],
  [
    "hot_water_valve",
    { hot_water_valve: 1 },
    "Hot water · 39 min",
    "hot-water",
  ],
  ["auxiliary", { auxiliary_percent: 33 }, "33\u00a0%", "auxiliary"],
] as const)("%s: %o", (key, metrics, state, color) => {
  expect(one(key, snapshotNow(metrics))).toMatchObject({ state, color });
});

describe("the alarm", () => {
  it("is not known where its series went silent, which is not none", () => {
    const silent = { active: null, code: null, text: null };
    expect(one("alarm", snapshotNow({}, { alarm: silent }))).toMatchObject({
      state: "Not known",
      color: null,
    });
  });

  const alarm = { active: true, code: 20, text: "Low pressure switch" };

  it("has its text, and since when it is", () => {
    const since = { alarm: Date.UTC(2026, 0, 22, 11, 25) };
    expect(one("alarm", snapshotNow({}, { alarm, since }))).toMatchObject({
      name: "Alarm · since 12:25",
      state: "Low pressure switch",
      color: "alarm",
    });
  });

  it("has its day where it is not of today", () => {
    const since = { alarm: Date.UTC(2026, 0, 20, 11, 25) };
    expect(one("alarm", snapshotNow({}, { alarm, since })).name).toBe(
      `Alarm · since ${look.format.dayTime(since.alarm)}`
    );
  });

  it("has its number where there is no text", () => {
    const silent = { ...alarm, code: 1020, text: null };
    expect(one("alarm", snapshotNow({}, { alarm: silent })).state).toBe(
      "Code 1020"
    );
  });
});

it("says what the pump does not report", () => {
  const nibe = reporting(["compressor", "auxiliary_percent"]);
  const missing = all(snapshotNow(), nibe).filter((pill) => pill.missing);
  expect(missing.map(({ key }) => key)).toEqual([
    "brine_pump",
    "circulation_pump",
    "hot_water_valve",
    "alarm",
  ]);
  expect(missing[0]?.state).toBe("Not reported");
});

it("does not say of a pump that is not loaded what it lacks", () => {
  const gone = all(null, pumpInfo({ metrics: {} }));
  expect(new Set(gone.map(({ state }) => state))).toEqual(new Set(["–"]));
  expect(gone.some(({ missing }) => missing)).toBe(false);
});

it("is a fan that an air-source pump has", () => {
  expect(one("brine_pump", snapshotNow(), airPump()).name).toBe("Fan");
});

it("knows nothing of now from old readings but their age", () => {
  const old = all(snapshotNow(), pumpInfo(), END + 262 * 60_000);
  expect(old.map(({ state }) => state)).toEqual([
    ...new Array<string>(5).fill("–"),
    "4 h 22 min ago",
  ]);
  expect(old.at(-1)).toMatchObject({ key: "last", color: "auxiliary" });
});

it("parts what it says where a narrow tile has it on two lines, and cuts no duration", async () => {
  const parts = async (
    snapshot = snapshotNow(),
    staleUntil: number | null = null
  ) => {
    const info = pumpInfo();
    const given = { info, snapshot, look, staleUntil };
    const element = await draw("hp-pills", given);
    const of = (pill: string) =>
      findAll(element, `.${pill} .state.whole > span`).map(words);
    return { compressor: of("compressor"), last: of("last") };
  };
  const since = { compressor: END - (14 * 60 + 3) * 60_000 };
  const { compressor } = await parts(snapshotNow({}, { since }));
  expect(compressor).toEqual(["Running", "· 14 h 3 min"]);
  const { last } = await parts(snapshotNow(), END + 262 * 60_000);
  expect(last).toEqual(["4 h 22 min ago"]);
});

it("opens the details of what has an entity", async () => {
  const info = pumpInfo({
    entities: { hot_water_charging: "binary_sensor.charging" },
  });
  const element = await draw("hp-pills", {
    info,
    snapshot: snapshotNow(),
    look,
  });
  const asked: unknown[] = [];
  element.addEventListener("hass-more-info", (event) => {
    asked.push((event as CustomEvent).detail);
  });
  const buttons = findAll(element, "button");
  expect(buttons.map(words)).toEqual(["Valve Heating · 39 min"]);
  buttons[0]?.click();
  expect(asked).toEqual([{ entityId: "binary_sensor.charging" }]);
});

it("keeps its places until there are readings", async () => {
  const element = await draw("hp-pills", {
    info: pumpInfo(),
    snapshot: null,
    look,
  });
  expect(findAll(element, "li")).toHaveLength(6);
  expect(findAll(element, ".on")).toEqual([]);
});
