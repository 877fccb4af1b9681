import { catalogue, textOf } from "../../src/i18n/text.js";
import now from "../../src/i18n/en.json";
import history from "../../src/i18n/en.history.json";
import insights from "../../src/i18n/en.insights.json";

/** All that there is to say, of every page; `pages.test.ts` says which page has what. */
export const english = textOf(catalogue(now, history, insights), "en");
