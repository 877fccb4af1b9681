import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../../../src/components/explain/explain.js";
import { explain } from "../../../src/components/explain/explanations.js";
import type { Figure } from "../../../src/components/explain/figure.js";
import type { Totals } from "../../../src/data/types.js";
import { pumpInfo } from "../../fixtures/heat-pump.js";
import { draw, find, findAll, look, words } from "../fixture.js";
import { snapshotNow } from "../schematic/snapshot-now.js";

const { format, text } = look;

const of = (
  figure: Figure,
  totals: Partial<Totals> = {},
  info = pumpInfo()
) => {
  const snapshot = snapshotNow();
  snapshot.totals = { ...snapshot.totals, ...totals };
  const { rows, ...rest } = explain(figure, { snapshot, info, format, text });
  return {
    ...rest,
    rows: Object.fromEntries(rows.map((row) => [row.name, row.text])),
  };
};

const COP: Partial<Totals> = {
  cop_compressor: 3.17,
  cop_uncertainty: 0.36,
  cop_system: 3.09,
  compressor_heat_kwh: 172.1,
  compressor_electricity_kwh: 54.3,
  coverage: 0.973,
  uncovered_s: 2340,
};

describe("the COP", () => {
  it("is written out with its period, coverage, basis, boundary and ±", () => {
    const { formula, rows } = of("cop", COP);
    expect(formula[1]).toBe("172.1 kWh ÷ 54.3 kWh = 3.17");
    expect(Object.keys(rows)).toEqual([
      "Period",
      "Coverage",
      "Heat",
      "How right it is",
      "Electricity",
      "System COP contains",
      "Uncertainty",
    ]);
    expect(rows.Coverage).toContain("97.3\u00a0%; nothing is known of 39 min");
    expect(rows.Heat).toContain("Estimated: 2.70 kW/K × (supply − return)");
    expect(rows["System COP contains"]).toContain("(H4)");
    expect(rows.Uncertainty).toContain("2.81 to 3.53, ± 11\u00a0%");
  });

  it("is written out without what was cooled, which is in no COP", () => {
    const cooled = { cooling_kwh: 20, cooling_electricity_kwh: 5 };
    const { formula } = of("cop", {
      ...{ ...COP, ...cooled },
      ...{ compressor_heat_kwh: 152.1, compressor_electricity_kwh: 59.3 },
    });
    expect(formula[1]).toBe("172.1 kWh ÷ 54.3 kWh = 3.17");
  });

  it("is not proved by itself where its heat is not known", () => {
    const { formula } = of("cop", { ...COP, compressor_heat_kwh: null });
    expect(formula.join()).not.toContain("÷");
  });

  it("claims nothing that is not known", () => {
    const { formula, rows } = of("cop", {
      cop_compressor: null,
      cop_uncertainty: null,
      cop_system: null,
      boundary: null,
      basis: {
        heat: null,
        electricity: null,
        auxiliary: null,
        hot_water_estimated: false,
      },
    });
    expect(formula).toHaveLength(1);
    expect(Object.keys(rows)).toEqual(["Period", "Coverage"]);
  });
});

it.each([
  ["heat", "meter", "Measured"],
  ["heat", "flow", "Measured flow"],
  ["heat", "counter", "counted by the heat pump itself"],
  ["heat", "factor", "2.70 kW/K"],
  ["electricity", "meter", "Measured"],
  ["electricity", "gateway", "Estimated"],
  ["electricity", "configured", "Estimated: 3.0 kW"],
  ["auxiliary", "power", "reported"],
  ["auxiliary", "state", "9.0 kW"],
] as const)("says that %s is %s", (figure, source, expected) => {
  const basis = { ...snapshotNow().totals.basis!, [figure]: source };
  const info = pumpInfo();
  info.settings.compressor_power = 3;
  const name = { heat: "Heat", electricity: "Electricity" };
  const row = figure === "auxiliary" ? "Auxiliary heater" : name[figure];
  expect(of(figure, { basis }, info).rows[row]).toContain(expected);
});

describe("hp-explain", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
    document.body.replaceChildren();
  });

  const element = () =>
    draw("hp-explain", {
      figure: "compressor",
      of: { snapshot: snapshotNow(), info: pumpInfo(), format, text },
    });

  /** What is fetched with the first question comes in no time of a test's clock. */
  const later = async () => {
    await vi.dynamicImportSettled();
    await vi.runAllTimersAsync();
  };

  const pointer = (type: string, pointerType: string) =>
    Object.assign(new Event(type), { pointerType });

  it("opens by tap or key, and gives the focus back", async () => {
    const explanation = await element();
    const button = find(explanation, "button");
    expect(button.getAttribute("aria-label")).toBe("Explain: Compressor");
    button.click();
    await later();
    const dialog = find(explanation, '[role="dialog"]');
    expect(words(dialog)).toMatch(/^Compressor .+ Period .+Coverage .+/);
    expect(explanation.shadowRoot?.activeElement).toBe(dialog);
    expect(button.getAttribute("aria-expanded")).toBe("true");
    dialog.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    await explanation.updateComplete;
    expect(findAll(explanation, '[role="dialog"]')).toEqual([]);
    expect(explanation.shadowRoot?.activeElement).toBe(button);
  });

  it("opens for a mouse that rests, not for one that passes or a finger", async () => {
    const explanation = await element();
    const button = find(explanation, "button");
    const after = async (event: Event, ms: number) => {
      button.dispatchEvent(event);
      await vi.advanceTimersByTimeAsync(ms);
      await vi.dynamicImportSettled();
      return findAll(explanation, '[role="dialog"]').length;
    };
    expect(await after(pointer("pointermove", "touch"), 2000)).toBe(0);
    expect(await after(pointer("pointermove", "mouse"), 100)).toBe(0);
    expect(await after(pointer("pointerleave", "mouse"), 2000)).toBe(0);
    expect(await after(pointer("pointermove", "mouse"), 700)).toBe(1);
    expect(await after(pointer("pointerleave", "mouse"), 300)).toBe(0);
    // As when the explanation was closed by a key, and the mouse lay on it.
    expect(await after(pointer("pointerenter", "mouse"), 2000)).toBe(0);
  });

  it("stays closed when its page is left before the mouse has rested", async () => {
    const explanation = await element();
    const show = vi.fn();
    HTMLElement.prototype.showPopover = show;
    find(explanation, "button").dispatchEvent(pointer("pointermove", "mouse"));
    explanation.remove();
    await vi.runAllTimersAsync();
    expect(show).not.toHaveBeenCalled();
    Reflect.deleteProperty(HTMLElement.prototype, "showPopover");
  });

  it("stays for a tap when the mouse leaves", async () => {
    const explanation = await element();
    const button = find(explanation, "button");
    button.click();
    await later();
    button.dispatchEvent(pointer("pointerleave", "mouse"));
    await vi.runAllTimersAsync();
    expect(findAll(explanation, '[role="dialog"]')).toHaveLength(1);
    button.click();
    await later();
    expect(findAll(explanation, '[role="dialog"]')).toEqual([]);
  });

  it("stays closed for a mouse that left while it was fetched", async () => {
    const explanation = await element();
    const button = find(explanation, "button");
    button.dispatchEvent(pointer("pointermove", "mouse"));
    vi.advanceTimersByTime(700);
    button.dispatchEvent(pointer("pointerleave", "mouse"));
    await later();
    expect(findAll(explanation, '[role="dialog"]')).toEqual([]);
  });
});
