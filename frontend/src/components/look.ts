/** Makes an element's look out of what Home Assistant says: theme, formats, texts. */
import type { LitElement } from "lit";
import { usesFahrenheit } from "../data/units.js";
import { createFormat } from "../format/format.js";
import type { HomeAssistant } from "../ha/types.js";
import { createText, NO_TEXT } from "../i18n/languages.js";
import type { Text } from "../i18n/text.js";
import { isDark, parseColor } from "../theme/color.js";
import type { ChartTheme } from "../theme/tokens.js";
import { adjustStyles, readTheme } from "../theme/tokens.js";
import type { Look } from "./context.js";
import { isPrinting } from "./paper.js";

/** ms; texts that did not come are asked for again after this. */
const AGAIN_MS = 5_000;

/** Of all that Home Assistant says, what things look different for. */
const looksDifferent = (one: HomeAssistant, other: HomeAssistant): boolean =>
  one.themes !== other.themes ||
  one.locale !== other.locale ||
  one.config.time_zone !== other.config.time_zone ||
  usesFahrenheit(one) !== usesFahrenheit(other);

/** Whether Home Assistant's theme says what pages and cards look like; else they are ours. */
const hasSurfaces = (host: Element): boolean => {
  const style = getComputedStyle(host);
  return ["card-background-color", "primary-background-color"].some(
    (name) => style.getPropertyValue(`--${name}`) !== ""
  );
};

/** Sentences write their numbers as the user does. */
export const lookOf = (
  hass: Pick<HomeAssistant, "locale" | "config">,
  theme: ChartTheme,
  text: Text
): Look => {
  const format = createFormat(
    hass.locale,
    hass.config.time_zone,
    usesFahrenheit(hass),
    text("language")
  );
  const write = (value: number) => format.number(value, 0);
  return { theme, format, text: (key, values) => text(key, values, write) };
};

/** The host has `tokenStyles`; it gets the attribute `dark` and is drawn anew with a new look. */
export class LookMaker {
  /** Undefined until the texts are there. */
  look: Look | undefined;
  private hass: HomeAssistant | undefined;
  private language: string | undefined;
  private text: Text | undefined;

  constructor(private readonly host: LitElement) {}

  /** Belongs into `willUpdate`, so that everything is drawn with the same look. */
  follow(hass: HomeAssistant): void {
    const before = this.hass;
    this.hass = hass;
    if (hass.locale.language !== this.language) void this.read(hass);
    if (!before || looksDifferent(before, hass)) this.make();
  }

  private async read({ locale: { language } }: HomeAssistant): Promise<void> {
    this.language = language;
    const text = await createText(language);
    if (language !== this.language) return;
    if (text === NO_TEXT) window.setTimeout(this.again, AGAIN_MS);
    this.text = text;
    this.make();
    this.host.requestUpdate();
  }

  /** With the next update, which comes by itself where the host is still shown. */
  private readonly again = (): void => {
    this.language = undefined;
    if (this.host.isConnected) this.host.requestUpdate();
  };

  /** Themes without modes say nothing of being dark, or the wrong thing: their cards tell. */
  private theme(darkMode: boolean): ChartTheme {
    const { host } = this;
    const root = host.renderRoot as ShadowRoot;
    const read = (dark: boolean) => {
      // Not left to a property: the colours are read at once.
      host.toggleAttribute("dark", dark);
      adjustStyles(host);
      return readTheme(root, dark);
    };
    let theme = read(darkMode && !isPrinting());
    const surface = hasSurfaces(host) ? parseColor(theme.overlay) : null;
    if (surface && isDark(surface) !== darkMode) theme = read(!darkMode);
    adjustStyles(host, theme);
    return theme;
  }

  /** Anew, where its colours are others than they were. */
  make(): void {
    const { hass, text, host } = this;
    if (!hass || !text) return;
    host.lang = text("language");
    this.look = lookOf(hass, this.theme(hass.themes.darkMode), text);
  }
}
