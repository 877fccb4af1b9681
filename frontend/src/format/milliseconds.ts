/** How long things are, in milliseconds; apart from clocks, as every page needs them. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
