import { describe, expect, it } from "vitest";
import { binEdges, binLedger } from "../../src/data/bins.js";
import { RANGES } from "../../src/data/range.js";
import { createFormat } from "../../src/format/format.js";
import { FakeServer } from "../fixtures/heat-pump.js";

const END = Date.UTC(2026, 0, 22, 19, 42);
const server = new FakeServer(END, 31);
const format = createFormat(
  {
    language: "en",
    number_format: "language",
    time_format: "24",
    date_format: "DMY",
    time_zone: "server",
  },
  "Europe/Stockholm"
);

describe.each(RANGES)("bars of %s", (range) => {
  const { ledger, start, end, totals } = server.snapshot(range, END);
  const bins = binLedger(ledger, start, end, binEdges(start, end, format));

  it("are few enough to be seen and cover the whole picture", () => {
    expect(bins.length).toBeGreaterThanOrEqual(12);
    expect(bins.length).toBeLessThanOrEqual(32);
    expect(bins[0]?.from).toBe(0);
    expect(bins.at(-1)?.to).toBe(1);
    bins.slice(1).forEach((bin, index) => {
      expect(bin.from).toBe(bins[index]?.to);
    });
  });

  it("add up to the period", () => {
    const sum = bins.reduce((all, bin) => all + bin.sum("heat_kwh"), 0);
    expect(sum).toBeCloseTo(totals.heat_kwh!, 6);
  });
});

describe("binEdges", () => {
  it("of 30 days are local midnights", () => {
    const edges = binEdges(END - 30 * 86_400_000, END, format);
    expect(edges).toHaveLength(30);
    expect(edges.every((edge) => edge === format.dayStart(edge))).toBe(true);
  });
});

describe("binLedger", () => {
  it("knows nothing of a column that is not there", () => {
    const { ledger, start, end } = server.snapshot("1h", END);
    const [bin] = binLedger(ledger, start, end, []);
    expect(bin?.sum("cost")).toBe(0);
  });
});
