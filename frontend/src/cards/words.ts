/** The texts of what Home Assistant asks cards for before they have been given anything. */
import { createText } from "../i18n/languages.js";
import type { Text } from "../i18n/text.js";
import { home } from "../ha/home.js";

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

/** In the language of whoever looks, as far as that is known yet. */
export const readWords = async (): Promise<void> => {
  const language =
    home()?.locale.language ?? chosenBefore() ?? navigator.language;
  words.text = await createText(language);
};
