import { luminance } from "../../src/theme/color.js";
import type { Rgba } from "../../src/theme/color.js";

/** Contrast ratio of two opaque colours, 1…21 (WCAG 2). */
export const contrast = (one: Rgba, other: Rgba): number => {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort(
    (a, b) => b - a
  );
  return (high + 0.05) / (low + 0.05);
};
