import { describe, expect, it } from "vitest";
import {
  contrast,
  isDark,
  over,
  parseColor,
  toCss,
  withAlpha,
} from "../../src/theme/color.js";

describe("parseColor", () => {
  it.each([
    ["#fff", { r: 255, g: 255, b: 255, a: 1 }],
    ["#0f08", { r: 0, g: 255, b: 0, a: 136 / 255 }],
    ["#009ac7", { r: 0, g: 154, b: 199, a: 1 }],
    ["#0000001f", { r: 0, g: 0, b: 0, a: 31 / 255 }],
    ["rgb(0, 154, 199)", { r: 0, g: 154, b: 199, a: 1 }],
    ["rgba(0, 154, 199, 0.5)", { r: 0, g: 154, b: 199, a: 0.5 }],
    ["rgb(0 154 199 / 50%)", { r: 0, g: 154, b: 199, a: 0.5 }],
    ["color(srgb 0 0.4 1)", { r: 0, g: 102, b: 255, a: 1 }],
    ["color(srgb 0 0.4 1 / 0.25)", { r: 0, g: 102, b: 255, a: 0.25 }],
    ["color(srgb -0.1 0.4 1.3)", { r: 0, g: 102, b: 255, a: 1 }],
    ["color(srgb none 0.4 1 / none)", { r: 0, g: 102, b: 255, a: 0 }],
    [" transparent ", { r: 0, g: 0, b: 0, a: 0 }],
  ])("reads %s", (css, color) => {
    expect(parseColor(css)).toEqual(color);
  });

  it.each([
    "",
    "var(--x)",
    "#12345",
    "rgb(1, 2)",
    "color(display-p3 1 0 0)",
    "red",
  ])("gives up on %j", (css) => {
    expect(parseColor(css)).toBeNull();
  });
});

describe("writing", () => {
  it("keeps three decimals of opacity", () => {
    expect(toCss({ r: 1, g: 2, b: 3, a: 31 / 255 })).toBe(
      "rgba(1, 2, 3, 0.122)"
    );
  });

  it("multiplies opacity instead of appending it", () => {
    expect(withAlpha("#00000080", 0.5)).toBe("rgba(0, 0, 0, 0.251)");
    expect(withAlpha("unknown", 0.5)).toBe("unknown");
  });
});

describe("over", () => {
  it("paints a colour on another", () => {
    const white = { r: 255, g: 255, b: 255, a: 1 };
    const glass = { r: 0, g: 0, b: 0, a: 0.2 };
    expect(over(glass, white)).toEqual({ r: 204, g: 204, b: 204, a: 1 });
    expect(over({ ...glass, a: 0 }, white)).toEqual(white);
  });
});

describe("isDark", () => {
  it.each([
    ["#111111", true],
    ["#1c1c1c", true],
    ["#263238", true],
    ["#2e3440", true],
    ["#fafafa", false],
    ["#e0e0e0", false],
    ["#b0c4de", false],
  ])("%s: %s", (css, dark) => {
    expect(isDark(parseColor(css)!)).toBe(dark);
  });
});

describe("contrast", () => {
  it("is 21 between black and white, whichever comes first", () => {
    const black = { r: 0, g: 0, b: 0, a: 1 };
    const white = { r: 255, g: 255, b: 255, a: 1 };
    expect(contrast(black, white)).toBeCloseTo(21);
    expect(contrast(white, black)).toBeCloseTo(21);
  });
});
