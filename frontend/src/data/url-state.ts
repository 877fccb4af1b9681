/**
 * What the address says one looks at: `?pump=<id>&range=24h`, or `?pump=<id>&from=…&to=…` with
 * times in UTC. Pure.
 */
import { isSpan } from "./period.js";
import type { Period } from "./period.js";
import { isRange } from "./range.js";

export interface UrlState {
  pump: string | null;
  period: Period | null;
}

const readSpan = (query: URLSearchParams): Period | null => {
  const [start, end] = ["from", "to"].map((key) =>
    Date.parse(query.get(key) ?? "")
  ) as [number, number];
  return start < end ? { start, end } : null;
};

export const readUrl = (search: string): UrlState => {
  const query = new URLSearchParams(search);
  const range = query.get("range");
  return {
    pump: query.get("pump"),
    period: isRange(range) ? range : readSpan(query),
  };
};

const moment = (ms: number): string =>
  new Date(ms).toISOString().replace(/:00\.000Z$/, "Z");

const written = ({ pump, period }: UrlState) => {
  const span = isSpan(period) ? period : null;
  return {
    pump,
    range: isSpan(period) ? null : period,
    from: span && moment(span.start),
    to: span && moment(span.end),
  };
};

/** `search` with the state written into it; what else it says stays. */
export const writeUrl = (search: string, state: UrlState): string => {
  const query = new URLSearchParams(search);
  for (const [key, value] of Object.entries(written(state))) {
    if (value === null) query.delete(key);
    else query.set(key, value);
  }
  const text = query.toString();
  return text && `?${text}`;
};
