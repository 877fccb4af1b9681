/** Which views the user has folded on a phone; remembered in the browser. */
import type { ViewResult } from "../charts/types.js";
import type { View } from "../data/types.js";

/** For those who look for them: their head says the present value. */
const FOLDED_AT_FIRST: readonly View[] = ["performance", "power", "valve"];

const key = (view: View) => `heatpump_dashboard.folded.${view}`;

export const loadFolded = (view: View): boolean => {
  try {
    const stored = localStorage.getItem(key(view));
    return stored === null ? FOLDED_AT_FIRST.includes(view) : stored === "1";
  } catch {
    return FOLDED_AT_FIRST.includes(view); // storage is blocked
  }
};

export const saveFolded = (view: View, folded: boolean): void => {
  try {
    localStorage.setItem(key(view), folded ? "1" : "0");
  } catch {
    // not remembered where storage is blocked or full
  }
};

/** What a folded card still says: its first value, as it is now. */
export const currentOf = (result: ViewResult | null): string | undefined => {
  const first = result?.legend.find(({ value }) => value !== null);
  const series = first && `${first.name} ${first.value ?? ""}`;
  return result?.current ?? series ?? result?.remark;
};
