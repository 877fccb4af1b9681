/** How tall charts are in the sections of a dashboard, in rows of 56 px. */
import type { CardConfig, CardView } from "./config.js";

/** The ring stands over its table, and most lines have the longest legend. */
const ROWS: Partial<Record<CardView, number>> = { runtime: 7, temperature: 8 };

export const rowsOfView = ({ view = "cop" }: Partial<CardConfig>) =>
  ROWS[view] ?? 6;
