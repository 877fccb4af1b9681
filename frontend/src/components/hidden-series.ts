/** Which series of a view the user has hidden; remembered in the browser. */

/** Charges behind the power are for those who look for them. */
const HIDDEN_AT_FIRST: Partial<Record<string, readonly string[]>> = {
  power: ["hot_water"],
};

const key = (view: string) => `heatpump_dashboard.hidden.${view}`;

const isList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

export const loadHidden = (view: string): ReadonlySet<string> => {
  const first = new Set(HIDDEN_AT_FIRST[view] ?? []);
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key(view)) ?? "0");
    return isList(stored) ? new Set(stored) : first;
  } catch {
    return first; // storage is blocked or holds something else
  }
};

export const saveHidden = (view: string, hidden: ReadonlySet<string>): void => {
  try {
    localStorage.setItem(key(view), JSON.stringify([...hidden]));
  } catch {
    // not remembered where storage is blocked or full
  }
};

/** `hidden` with one series turned over. */
export const toggled = (
  hidden: ReadonlySet<string>,
  series: string
): ReadonlySet<string> => {
  const next = new Set(hidden);
  if (!next.delete(series)) next.add(series);
  return next;
};
