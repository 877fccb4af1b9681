import type { Format } from "../format/format.js";
import type { Text } from "../i18n/text.js";
import type { ChartTheme } from "../theme/tokens.js";

/** How things are written and coloured; a new object whenever any of it changes. */
export interface Look {
  theme: ChartTheme;
  format: Format;
  text: Text;
}
