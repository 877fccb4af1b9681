import { describe, expect, it } from "vitest";
import { parseColor } from "../../src/theme/color.js";
import { TOKENS, buildTheme, tokenStyles } from "../../src/theme/tokens.js";
import type { ChartTheme } from "../../src/theme/tokens.js";
import { contrast } from "./contrast.js";

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
