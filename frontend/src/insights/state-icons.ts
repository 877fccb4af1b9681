/** The sign of each state: it and its word say what a colour cannot. */
import {
  mdiAlertCircle,
  mdiCheckCircleOutline,
  mdiEyeOutline,
  mdiHelpCircleOutline,
} from "@mdi/js";
import type { State } from "./types.js";

export const STATE_ICONS: Record<State, string> = {
  ok: mdiCheckCircleOutline,
  watch: mdiEyeOutline,
  act: mdiAlertCircle,
  learning: mdiHelpCircleOutline,
  unknown: mdiHelpCircleOutline,
};
