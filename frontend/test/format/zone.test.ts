import { describe, expect, it } from "vitest";
import { createZone, hourEdges } from "../../src/format/zone.js";

const HOUR = 3_600_000;
const stockholm = createZone("Europe/Stockholm");
const iso = (ms: number) => new Date(ms).toISOString();

describe("createZone", () => {
  it("knows what the wall clock shows, in winter and summer", () => {
    expect(iso(stockholm.local(Date.UTC(2026, 0, 22, 12)))).toBe(
      "2026-01-22T13:00:00.000Z"
    );
    expect(iso(stockholm.local(Date.UTC(2026, 6, 1, 12)))).toBe(
      "2026-07-01T14:00:00.000Z"
    );
  });

  it.each([
    "Europe/Stockholm",
    "America/St_Johns",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
  ])("finds the moment of a wall clock time again (%s)", (name) => {
    const zone = createZone(name);
    for (let day = 0; day < 365; day += 3) {
      const moment = Date.UTC(2026, 0, 1 + day, 5, 15);
      const found = zone.utc(zone.local(moment));
      expect(zone.local(found)).toBe(zone.local(moment));
      expect(moment - found).toBeLessThanOrEqual(HOUR);
    }
  });

  it("takes the first of two equal times when the clock goes back", () => {
    const wanted = Date.UTC(2026, 9, 25, 2, 30);
    expect(iso(stockholm.utc(wanted))).toBe("2026-10-25T00:30:00.000Z");
  });

  it("takes the moment of the jump for a time that does not exist", () => {
    const wanted = Date.UTC(2026, 2, 29, 2, 30);
    expect(iso(stockholm.utc(wanted))).toBe("2026-03-29T01:00:00.000Z");
  });

  it("starts a day that has no midnight at its first moment", () => {
    const cairo = createZone("Africa/Cairo");
    const noon = Date.UTC(2026, 3, 24, 10);
    expect(iso(cairo.dayStart(noon))).toBe("2026-04-23T22:00:00.000Z");
  });

  it("knows days of 23 and 25 hours", () => {
    const length = (...day: [number, number, number]) => {
      const start = stockholm.dayStart(Date.UTC(...day, 12));
      return stockholm.dayStart(start + 30 * HOUR) - start;
    };
    expect(length(2026, 2, 29)).toBe(23 * HOUR);
    expect(length(2026, 9, 25)).toBe(25 * HOUR);
    expect(length(2026, 5, 1)).toBe(24 * HOUR);
  });
});

describe("hourEdges", () => {
  const local = (edges: number[]) =>
    edges.map((edge) => iso(stockholm.local(edge)).slice(8, 16));

  it("gives whole multiples of the wall clock's hours", () => {
    const start = Date.UTC(2026, 0, 21, 19, 40);
    const edges = hourEdges(stockholm, start, start + 24 * HOUR, 6);
    expect(local(edges)).toEqual([
      "22T00:00",
      "22T06:00",
      "22T12:00",
      "22T18:00",
    ]);
  });

  it("gives the first days of months, across the new year and the clock's change", () => {
    const start = Date.UTC(2025, 9, 20);
    const edges = (hours: number) =>
      hourEdges(stockholm, start, Date.UTC(2026, 5, 15), hours).map((edge) =>
        iso(stockholm.local(edge)).slice(0, 16)
      );
    expect(edges(720)).toEqual(
      ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04"]
        .concat("2026-05", "2026-06")
        .map((month) => `${month}-01T00:00`)
    );
    expect(edges(2160)).toEqual(["2026-01-01T00:00", "2026-04-01T00:00"]);
  });

  it("skips the hour that does not exist", () => {
    const start = Date.UTC(2026, 2, 29, 0);
    const edges = hourEdges(stockholm, start, start + 3 * HOUR, 1);
    expect(local(edges)).toEqual([
      "29T01:00",
      "29T03:00",
      "29T04:00",
      "29T05:00",
    ]);
  });

  it("keeps days where they are when the range moves on", () => {
    const start = Date.UTC(2026, 0, 1);
    const days = hourEdges(stockholm, start, start + 20 * 24 * HOUR, 72);
    const later = hourEdges(
      stockholm,
      start + 24 * HOUR,
      start + 20 * 24 * HOUR,
      72
    );
    expect(days).toEqual(expect.arrayContaining(later));
    expect(local(days).every((edge) => edge.endsWith("00:00"))).toBe(true);
  });

  it("follows zones of half hours", () => {
    const kolkata = createZone("Asia/Kolkata");
    const start = Date.UTC(2026, 0, 1);
    expect(hourEdges(kolkata, start, start + 2 * HOUR, 1).map(iso)).toEqual([
      "2026-01-01T00:30:00.000Z",
      "2026-01-01T01:30:00.000Z",
    ]);
  });
});
