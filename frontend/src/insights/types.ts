/** What the integration says of a heat pump's days: codes and numbers, never texts. */

export type State = "ok" | "watch" | "act" | "learning" | "unknown";
export type Params = Record<string, number | string | boolean | null>;

interface Told {
  id: string;
  state: State;
  code: string;
  value: number | null;
  unit: string | null;
  /** ms; whole local days, the end excluded. */
  from: number | null;
  to: number | null;
  params: Params;
}

export interface Insight extends Told {
  /** ± (1 σ) from weather, people and rounding, in `unit`. */
  scatter: number | null;
  /** ± as a share, the same every day; null = the flow factor is unchecked. */
  scale: number | null;
  n: number | null;
}

export interface Check extends Told {
  limit: number | null;
}

export interface Verdict {
  state: State;
  code: string;
  made: number;
  of: number;
  /** Checks that a sentence names, the worst first. */
  named: string[];
  checks: Check[];
}

export interface Answers {
  /** ms; when they were found. */
  time: number;
  /** Whether they rest on all of the past. */
  whole?: boolean;
  verdict: Verdict;
  insights: Insight[];
}

/** `time` in ms, of a day its beginning. */
export type Row = { time: number } & Partial<
  Record<string, number | string | null>
>;

export type Evidence = Partial<Record<string, Row[]>>;

export interface Explained extends Insight {
  evidence: Evidence;
}

export const numberOf = (params: Params, key: string): number | null => {
  const value = params[key];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
};

/** The number in a column of a row. */
export const cell = (row: Row, key: string): number | null => {
  const value = row[key];
  return typeof value === "number" ? value : null;
};
