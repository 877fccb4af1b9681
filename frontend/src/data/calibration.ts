/** What the scale of the heat rests on. Pure. */
import type { Text } from "../i18n/text.js";
import type { Totals } from "./types.js";

/** `unchecked`: nobody has confirmed the flow factor; heat and COP then have no ±. */
export type Calibration =
  "unchecked" | "plate" | "checked" | "measured" | "meter";

export const isUnchecked = ({ totals }: { totals: Totals }): boolean =>
  totals.calibration === "unchecked";

/** A name or a figure that follows from heat; beside one that is unchecked stands that it is. */
export const sayUnchecked = (
  what: string,
  snapshot: { totals: Totals },
  text: Text
): string =>
  isUnchecked(snapshot) ? `${what} · ${text("kpi.unchecked")}` : what;
