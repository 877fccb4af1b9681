/** What the address says one looks at: `?pump=<id>&range=24h`. Pure. */
import { isRange } from "./range.js";
import type { Range } from "./range.js";

export interface UrlState {
  pump: string | null;
  range: Range | null;
}

export const readUrl = (search: string): UrlState => {
  const query = new URLSearchParams(search);
  const range = query.get("range");
  return { pump: query.get("pump"), range: isRange(range) ? range : null };
};

/** `search` with the state written into it; what else it says stays. */
export const writeUrl = (search: string, state: UrlState): string => {
  const query = new URLSearchParams(search);
  for (const key of ["pump", "range"] as const) {
    const value = state[key];
    if (value === null) query.delete(key);
    else query.set(key, value);
  }
  const text = query.toString();
  return text && `?${text}`;
};
