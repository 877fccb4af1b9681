/** How tall charts are in the sections of a dashboard, in rows of 56 px. */
import type { CardConfig, CardView } from "./config.js";

/** The ring stands over its table, and most lines have the longest legend. */
const ROWS: Partial<Record<CardView, number>> = { runtime: 7, temperature: 8 };

/** Of the history: four plots one above the other; a calendar; a table of a year. */
const ROWS_OF_HISTORY = { bars: 7, map: 5, table: 9 } as const;

export const rowsOfHistory = ({ show = "bars" }: Partial<CardConfig>) =>
  ROWS_OF_HISTORY[show];

export const rowsOfView = ({ view = "cop" }: Partial<CardConfig>) =>
  ROWS[view] ?? 6;
