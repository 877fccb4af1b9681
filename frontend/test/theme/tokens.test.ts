import { describe, expect, it } from "vitest";
import { contrast, over, parseColor, toCss } from "../../src/theme/color.js";
import { TOKENS, buildTheme, tokenStyles } from "../../src/theme/tokens.js";
import type { ChartTheme } from "../../src/theme/tokens.js";

const own = (dark: boolean) => buildTheme(dark, () => "", "Roboto");

const ratio = (theme: ChartTheme, key: keyof ChartTheme) =>
  contrast(parseColor(String(theme[key]))!, parseColor(theme.card)!);

describe("buildTheme", () => {
  it("resolves every colour to rgba", () => {
    const { dark, fontFamily, overlay, ...colors } = own(true);
    expect(overlay).toBe(colors.card);
    expect([dark, fontFamily]).toEqual([true, "Roboto"]);
    expect(Object.keys(colors)).toHaveLength(Object.keys(TOKENS).length);
    for (const color of Object.values(colors)) {
      expect(color).toMatch(/^rgba\(\d+, \d+, \d+, [\d.]+\)$/);
    }
  });

  it.each([
    [false, "rgba(255, 255, 255, 0.5)", "rgb(0, 0, 255)", "128, 128, 255"],
    [true, "rgba(0, 0, 0, 0)", "rgb(10, 20, 30)", "10, 20, 30"],
    [true, "rgba(0, 0, 0, 0)", "rgba(0, 0, 0, 0)", "0, 0, 0"],
    [false, "rgba(0, 0, 0, 0.1)", "rgba(0, 0, 0, 0)", "230, 230, 230"],
  ])(
    "is opaque where it lies over others, whatever the theme's cards are (%#)",
    (dark, card, background, seen) => {
      const { overlay } = buildTheme(
        dark,
        (name) =>
          name === "card" ? card : name === "background" ? background : "",
        "Roboto"
      );
      expect(overlay).toBe(`rgba(${seen}, 1)`);
    }
  );

  it("takes what the page computes before its own", () => {
    const theme = buildTheme(
      false,
      (name) => (name === "heating" ? "rgb(1, 2, 3)" : ""),
      "Roboto"
    );
    expect(theme.heating).toBe("rgba(1, 2, 3, 1)");
    expect(theme.supply).toBe("rgba(207, 67, 20, 1)");
  });

  it.each(["light", "dark"])("writes readable text on a %s card", (name) => {
    const theme = own(name === "dark");
    const texts = Object.keys(theme).filter((key) => /text$/i.test(key));
    expect(texts).toHaveLength(8);
    for (const key of texts) {
      expect(ratio(theme, key as keyof ChartTheme), key).toBeGreaterThan(4.5);
    }
  });

  it.each([
    // A bright accent on a pale card, a deep one on a dark card, a card that is neither.
    [false, "rgb(255, 246, 214)", "rgb(255, 238, 0)"],
    [true, "rgb(47, 74, 30)", "rgb(255, 0, 170)"],
    [true, "rgb(28, 28, 28)", "rgba(20, 40, 90, 0.8)"],
    [false, "rgba(255, 255, 255, 0.6)", "rgb(200, 220, 255)"],
  ])("stays readable in a theme of odd accents (%#)", (dark, card, accent) => {
    const accents = ["compressor", "auxiliary", "alarm", "heating"];
    const theme = buildTheme(
      dark,
      (name) =>
        name === "card"
          ? card
          : accents.includes(name.replace("-text", ""))
            ? accent
            : "",
      "Roboto"
    );
    const surface = parseColor(theme.overlay)!;
    const against = (key: keyof ChartTheme) =>
      contrast(parseColor(String(theme[key]))!, surface);
    for (const key of Object.keys(theme).filter((each) => /text$/i.test(each)))
      expect(against(key as keyof ChartTheme), key).toBeGreaterThanOrEqual(4.5);
    for (const key of ["compressor", "alarm"] as const)
      expect(against(key), key).toBeGreaterThanOrEqual(3);
    // On the tint of a button too.
    const tint = over({ ...parseColor(theme.compressor)!, a: 0.14 }, surface);
    const text = parseColor(theme.compressorText)!;
    expect(contrast(text, tint)).toBeGreaterThanOrEqual(4.5);
  });

  it.each([false, true])("keeps our own colours as they are (%s)", (dark) => {
    const theme = own(dark);
    const name = dark ? "dark" : "light";
    for (const key of ["compressor", "alarm", "text", "card"] as const)
      expect(theme[key]).toBe(toCss(parseColor(TOKENS[key][name])!));
  });

  it.each(["light", "dark"])("draws marks one can see on a %s card", (name) => {
    const theme = own(name === "dark");
    const marks = [
      "supply",
      "return",
      "hotWater",
      "brineIn",
      "brineOut",
      "outdoor",
      "indoor",
      "compressor",
      "alarm",
    ] as const;
    for (const key of marks) {
      expect(ratio(theme, key), key).toBeGreaterThan(3);
    }
  });
});

describe("tokenStyles", () => {
  it("asks the user's theme, then Home Assistant, then our own colour", () => {
    expect(tokenStyles.cssText).toContain(
      "--hp-compressor: var(--heatpump-compressor, var(--primary-color, #009ac7));"
    );
    expect(tokenStyles.cssText).toContain(
      "--hp-supply: var(--heatpump-supply, #ff7a45);"
    );
  });
});
