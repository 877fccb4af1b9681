/** Which cards the user has folded on a phone; remembered in the browser. */
import type { ViewResult } from "../charts/types.js";
import type { View } from "../data/types.js";

/** For those who look for them: their head says the present value. */
const FOLDED_AT_FIRST: readonly View[] = ["performance", "power", "valve"];

const key = (name: string) => `heatpump_dashboard.folded.${name}`;

/** As it was left, else as it is at first. */
export const readFolded = (name: string, atFirst: boolean): boolean => {
  try {
    const stored = localStorage.getItem(key(name));
    return stored === null ? atFirst : stored === "1";
  } catch {
    return atFirst; // storage is blocked
  }
};

export const loadFolded = (view: View): boolean =>
  readFolded(view, FOLDED_AT_FIRST.includes(view));

export const saveFolded = (name: string, folded: boolean): void => {
  try {
    localStorage.setItem(key(name), folded ? "1" : "0");
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
