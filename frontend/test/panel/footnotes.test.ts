import { describe, expect, it } from "vitest";
import { render } from "lit";
import { footnotes } from "../../src/panel/footnotes.js";
import type { PumpInfo, Totals } from "../../src/data/types.js";
import { look } from "../components/fixture.js";
import { FakeServer, pumpInfo } from "../fixtures/heat-pump.js";

const END = Date.UTC(2026, 0, 22, 19, 42);
const day = new FakeServer(END, 2).snapshot("24h", END);
const HOUR = 3_600_000;

const notes = (
  info: Partial<PumpInfo> = {},
  totals: Partial<Totals> | null = {}
) => {
  const place = document.createElement("footer");
  const of = totals && { ...day, totals: { ...day.totals, ...totals } };
  render(footnotes(of, pumpInfo(info), look), place);
  return place.textContent.replace(/[^\S\u00a0]+/g, " ").trim();
};

const holesOf = (count: number) => ({
  history: {
    holes: Array.from({ length: count }, (_, i): [number, number] => [
      END - (i + 1) * 24 * HOUR,
      END - (i + 1) * 24 * HOUR + 6 * HOUR,
    ]),
  },
});

describe("footnotes", () => {
  it("say once what of the past could not be read", () => {
    const said = notes(holesOf(1));
    expect(said).toContain(
      "Could not be read: Wed 21 Jan, 20:42 to Thu 22 Jan, 02:42. Tried again later."
    );
    expect(notes(holesOf(1), null)).toContain("Could not be read");
  });

  it("name a few holes, and count the rest", () => {
    expect(notes(holesOf(5)).match(/ to /g)).toHaveLength(3);
    expect(notes(holesOf(5))).toContain("2 more");
    expect(notes(holesOf(4))).toContain("1 more");
    expect(notes(holesOf(3))).not.toContain("more");
  });

  it("say nothing of holes where there are none", () => {
    expect(notes(holesOf(0))).not.toContain("read");
    expect(notes()).not.toContain("read");
  });

  it("say how many values were left out as not plausible", () => {
    expect(notes({}, { dropped: 12 })).toContain(
      "12 values were not plausible"
    );
    expect(notes({}, { dropped: 1 })).toContain("1 value was not plausible");
    expect(notes({}, { dropped: 0 })).not.toContain("plausible");
  });
});
