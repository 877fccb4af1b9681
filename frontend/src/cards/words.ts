/** The texts of what Home Assistant asks cards for before they have been given anything. */
import { createText, createTextWith } from "../i18n/languages.js";
import type { Part } from "../i18n/languages.js";
import type { Text } from "../i18n/text.js";
import { home } from "../ha/home.js";
import type { CardKind } from "./config.js";

export const words: { text: Text } = { text: (key) => key };

const chosenBefore = (): string | null => {
  try {
    const stored: unknown = JSON.parse(
      localStorage.getItem("selectedLanguage") ?? "null"
    );
    return typeof stored === "string" ? stored : null;
  } catch {
    return null;
  }
};

/** Of whoever looks, as far as that is known yet. */
const language = (): string =>
  home()?.locale.language ?? chosenBefore() ?? navigator.language;

export const readWords = async (): Promise<void> => {
  words.text = await createText(language());
};

/** Pages whose words the form of a card needs. */
const PARTS: Partial<Record<CardKind, Part>> = {
  history: "history",
  insight: "insights",
};

/** With what the form of a card says; without its page's words the keys must do. */
export const readFormText = async (kind: CardKind): Promise<Text> => {
  await readWords();
  const part = PARTS[kind];
  return part
    ? createTextWith(language(), part).catch(() => words.text)
    : words.text;
};
