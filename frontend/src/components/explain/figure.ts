/** What can be explained, and what that takes. */
import type { PumpInfo, Snapshot } from "../../data/types.js";
import type { Format } from "../../format/format.js";
import type { Text } from "../../i18n/text.js";

export type Figure =
  | "cop"
  | "heat"
  | "electricity"
  | "compressor"
  | "auxiliary"
  | "temperatures"
  | "now";

export interface Explanation {
  name: string;
  /** In words, one sentence each. */
  formula: readonly string[];
  rows: readonly { name: string; text: string }[];
}

export interface Explained {
  snapshot: Snapshot;
  info: PumpInfo;
  format: Format;
  text: Text;
}

export const nameOf = (figure: Figure, { text }: Pick<Explained, "text">) =>
  text(figure === "now" ? "now.cop" : `kpi.${figure}`);
