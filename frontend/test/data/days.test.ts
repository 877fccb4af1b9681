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
    const ran = days.reduce(
      (sum, { compressorS }) => sum + (compressorS ?? 0),
      0
    );
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

  const longRows = (step: number, time: number[]) => ({
    ...month,
    ...{ start: time[0]!, end: time.at(-1)! + step * 1000 },
    ledger: {
      ...{ step, time },
      ...{ heat_kwh: time.map(() => 70), electricity_kwh: time.map(() => 20) },
      heating_s: time.map(() => 7200),
    } as unknown as typeof month.ledger,
  });
  const none = { heatKwh: null, electricityKwh: null, compressorS: null };

  it("is not known of rows of weeks", () => {
    const monday = format.dayStart(Date.UTC(2026, 0, 5, 12));
    const weeks = longRows(604_800, [monday, monday + 7 * DAY]);
    for (const at of [0, 1, 6, 7, 9]) {
      const day = monday + at * DAY;
      expect(figuresOfDay(weeks, day, day + DAY, settings)).toMatchObject(none);
    }
  });

  it("is not known of days of another time zone", () => {
    const days = longRows(86_400, [today - 2 * DAY, today - DAY]);
    const [day, shifted] = [today - DAY, today - DAY - 6 * 3_600_000];
    expect(figuresOfDay(days, day, day + DAY, settings)).toMatchObject({
      heatKwh: 70,
      compressorS: 7200,
    });
    expect(figuresOfDay(days, shifted, shifted + DAY, settings)).toMatchObject(
      none
    );
  });

  it("is known of a day of 23 hours", () => {
    const day = Date.UTC(2026, 2, 28, 23);
    const days = longRows(86_400, [day - DAY, day, day + 23 * 3_600_000]);
    expect(
      figuresOfDay(days, day, day + 23 * 3_600_000, settings).heatKwh
    ).toBe(70);
  });
});
