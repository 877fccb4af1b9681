import { describe, expect, it } from "vitest";
import { isOutdated } from "../../src/panel/messages.js";

const RUNNING =
  "http://ha.local:8123/heatpump_dashboard/frontend/panel-aB_1.js";

describe("isOutdated", () => {
  it("tells another module from the one that runs", () => {
    expect(isOutdated(RUNNING, "panel-Cd-2.js")).toBe(true);
    expect(isOutdated(RUNNING, "panel-aB_1.js")).toBe(false);
    expect(isOutdated(`${RUNNING}?v=2`, "panel-aB_1.js")).toBe(false);
  });

  it("says nothing where nothing is known", () => {
    expect(isOutdated(RUNNING, null)).toBe(false);
    expect(isOutdated(RUNNING, undefined)).toBe(false);
    expect(isOutdated("http://localhost:5179/src/panel/x.ts", "y.js")).toBe(
      false
    );
  });
});
