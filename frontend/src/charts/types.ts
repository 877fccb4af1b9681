/** What a view is given and what it gives back. */
import type { EChartsCoreOption } from "echarts/core";
import type { Blank } from "../data/blank.js";
import type { PumpInfo, Snapshot, View } from "../data/types.js";
import type { Format } from "../format/format.js";
import type { Text } from "../i18n/text.js";
import type { ChartTheme } from "../theme/tokens.js";

export interface ViewInput {
  /** What is drawn: the period, or a part of it in finer rows. */
  snapshot: Snapshot;
  period: Snapshot;
  info: PumpInfo;
  theme: ChartTheme;
  format: Format;
  text: Text;
  width: number;
  hidden: ReadonlySet<string>;
}

export interface LegendItem {
  key: string;
  name: string;
  color: string;
  style: "solid" | "dashed" | "dotted" | "square" | "hatched";
  value: string | null;
  hidden: boolean;
}

export interface RuntimeRow {
  key: string;
  name: string;
  color: string;
  style: LegendItem["style"];
  duration: string;
  share: string | null;
}

/** A cell in words, and as a number where it is one; NaN = no value. */
export interface TableCell {
  text: string;
  value: number | string;
}

export interface TableRow {
  head: string;
  /** ms, of rows that are moments or spans. */
  time?: number;
  to?: number;
  cells: TableCell[];
}

/** All that a chart shows, for those who do not see it and for files. */
export interface ViewTable {
  /** What the rows are. */
  first: string;
  columns: readonly { name: string; unit: string }[];
  rows: () => TableRow[];
}

export interface ViewResult {
  state: "ready" | "empty" | "missing";
  /** What is missing. */
  reason?: string;
  /** Why it is empty although there are readings. */
  blank?: Blank;
  remark?: string;
  /** What in the remark is to be seen first. */
  figure?: string;
  /** What it is now, in a few words; of views whose first series does not say it. */
  current?: string;
  option?: EChartsCoreOption;
  legend: LegendItem[];
  rows?: RuntimeRow[];
  note?: string;
  chunk: "line" | "flow";
  /** The essence in words. */
  summary?: string;
  table?: ViewTable;
}

export type BuildView = (input: ViewInput) => ViewResult;

export interface ViewDefinition {
  key: View;
  /** Text key. */
  title: string;
  build: BuildView;
}
