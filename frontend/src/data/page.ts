/** Which of the panel's pages the address names: `/heatpump-dashboard/history/year/2025`. Pure. */
export const PAGES = ["now", "history", "insights"] as const;

export type PageName = (typeof PAGES)[number];

export interface Place {
  page: PageName;
  /** What of the page: ["year", "2025"]. */
  parts: readonly string[];
}

export const BASE = "/heatpump-dashboard";

/** Null where the address is not the panel's. */
export const readPath = (path: string): Place | null => {
  if (path !== BASE && !path.startsWith(`${BASE}/`)) return null;
  const [name, ...parts] = path.slice(BASE.length).split("/").filter(Boolean);
  const page = PAGES.find((each) => each === name) ?? "now";
  return { page, parts: page === "now" ? [] : parts };
};

export const writePath = ({ page, parts }: Place): string =>
  [BASE, ...(page === "now" ? [] : [page, ...parts])].join("/");
