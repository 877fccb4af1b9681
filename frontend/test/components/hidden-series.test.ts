import { afterEach, describe, expect, it, vi } from "vitest";
import {
  loadHidden,
  saveHidden,
  toggled,
} from "../../src/components/hidden-series.js";

afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

describe("hidden series", () => {
  it("are remembered for each view apart", () => {
    saveHidden("temperature", new Set(["indoor_temp"]));
    expect([...loadHidden("temperature")]).toEqual(["indoor_temp"]);
    expect([...loadHidden("valve")]).toEqual([]);
  });

  it("begin with the charges, until the user shows them", () => {
    expect([...loadHidden("power")]).toEqual(["hot_water"]);
    saveHidden("power", new Set());
    expect([...loadHidden("power")]).toEqual([]);
  });

  it("survive what others have stored", () => {
    localStorage.setItem("heatpump_dashboard.hidden.cop", "{broken");
    expect([...loadHidden("cop")]).toEqual([]);
    localStorage.setItem("heatpump_dashboard.hidden.cop", "[1]");
    expect([...loadHidden("cop")]).toEqual([]);
  });

  it("do without storage", () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new Error("blocked");
    });
    expect(() => {
      saveHidden("cop", new Set(["cop"]));
    }).not.toThrow();
  });

  it("turn over one at a time and leave the old set alone", () => {
    const before = new Set(["a"]);
    expect([...toggled(before, "b")]).toEqual(["a", "b"]);
    expect([...toggled(before, "a")]).toEqual([]);
    expect([...before]).toEqual(["a"]);
  });
});
