/**
 * The one place of colours. Each meaning is a custom property `--hp-<name>` on the panel's root:
 * a user theme's `heatpump-<name>` first, then Home Assistant's token, then our own colour.
 */
import { css, unsafeCSS } from "lit";
import type { CSSResult } from "lit";
import { legible, over, parseColor, toCss } from "./color.js";

interface Token {
  light: string;
  dark: string;
  /** Custom property of Home Assistant that carries the same meaning. */
  token?: string;
}

const text = (of: string, light: number, dark: number): Token => ({
  light: `color-mix(in srgb, var(--hp-${of}) ${light}%, black)`,
  dark: `color-mix(in srgb, var(--hp-${of}) ${dark}%, white)`,
});

/** Text variants are mixed from their colour, so that they follow a user's theme. */
export const TOKENS = {
  supply: { light: "#cf4314", dark: "#ff7a45" },
  return: { light: "#d9794d", dark: "#d9a58c" },
  "return-text": { light: "#a04a22", dark: "#d9a58c" },
  "hot-water": { light: "#9c2f96", dark: "#d678d0" },
  "brine-in": { light: "#1f5fbf", dark: "#5b9dff" },
  "brine-out": { light: "#4f8be0", dark: "#a9ccff" },
  "brine-out-text": { light: "#2c68b8", dark: "#a9ccff" },
  outdoor: { light: "#00796b", dark: "#35bba9" },
  indoor: { light: "#6b6f73", dark: "#b4b8bc" },
  heating: {
    light: "#f26b1d",
    dark: "#ff7f3a",
    token: "state-climate-heat-color",
  },
  "heating-text": text("heating", 66, 70),
  compressor: { light: "#009ac7", dark: "#12a5d3", token: "primary-color" },
  "compressor-text": text("compressor", 66, 64),
  auxiliary: { light: "#ffa600", dark: "#ffb52e", token: "warning-color" },
  "auxiliary-text": text("auxiliary", 53, 88),
  alarm: { light: "#db4437", dark: "#f0564a", token: "error-color" },
  "alarm-text": text("alarm", 80, 64),
  idle: { light: "#c6ccd1", dark: "#4a5056" },
  "no-data": { light: "#c4c4c4", dark: "#5a5a5a" },
  live: { light: "#43a047", dark: "#43a047", token: "success-color" },
  soil: { light: "#f1eee9", dark: "#252320" },
  "soil-line": { light: "#cfc7bb", dark: "#4a453e" },
  "grid-line": { light: "#00000014", dark: "#ffffff14" },
  text: { light: "#141414", dark: "#e1e1e1", token: "primary-text-color" },
  "secondary-text": {
    light: "#5e5e5e",
    dark: "#9b9b9b",
    token: "secondary-text-color",
  },
  divider: { light: "#0000001f", dark: "#ffffff1f", token: "divider-color" },
  card: { light: "#ffffff", dark: "#1c1c1c", token: "card-background-color" },
  background: {
    light: "#fafafa",
    dark: "#111111",
    token: "primary-background-color",
  },
} as const satisfies Record<string, Token>;

export type TokenName = keyof typeof TOKENS;

const isMixed = (name: TokenName) => TOKENS[name].light.startsWith("color-mix");

const entries = Object.entries(TOKENS) as [TokenName, Token][];

const declarations = (theme: "light" | "dark"): string =>
  entries
    .map(([name, token]) => {
      const own = token[theme];
      const home = token.token ? `var(--${token.token}, ${own})` : own;
      return `--hp-${name}: var(--heatpump-${name}, ${home});`;
    })
    .join("\n");

/** Styles that define every token on the host; `dark` is an attribute of the host. */
export const tokenStyles: CSSResult = css`
  :host {
    ${unsafeCSS(declarations("light"))}
    --hp-overlay: var(--hp-card);
    /* In the languages we speak one reads from left to right, whatever the home's is. */
    direction: ltr;
    unicode-bidi: isolate;
    --hp-font: var(--ha-font-family-body, Roboto, Noto, sans-serif);
  }
  :host([dark]) {
    ${unsafeCSS(declarations("dark"))}
  }
`;

/** Every colour of the charts by meaning, as concrete `rgba(…)` strings. */
export interface ChartTheme {
  dark: boolean;
  supply: string;
  return: string;
  returnText: string;
  hotWater: string;
  brineIn: string;
  brineOut: string;
  brineOutText: string;
  outdoor: string;
  indoor: string;
  heating: string;
  heatingText: string;
  compressor: string;
  compressorText: string;
  auxiliary: string;
  auxiliaryText: string;
  alarm: string;
  alarmText: string;
  idle: string;
  noData: string;
  live: string;
  soil: string;
  soilLine: string;
  gridLine: string;
  text: string;
  secondaryText: string;
  divider: string;
  card: string;
  background: string;
  /** What lies over others: a card on the page, opaque whatever the theme has made of them. */
  overlay: string;
  fontFamily: string;
}

type ColorKey = Exclude<keyof ChartTheme, "dark" | "fontFamily" | "overlay">;

const camel = (name: TokenName) =>
  name.replace(/-(\w)/g, (_, letter: string) =>
    letter.toUpperCase()
  ) as ColorKey;

/**
 * The least contrast to a card of what is written or drawn in colours that a user's theme gives, 0
 * = any. What is mixed of an accent also stands on a tint of it.
 */
const leastContrast = (name: TokenName): number => {
  if (name.endsWith("text")) return isMixed(name) ? 5.2 : 4.5;
  return name === "compressor" || name === "alarm" ? 3 : 0;
};

/** Of the tokens that `buildTheme` makes others of than they are in the theme. */
const ADJUSTED = entries.filter(([name]) => leastContrast(name));

/** Lets styles have what a theme has made of the host's colours; without one the host's own again. */
export const adjustStyles = (
  { style }: HTMLElement,
  theme?: ChartTheme
): void => {
  style.setProperty("--hp-overlay", theme?.overlay ?? null);
  for (const [name] of ADJUSTED)
    style.setProperty(`--hp-${name}`, theme?.[camel(name)] ?? null);
};

const BLACK = { r: 0, g: 0, b: 0, a: 1 };
const WHITE = { r: 255, g: 255, b: 255, a: 1 };

/** A theme from a function that knows the computed colour of a token ("" = unknown). */
export const buildTheme = (
  dark: boolean,
  computed: (name: TokenName) => string,
  fontFamily: string
): ChartTheme => {
  const own = (name: TokenName) => {
    // What it is mixed of is mixed on until it can be read.
    const of = isMixed(name) ? (name.slice(0, -5) as TokenName) : name;
    return parseColor(TOKENS[of][dark ? "dark" : "light"]);
  };
  const colorOf = (name: TokenName) =>
    parseColor(computed(name)) ?? own(name) ?? BLACK;
  // A card as one sees it: on the page, and that on nothing.
  const page = over(colorOf("background"), dark ? BLACK : WHITE);
  const surface = over(colorOf("card"), page);
  const colors = Object.fromEntries(
    entries.map(([name]) => {
      const color = legible(colorOf(name), surface, leastContrast(name));
      return [camel(name), toCss(color)];
    })
  ) as Record<ColorKey, string>;
  return { ...colors, overlay: toCss(surface), dark, fontFamily };
};

/**
 * The theme in force at `root` (an element or shadow root below the panel's host). A canvas cannot
 * read variables, and a custom property's computed value is its text: a probe's `color` is resolved.
 */
export const readTheme = (
  root: HTMLElement | ShadowRoot,
  dark: boolean
): ChartTheme => {
  const probe = document.createElement("span");
  probe.hidden = true;
  root.append(probe);
  try {
    const style = getComputedStyle(probe);
    const font = style.getPropertyValue("--hp-font").trim();
    return buildTheme(
      dark,
      (name) => {
        // Mixed with itself any colour, in whatever syntax, is computed as one of sRGB.
        const value = `var(--hp-${name})`;
        probe.style.color = `color-mix(in srgb, ${value}, ${value})`;
        return style.color;
      },
      font || "Roboto, Noto, sans-serif"
    );
  } finally {
    probe.remove();
  }
};
