/** What each user looked at last; remembered in the browser where it lets us. */
import { isRange } from "./range.js";
import type { Range } from "./range.js";

export interface Preferences {
  pump: string | null;
  range: Range | null;
}

const key = (user: string) => `heatpump_dashboard.last.${user}`;

export const loadPreferences = (user: string): Preferences => {
  try {
    const stored: unknown = JSON.parse(
      localStorage.getItem(key(user)) ?? "null"
    );
    const { pump, range } = (stored ?? {}) as Record<string, unknown>;
    return {
      pump: typeof pump === "string" ? pump : null,
      range: isRange(range) ? range : null,
    };
  } catch {
    return { pump: null, range: null }; // storage is blocked or holds something else
  }
};

export const savePreferences = (user: string, last: Preferences): void => {
  try {
    localStorage.setItem(key(user), JSON.stringify(last));
  } catch {
    // not remembered where storage is blocked or full
  }
};
