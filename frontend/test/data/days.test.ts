import { describe, expect, it } from "vitest";
import { byDay, figuresOfDay, isLong } from "../../src/data/days.js";
import { runsOf } from "../../src/data/runs.js";
import { look } from "../components/fixture.js";
import { FakeServer, pumpInfo } from "../fixtures/heat-pump.js";

const END = Date.UTC(2026, 0, 22, 19, 42);
const DAY = 86_400_000;
const server = new FakeServer(END, 31);
const month = server.snapshot("30d", END);
const { settings } = pumpInfo();
const { format } = look;

describe("byDay", () => {
  const runs = runsOf(month);
  const days = byDay(runs, format);

  it("has every run once, in its local day", () => {
    expect(days.flatMap((day) => day.runs)).toEqual(runs);
    expect(new Set(days.map(({ day }) => day)).size).toBe(days.length);
    for (const { day, runs: own } of days) {
      for (const run of own) {
        expect(format.dayStart(run.from ?? run.to ?? 0)).toBe(day);
      }
    }
  });
});

it("is long where days say more than events", () => {
  expect(isLong(month)).toBe(true);
  expect(isLong(server.snapshot("7d", END))).toBe(false);
});

describe("figuresOfDay", () => {
  const of = (day: number) => figuresOfDay(month, day, day + DAY, settings);
  const today = format.dayStart(END);

  it("adds up to the period", () => {
    const days = Array.from({ length: 31 }, (_, i) => of(today - i * DAY));
    const heat = days.reduce((sum, { heatKwh }) => sum + (heatKwh ?? 0), 0);
    expect(heat).toBeCloseTo(month.totals.heat_kwh ?? NaN, 0);
    const ran = days.reduce((sum, { compressorS }) => sum + compressorS, 0);
    expect(ran / (month.totals.compressor_s ?? NaN)).toBeCloseTo(1, 2);
  });

  it("has the COP of a day, and none where nothing ran", () => {
    const { cop, heatKwh, electricityKwh } = of(today - DAY);
    expect(cop).toBeGreaterThan(2);
    expect(cop).toBe((heatKwh ?? 0) / (electricityKwh ?? 1));
    expect(of(today + 3 * DAY).cop).toBeNull();
  });

  it("knows nothing of what nobody reports", () => {
    const totals = { ...month.totals, heat_kwh: null, electricity_kwh: null };
    expect(
      figuresOfDay({ ...month, totals }, today, END, settings)
    ).toMatchObject({ heatKwh: null, electricityKwh: null });
  });
});
