import { describe, expect, it } from "vitest";
import { createFormat } from "../../src/format/format.js";
import {
  currencyName,
  insideName,
  nameOf,
  shortName,
} from "../../src/history/words.js";
import { catalogue, textOf } from "../../src/i18n/text.js";
import swedish from "../../src/i18n/sv.json" with { type: "json" };
import { look } from "../components/fixture.js";
import { day } from "./fixture.js";

describe("words of the history", () => {
  const sv = { ...look, text: textOf(catalogue(swedish), "sv") };
  const format = createFormat(
    {
      ...{ language: "sv", number_format: "language", time_format: "24" },
      ...{ date_format: "YMD", time_zone: "server" },
    },
    "Europe/Stockholm"
  );

  it("has months small inside a Swedish sentence, and as they are named at its begin", () => {
    const month = { unit: "month", start: day("2026-11-01") } as const;
    expect(nameOf(month, sv)).toBe("November 2026");
    expect(insideName(month, sv)).toBe("november 2026");
    expect(insideName(month, look)).toBe("November 2026");
    const week = { unit: "week", start: day("2026-11-30") } as const;
    expect(shortName(week, look)).toBe("30 Nov – 6 Dec 2026");
    expect(insideName(week, look)).toBe("30 Nov – 6 Dec 2026");
  });

  it("has one name of a currency, that which stands beside its amounts", () => {
    expect(currencyName("SEK", { ...sv, format })).toBe("kr");
    expect(currencyName("SEK", look)).toBe("kr");
    expect(currencyName("EUR", look)).toBe("€");
    expect(currencyName("CZK", look)).toBe("Kč");
    expect(currencyName("nothing", look)).toBe("nothing");
    expect(currencyName(undefined, look)).toBe("");
  });
});
