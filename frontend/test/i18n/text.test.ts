import { describe, expect, it } from "vitest";
import { catalogue, textOf } from "../../src/i18n/text.js";
import { english } from "./english.js";

const text = textOf(
  catalogue({
    greeting: "Good {time}, {name}",
    starts: { one: "1 start", other: "{count} starts" },
  }),
  "en"
);

describe("textOf", () => {
  it("fills in what it is given and leaves other places", () => {
    expect(text("greeting", { time: "day" })).toBe("Good day, {name}");
  });

  it("chooses the plural form", () => {
    expect(text("starts", { count: 1 })).toBe("1 start");
    expect(text("starts", { count: 13 })).toBe("13 starts");
  });

  it("writes numbers as it is told, and leaves words that are digits", () => {
    const write = (value: number) => `<${value}>`;
    expect(text("starts", { count: 5055 }, write)).toBe("<5055> starts");
    expect(text("greeting", { time: "5055" }, write)).toMatch("Good 5055");
  });

  it("shows the key where there is no text", () => {
    expect(text("nothing.here")).toBe("nothing.here");
  });
});

describe("English", () => {
  it("has a sentence for every reason and error it may be given", () => {
    for (const part of ["title", "help"]) {
      expect(english(`error.other.${part}`)).not.toContain("error.");
    }
    expect(english("missing.other.help", { pump: "P" })).toContain("P ");
  });
});
