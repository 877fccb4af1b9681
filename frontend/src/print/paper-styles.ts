/** What all that is printed has on: no theme's colours, and the width of the paper. */
import { unsafeCSS } from "lit";
import type { CSSResult } from "lit";
import { TOKENS } from "../theme/tokens.js";

/** Neither a user's theme nor Home Assistant's, which may be dark: paper is white. */
const withoutTheme = Object.entries(TOKENS).flatMap(([name, token]) => [
  `--heatpump-${name}: initial;`,
  ...("token" in token ? [`--${token.token}: initial;`] : []),
]);

/** px; what is between the margins of a sheet of A4 and of Letter. */
const WIDTH = 700;

export const paperStyles: CSSResult = unsafeCSS(`
  ${withoutTheme.join("\n")}
  --ha-card-border-color: initial;
  --hp-background: #fff;
  width: ${String(WIDTH)}px;
  background: #fff;
  print-color-adjust: exact;
  -webkit-print-color-adjust: exact;
`);
