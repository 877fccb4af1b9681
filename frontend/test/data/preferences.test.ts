import { afterEach, describe, expect, it, vi } from "vitest";
import {
  loadPreferences,
  savePreferences,
} from "../../src/data/preferences.js";

const NOTHING = { pump: null, range: null };

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe("preferences", () => {
  it("are each user's own", () => {
    savePreferences("anna", { pump: "01J", range: "7d" });
    expect(loadPreferences("anna")).toEqual({ pump: "01J", range: "7d" });
    expect(loadPreferences("bo")).toEqual(NOTHING);
  });

  it.each(["{", "7", '{"pump":1,"range":"9y"}', "null"])(
    "do without what is stored as %j",
    (stored) => {
      localStorage.setItem("heatpump_dashboard.last.anna", stored);
      expect(loadPreferences("anna")).toEqual(NOTHING);
    }
  );

  it("do without a storage", () => {
    const refuse = () => {
      throw new Error("blocked");
    };
    vi.stubGlobal("localStorage", { getItem: refuse, setItem: refuse });
    savePreferences("anna", { pump: "01J", range: "7d" });
    expect(loadPreferences("anna")).toEqual(NOTHING);
  });
});
