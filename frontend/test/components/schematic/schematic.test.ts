import type { Explain } from "../../../src/components/explain/explain.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  across,
  arrangement,
  upwards,
} from "../../../src/components/schematic/arrangement.js";
import type {
  Box,
  Words,
} from "../../../src/components/schematic/arrangement.js";
import "../../../src/components/schematic/schematic.js";
import { schematicStyles } from "../../../src/components/schematic/styles.js";
import { pumpInfo } from "../../fixtures/heat-pump.js";
import { draw, find, findAll, look, words } from "../fixture.js";
import { airPump, snapshotNow, reporting } from "./snapshot-now.js";

let restful = false;

beforeEach(() => {
  restful = false;
  vi.stubGlobal("matchMedia", () => ({
    get matches() {
      return restful;
    },
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

const schematic = (
  snapshot = snapshotNow(),
  info = pumpInfo(),
  staleUntil: number | null = null
) => draw("hp-schematic", { info, snapshot, staleUntil, look });

const pipesWith = (element: Element, kind: string) =>
  findAll(element, `.flow:has(${kind})`).map((pipe) => pipe.dataset.pipe);

describe("the drawing", () => {
  it("is opaque in a translucent theme: no pipe is seen through a pump", () => {
    expect(schematicStyles.cssText).toContain("--hp-overlay");
    expect(schematicStyles.cssText).not.toContain("--hp-card");
  });
});

describe("movement", () => {
  it("is where liquid flows", async () => {
    const element = await schematic();
    expect(pipesWith(element, ".moving")).toEqual([
      "cold",
      "warm",
      "supply",
      "toHouse",
      "fromHouse",
    ]);
    expect(findAll(element, ".motor .rotor.moving")).toHaveLength(1);
  });

  it("is nowhere for those who asked for rest, though colours stay", async () => {
    restful = true;
    const element = await schematic();
    expect(findAll(element, ".moving, .waiting")).toEqual([]);
    expect(pipesWith(element, ".dash")).toHaveLength(5);
  });

  it("stops where it is scrolled out of sight", async () => {
    let report: (entries: { isIntersecting: boolean }[]) => void = () =>
      undefined;
    vi.stubGlobal(
      "IntersectionObserver",
      class {
        observe = () => undefined;
        disconnect = () => undefined;
        constructor(callback: typeof report) {
          report = callback;
        }
      }
    );
    const element = await schematic();
    const seen = async (isIntersecting: boolean) => {
      report([{ isIntersecting }]);
      await element.updateComplete;
      return findAll(element, ".moving").length;
    };
    expect(await seen(false)).toBe(0);
    expect(await seen(true)).toBeGreaterThan(0);
  });

  it("stops on a hidden page and goes on after it", async () => {
    const element = await schematic();
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    document.dispatchEvent(new Event("visibilitychange"));
    await element.updateComplete;
    expect(findAll(element, ".moving")).toEqual([]);
    hidden.mockRestore();
    document.dispatchEvent(new Event("visibilitychange"));
    await element.updateComplete;
    expect(findAll(element, ".moving").length).toBeGreaterThan(0);
  });

  it("ends with the readings", async () => {
    const element = await schematic(snapshotNow(), pumpInfo(), Date.now());
    expect(findAll(element, ".dash, .moving")).toEqual([]);
    expect(words(find(element, "header"))).toContain("Last reading 20:42");
    expect(words(element)).toContain("38\u2009°C");
  });
});

it("follows the valve to the tank", async () => {
  const element = await schematic(
    snapshotNow(
      { hot_water_valve: 1, circulation_pump: 0 },
      { mode: "hot_water" }
    )
  );
  expect(pipesWith(element, ".dash")).toEqual([
    "cold",
    "warm",
    "supply",
    "toTank",
    "fromTank",
  ]);
  expect(words(element)).toContain("Charging hot water");
});

it("has no hole where a pump reports little", async () => {
  const info = reporting(["supply_temp", "return_temp", "compressor"]);
  const element = await schematic(snapshotNow(), info);
  expect(findAll(element, ".tank, .heater, .valve, .circulator")).toEqual([]);
  expect(findAll(element, ".label")).toHaveLength(2);
  expect(words(element)).not.toContain("–");
});

it("has an outdoor unit instead of a borehole", async () => {
  const element = await schematic(snapshotNow(), airPump());
  expect(findAll(element, ".soil")).toEqual([]);
  expect(findAll(element, ".fan .rotor.moving")).toHaveLength(1);
  expect(words(element)).toContain("Air in");
});

it("stands grey and empty until there are readings", async () => {
  const element = await draw("hp-schematic", {
    info: pumpInfo(),
    snapshot: null,
    look,
  });
  expect(find(element, "svg").classList).toContain("waiting");
  expect(findAll(element, ".dash")).toEqual([]);
});

it("opens the details of a temperature, by keyboard too", async () => {
  const info = pumpInfo({ entities: { outdoor_temp: "sensor.frost" } });
  const element = await schematic(snapshotNow(), info);
  const asked: unknown[] = [];
  element.addEventListener("hass-more-info", (event) => {
    asked.push((event as CustomEvent).detail);
  });
  const buttons = findAll(element, '[role="button"]');
  expect(buttons).toHaveLength(1);
  expect(buttons[0]?.getAttribute("aria-label")).toBe("−7\u2009°C Outdoor");
  buttons[0]?.dispatchEvent(new MouseEvent("click"));
  buttons[0]?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
  buttons[0]?.dispatchEvent(new KeyboardEvent("keydown", { key: "Tab" }));
  const frost = { entityId: "sensor.frost" };
  expect(asked).toEqual([frost, frost]);
});

it("explains the COP of now, where there can be one", async () => {
  const element = await schematic();
  const explanation = find<Explain>(element, "hp-explain");
  await explanation.updateComplete;
  const label = find(explanation, "button").getAttribute("aria-label");
  expect(label).toBe("Explain: COP now");
  const nibe = pumpInfo();
  nibe.views.cop = { available: false, reason: "no_power" };
  const without = await schematic(snapshotNow({}, { cop: null }), nibe);
  expect(findAll(without, "hp-explain")).toEqual([]);
  expect(words(without)).not.toContain("COP now");
});

describe("arrangements", () => {
  it("change with the room there is", () => {
    expect(arrangement(1376).tall).toBe(false);
    expect(arrangement(900).tall).toBe(false);
    expect(arrangement(700).tall).toBe(true);
  });

  it.each([880, 960, 1376, 1568])("of %d px keep to their width", (width) => {
    const { soil, pump, heater, tank, radiator, labels, house } = across(width);
    const rights = [soil, pump, heater, tank, radiator].map((box) => box.x);
    expect([...rights].sort((a, b) => a - b)).toEqual(rights);
    expect(soil.x + soil.width).toBeLessThan(labels.brine_in_temp.x - 40);
    expect(labels.brine_in_temp.x + 40).toBeLessThan(pump.x);
    const xs = [...house.matchAll(/[ML](\d+)/g)].map(([, x]) => Number(x));
    expect(Math.max(...xs)).toBeLessThanOrEqual(width);
  });

  it("of a phone are 342 px wide", () => {
    const { width, pump, tank, soil } = upwards();
    expect(width).toBe(342);
    for (const box of [pump, tank, soil]) {
      expect(box.x + box.width).toBeLessThanOrEqual(width);
    }
  });

  /** "−12.4 °C" and "100.4 °F" in 20 px are no wider; with the name 44 px high. */
  const room = ({ x, y, anchor }: Words, width = 84): Box => ({
    x: { start: x, middle: x - width / 2, end: x - width }[anchor],
    y: y - 18,
    width,
    height: 44,
  });
  const meet = (one: Box, other: Box) =>
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height;

  it.each([upwards(), across(880), across(1376)])(
    "have room for the widest temperatures: %#",
    ({ labels, width, heater, heaterState }) => {
      const { supply_temp, return_temp, brine_in_temp, brine_out_temp } =
        labels;
      const boxes = [supply_temp, return_temp, brine_in_temp, brine_out_temp]
        .map((label) => room(label))
        .concat(room(labels.indoor_temp, 96));
      const others = [...boxes, heater, room(heaterState, 48)];
      const crossing = boxes.filter((one) =>
        others.some((other) => other !== one && meet(one, other))
      );
      expect(crossing).toEqual([]);
      for (const { x, width: wide } of boxes) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + wide).toBeLessThanOrEqual(width);
      }
    }
  );
});
