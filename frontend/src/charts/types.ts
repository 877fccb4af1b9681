/** What a view is given and what it gives back. */
import type { EChartsCoreOption } from "echarts/core";
import type { PumpInfo, Snapshot, View } from "../data/types.js";
import type { Format } from "../format/format.js";
import type { Text } from "../i18n/text.js";
import type { ChartTheme } from "../theme/tokens.js";

export interface ViewInput {
  snapshot: Snapshot;
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

export interface ViewResult {
  state: "ready" | "empty" | "missing";
  reason?: string;
  remark?: string;
  option?: EChartsCoreOption;
  legend: LegendItem[];
  rows?: RuntimeRow[];
  note?: string;
  chunk: "line" | "flow";
}

export type BuildView = (input: ViewInput) => ViewResult;

export interface ViewDefinition {
  key: View;
  /** Text key. */
  title: string;
  build: BuildView;
}
