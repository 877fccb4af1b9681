/** Colours as a canvas needs them: any computed CSS colour to `rgba(r, g, b, a)`. */

export interface Rgba {
  r: number;
  g: number;
  b: number;
  a: number;
}

const HEX = /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i;
const FUNCTION = /^(rgba?|color)\(\s*(?:srgb\s+)?([^)]+)\)$/i;

const fromHex = (digits: string): Rgba => {
  const long = digits.length < 6 ? digits.replace(/./g, "$&$&") : digits;
  const channel = (index: number) =>
    Number.parseInt(long.slice(index * 2, index * 2 + 2), 16);
  return {
    r: channel(0),
    g: channel(1),
    b: channel(2),
    a: long.length === 8 ? channel(3) / 255 : 1,
  };
};

/** Colours of wide gamuts lie outside of what a canvas knows; "none" is nothing. */
const amount = (text: string, full: number) => {
  const number = text === "none" ? 0 : Number.parseFloat(text);
  const value = text.endsWith("%") ? (number / 100) * full : number;
  return Math.min(full, Math.max(0, value));
};

/** Understands hex of 3, 4, 6 and 8 digits, rgb(), rgba() and color(srgb …); else null. */
export const parseColor = (css: string): Rgba | null => {
  const text = css.trim();
  const hex = HEX.exec(text)?.[1];
  if (hex) return fromHex(hex);
  if (text.toLowerCase() === "transparent") return { r: 0, g: 0, b: 0, a: 0 };
  const [, name, body] = FUNCTION.exec(text) ?? [];
  if (!name || !body) return null;
  const parts = body.split(/[\s,/]+/).filter(Boolean);
  const scale = name.toLowerCase() === "color" ? 255 : 1;
  const [r, g, b] = parts
    .slice(0, 3)
    .map((part) => Math.round(amount(part, 255 / scale) * scale));
  const a = parts[3] === undefined ? 1 : amount(parts[3], 1);
  if (r === undefined || g === undefined || b === undefined) return null;
  return [r, g, b, a].every(Number.isFinite) ? { r, g, b, a } : null;
};

export const toCss = ({ r, g, b, a }: Rgba): string =>
  `rgba(${r}, ${g}, ${b}, ${Math.round(a * 1000) / 1000})`;

/** The same colour at `alpha` (0…1) times its own opacity. */
export const withAlpha = (css: string, alpha: number): string => {
  const color = parseColor(css);
  return color ? toCss({ ...color, a: color.a * alpha }) : css;
};

/** Relative luminance, 0…1 (WCAG 2). */
export const luminance = ({ r, g, b }: Rgba): number => {
  const [red = 0, green = 0, blue = 0] = [r, g, b].map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** `above` painted on `below`, which is opaque. */
export const over = (above: Rgba, below: Rgba): Rgba => {
  const mix = (one: number, other: number) =>
    Math.round(one * above.a + other * (1 - above.a));
  return {
    r: mix(above.r, below.r),
    g: mix(above.g, below.g),
    b: mix(above.b, below.b),
    a: 1,
  };
};

/** Contrast ratio of two opaque colours, 1…21 (WCAG 2). */
export const contrast = (one: Rgba, other: Rgba): number => {
  const [a, b] = [luminance(one) + 0.05, luminance(other) + 0.05];
  return Math.max(a / b, b / a);
};

/** Below it white text is easier to read on a colour than black (WCAG 2). */
const MIDDLE = 0.179;

export const isDark = (color: Rgba): boolean => luminance(color) < MIDDLE;

/** `color` on an opaque surface, mixed with black or white until its contrast is `least`. */
export const legible = (color: Rgba, surface: Rgba, least: number): Rgba => {
  const end = isDark(surface) ? 255 : 0;
  const seen = over(color, surface);
  let mixed = color;
  for (let a = 0; a < 1 && contrast(over(mixed, surface), surface) < least;) {
    a += 0.05;
    mixed = over({ r: end, g: end, b: end, a: Math.min(1, a) }, seen);
  }
  return mixed;
};
