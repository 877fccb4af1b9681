import { describe, expect, it } from "vitest";
import { createFormat } from "../../src/format/format.js";
import type { FormatLocale } from "../../src/format/format.js";

const locale = (change: Partial<FormatLocale> = {}): FormatLocale => ({
  language: "en",
  number_format: "language",
  time_format: "24",
  date_format: "DMY",
  time_zone: "server",
  ...change,
});

const format = (
  change: Partial<FormatLocale> = {},
  zone = "Europe/Stockholm"
) => createFormat(locale(change), zone);

const MOMENT = Date.UTC(2026, 0, 22, 12, 16);

describe("numbers", () => {
  it("have a true minus sign and the wanted decimals", () => {
    expect(format().number(-7.25, 1)).toBe("\u22127.3");
    expect(format({ language: "sv" }).number(-7.25, 1)).toBe("\u22127,3");
  });

  it("never show minus zero", () => {
    expect(format().number(-0.04, 1)).toBe("0.0");
    expect(format({ language: "sv" }).number(-0, 0)).toBe("0");
  });

  it("show a dash where there is no value", () => {
    expect(format().number(null, 1)).toBe("–");
    expect(format().number(Number.NaN, 1)).toBe("–");
    expect(format().energy(undefined)).toBe("–");
    expect(format().temperature(null, 0)).toBe("–");
    expect(format().percent(null)).toBe("–");
  });

  it.each([
    ["comma_decimal", "1,234.5"],
    ["decimal_comma", "1.234,5"],
    ["space_comma", "1\u202f234,5"],
    ["none", "1234.5"],
    ["language", "1,234.5"],
  ])("follow the user's number format %s", (number_format, text) => {
    expect(format({ number_format }).energy(1234.5)).toBe(text);
  });

  it.each([
    [174.14, "174.1"],
    [999.94, "999.9"],
    [3962.5, "3,960"],
    [-1234.5, "\u22121,230"],
    [null, "–"],
  ])("of a sum of %f kWh are as sure as it is", (kwh, text) => {
    expect(format().roughEnergy(kwh)).toBe(text);
  });

  it("group with a quote as the Swiss do", () => {
    const { energy } = format({ number_format: "quote_decimal" });
    expect(energy(1234.5)).toMatch(/^1['’]234\.5$/);
  });

  it.each(["SEK", "crowns"])(
    "have no sign before nothing, in %s",
    (currency) => {
      const { money, number } = format({ language: "en" });
      for (const amount of [-0.2, -0, 0]) {
        expect(number(amount, 0)).toBe("0");
        expect(money(amount, currency)).toMatch(/^[^-\u2212]*0[^-\u2212]*$/);
      }
      expect(money(-0.002, currency, 2)).not.toMatch(/[-\u2212]/);
      expect(money(-3, currency)).toMatch(/[-\u2212]/);
    }
  );

  it("stand before their unit with the right space", () => {
    expect(format().temperature(-7, 0)).toBe("\u22127\u2009°C");
    expect(format().percent(0.764)).toBe("76\u00a0%");
    expect(format().percent(0.9732, 1)).toBe("97.3\u00a0%");
  });
});

describe("durations", () => {
  it.each([
    [0, "0 min"],
    [29, "0 min"],
    [34 * 60, "34 min"],
    [3_599, "1 h 00 min"],
    [64_200, "17 h 50 min"],
    [16 * 3600 + 240, "16 h 04 min"],
    [431 * 3600, "431 h 00 min"],
  ])("%i s is %s", (seconds, text) => {
    expect(format().duration(seconds)).toBe(text);
  });

  it.each([
    [99 * 3600 + 1800, "99 h 30 min"],
    [405 * 3600 + 56 * 60, "406 h"],
    [1234 * 3600, "1,234 h"],
  ])("%i s of a sum are about %s", (seconds, text) => {
    expect(format().roughDuration(seconds)).toBe(text);
  });

  it.each([
    [-3, "0 s"],
    [12.9, "12 s"],
    [60, "1 min"],
    [15_720, "4 h 22 min"],
    [273_600, "3 d 4 h"],
    [7_200, "2 h"],
    [172_800, "2 d"],
  ])("an age of %i s is %s", (seconds, text) => {
    expect(format().age(seconds)).toBe(text);
  });
});

describe("times", () => {
  it("are written in Home Assistant's zone where the user wants it", () => {
    expect(format().time(MOMENT)).toBe("13:16");
    expect(format({}, "America/New_York").time(MOMENT)).toBe("07:16");
    expect(format().timeZone).toBe("Europe/Stockholm");
  });

  it("are written in the browser's zone else", () => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(format({ time_zone: "local" }).timeZone).toBe(own);
  });

  it("follow the user's clock", () => {
    expect(format({ time_format: "12" }).time(MOMENT)).toMatch(/^1:16\sPM$/);
    const usual = { time_format: "language" };
    expect(format(usual).time(MOMENT)).toMatch(/^1:16\sPM$/);
    expect(format({ ...usual, language: "sv" }).time(MOMENT)).toBe("13:16");
    expect(format({ time_format: "24" }).time(MOMENT - 13 * 3_600_000)).toBe(
      "00:16"
    );
  });

  it("name the day as the user orders it", () => {
    expect(format().dayTime(MOMENT)).toBe("Thu 22 Jan, 13:16");
    expect(format({ date_format: "MDY" }).dayTime(MOMENT)).toBe(
      "Thu Jan 22, 13:16"
    );
    expect(format({ language: "sv" }).dayTime(MOMENT)).toBe(
      "tors 22 jan, 13:16"
    );
    expect(format().day(MOMENT)).toBe("Thu 22");
    expect(format().date(MOMENT)).toBe("22 Jan 2026");
  });

  it.each(["he", "ar", "fa-IR"])(
    "of %s are in the words and the direction of the texts",
    (language) => {
      const of = createFormat(
        locale({ language, time_format: "24" }),
        "Europe/Stockholm",
        false,
        "en"
      );
      const said = [
        of.dayTime(MOMENT),
        of.date(MOMENT),
        of.number(-1234.5, 1),
        of.percent(0.5),
        of.money(58, "SEK"),
      ];
      expect(said[0]).toBe("Thu 22 Jan, 13:16");
      expect(said[2]).toBe("\u22121,234.5");
      // No marks of direction, no other digits.
      for (const each of said)
        expect(each).not.toMatch(/[\u0590-\u08ff\u200e\u200f]/);
    }
  );

  it("have our names of days beside the user's numbers", () => {
    const german = locale({ language: "de" });
    const of = createFormat(german, "Europe/Stockholm", false, "en");
    expect(of.dayTime(MOMENT)).toBe("Thu 22 Jan, 13:16");
    expect(of.number(1234.5, 1)).toBe("1.234,5");
  });

  it("begin the day at the local midnight", () => {
    const start = format().dayStart(MOMENT);
    expect(new Date(start).toISOString()).toBe("2026-01-21T23:00:00.000Z");
  });
});
