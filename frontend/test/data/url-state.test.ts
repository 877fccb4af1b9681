import { describe, expect, it } from "vitest";
import { readUrl, writeUrl } from "../../src/data/url-state.js";

const span = {
  start: Date.UTC(2026, 0, 20, 5),
  end: Date.UTC(2026, 0, 21, 17, 30),
};

describe("url state", () => {
  it("reads pump and range", () => {
    expect(readUrl("?pump=01J&range=7d")).toEqual({
      pump: "01J",
      period: "7d",
    });
  });

  it("reads a span", () => {
    expect(
      readUrl("?from=2026-01-20T05:00Z&to=2026-01-21T18:30%2B01:00")
    ).toEqual({ pump: null, period: span });
  });

  it.each([
    "",
    "?range=90y",
    "?range=constructor",
    "?from=2026-01-20T05:00Z",
    "?from=2026-01-20T05:00Z&to=2026-01-19T05:00Z",
    "?from=yesterday&to=today",
  ])("knows nothing from %j", (search) => {
    expect(readUrl(search)).toEqual({ pump: null, period: null });
  });

  it("leaves alone what is not ours", () => {
    expect(writeUrl("?kiosk=1", { pump: "01J", period: "24h" })).toBe(
      "?kiosk=1&pump=01J&range=24h"
    );
    expect(writeUrl("?pump=01J&range=24h", { pump: null, period: null })).toBe(
      ""
    );
  });

  it("has either a range or a span", () => {
    const search = writeUrl("?range=24h", { pump: null, period: span });
    expect(search).not.toContain("range");
    expect(writeUrl(search, { pump: null, period: "1h" })).toBe("?range=1h");
  });

  it.each(["30d", span] as const)("reads back what it wrote: %j", (period) => {
    const state = { pump: "01J&=?", period };
    expect(readUrl(writeUrl("", state))).toEqual(state);
  });
});
