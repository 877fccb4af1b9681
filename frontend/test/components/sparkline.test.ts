import { describe, expect, it } from "vitest";
import "../../src/components/kpi/kpi-card.js";
import { linePath } from "../../src/components/kpi/sparkline.js";
import { pumpInfo } from "../fixtures/heat-pump.js";
import { draw, find, findAll, look, words } from "./fixture.js";
import { snapshotNow } from "./schematic/snapshot-now.js";

const at = (...values: (number | null)[]) =>
  values.map((value, index) => ({
    from: index / values.length,
    to: (index + 1) / values.length,
    value,
  }));

describe("linePath", () => {
  it("never joins over a gap", () => {
    const path = linePath(at(1, 2, null, 3, 4), (value) => value);
    expect(path).toBe("M100 1L300 2M700 3L900 4");
  });

  it("draws a lone point as wide as its bin", () => {
    expect(linePath(at(null, 2, null, null), (value) => value)).toBe(
      "M250 2H500"
    );
  });

  it("draws nothing of nothing", () => {
    expect(linePath(at(null, null), (value) => value)).toBe("");
  });
});

describe("hp-kpi-card", () => {
  const kpi = {
    key: "cop",
    icon: "M0 0",
    name: "COP",
    value: "3.17",
    unit: "",
    beside: "± 0.36",
    context: [{ text: "System" }, { text: "3.09", strong: true }],
    spark: null,
    of: { snapshot: snapshotNow(), info: pumpInfo(), ...look },
  } as const;

  it("shows grey shapes until there is a figure", async () => {
    const card = await draw("hp-kpi-card", { kpi: null });
    expect(find(card, "article").getAttribute("aria-busy")).toBe("true");
    expect(words(card)).toBe("");
  });

  it("reads as a sentence", async () => {
    const card = await draw("hp-kpi-card", {
      kpi: { ...kpi, context: [...kpi.context] },
    });
    expect(words(card)).toBe("COP 3.17 ± 0.36 System 3.09");
    expect(find(card, "b").textContent).toBe("3.09");
  });

  it("stacks bars from the ground up", async () => {
    const card = await draw("hp-kpi-card", {
      kpi: {
        ...kpi,
        context: [],
        spark: {
          kind: "bars",
          bars: [{ from: 0, to: 0.5, parts: [1, 3] }],
          colors: ["red", "blue"],
          full: 4,
        },
      },
    });
    const bars = findAll(card, "rect").map((bar) => [
      bar.getAttribute("y"),
      bar.getAttribute("height"),
    ]);
    expect(bars).toEqual([
      ["27.0", "9.0"],
      ["0.0", "27.0"],
    ]);
  });

  it("puts modes and gaps where they were", async () => {
    const card = await draw("hp-kpi-card", {
      kpi: {
        ...kpi,
        context: [],
        spark: {
          kind: "strip",
          spans: [
            { from: 0, to: 0.25, mode: "heating" },
            { from: 0.25, to: 1, mode: "no_data" },
          ],
        },
      },
    });
    const strip = findAll(card, ".strip i");
    expect(strip.map((each) => each.className)).toEqual(["heating", "no-data"]);
    expect(strip[1]?.style.left).toBe("25%");
    expect(strip[1]?.style.width).toBe("75%");
  });
});
