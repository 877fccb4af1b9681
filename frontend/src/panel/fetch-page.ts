/** What only they fetch who look at it; the verdict of "now" comes after its first picture. */
import type { PageName } from "../data/page.js";
import { fetched } from "../ha/replaced.js";
import { createTextWith } from "../i18n/languages.js";

const FETCH = {
  now: () => fetched(() => import("../insights/verdict-line.js")),
  history: () => fetched(() => import("../history/history-page.js")),
  insights: () => fetched(() => import("../insights/insights-page.js")),
} as const;

/** Fetches a page once, side by side with what is written on it. */
export const fetchPage = (page: PageName, language: string): void => {
  const tag = page === "now" ? "hp-verdict-line" : `hp-${page}-page`;
  if (customElements.get(tag)) return;
  if (page !== "now") createTextWith(language, page).catch(() => undefined);
  // Away for a moment: asked again with the next thing that happens.
  FETCH[page]().catch(() => undefined);
};
