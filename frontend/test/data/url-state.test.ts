import { describe, expect, it } from "vitest";
import { readUrl, writeUrl } from "../../src/data/url-state.js";

describe("readUrl", () => {
  it("takes the pump and a range it knows", () => {
    expect(readUrl("?pump=abc&range=7d")).toEqual({ pump: "abc", range: "7d" });
    expect(readUrl("?range=2y")).toEqual({ pump: null, range: null });
    expect(readUrl("")).toEqual({ pump: null, range: null });
  });
});

describe("writeUrl", () => {
  it("leaves what others have written", () => {
    expect(writeUrl("?kiosk=1&range=1h", { pump: "a b", range: "24h" })).toBe(
      "?kiosk=1&range=24h&pump=a+b"
    );
  });

  it("takes away what is not chosen", () => {
    expect(writeUrl("?pump=a&range=1h", { pump: null, range: null })).toBe("");
  });

  it("is read again as it was written", () => {
    const state = { pump: "01J&=?", range: "30d" } as const;
    expect(readUrl(writeUrl("", state))).toEqual(state);
  });
});
