import { catalogue, textOf } from "../../src/i18n/text.js";
import file from "../../src/i18n/en.json";

export const english = textOf(catalogue(file), "en");
