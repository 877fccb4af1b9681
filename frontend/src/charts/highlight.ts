/** What an event leads to in a chart: the time it took, marked until one looks elsewhere. */
import type { Span } from "../data/period.js";
import type { Size } from "./frame.js";
import { LEFT, RIGHT } from "./frame.js";

/** px; of a moment too, something is seen. */
const NARROWEST = 3;

/** Where `part` lies on a plot of `width` px that shows `shown`; null where it is not in sight. */
export const placeOf = (
  part: Span,
  shown: Span,
  width: number
): { left: number; width: number } | null => {
  const plot = width - LEFT - RIGHT;
  const share = (moment: number) =>
    Math.min(
      1,
      Math.max(0, (moment - shown.start) / (shown.end - shown.start))
    );
  if (part.end < shown.start || part.start > shown.end || plot <= 0)
    return null;
  const [from, to] = [share(part.start), share(part.end)].map(
    (each) => LEFT + each * plot
  ) as [number, number];
  const long = Math.max(NARROWEST, to - from);
  return { left: Math.min(from, LEFT + plot - long), width: long };
};

/** Lies over the plot of a chart. */
export class Highlight {
  part: Span | null = null;
  private mark: HTMLElement | null = null;

  /** Puts the mark where its time is now. */
  place(
    element: HTMLElement | null,
    shown: Span | null,
    size: Size | null
  ): void {
    const { part } = this;
    const place =
      part && shown && size ? placeOf(part, shown, size.width) : null;
    if (!element || !place) {
      this.mark?.remove();
      this.mark = null;
      return;
    }
    this.mark ??= document.createElement("div");
    this.mark.className = "highlight";
    this.mark.style.cssText = `position:absolute;top:4px;bottom:28px;left:${place.left}px;width:${place.width}px;pointer-events:none;border-radius:4px;background:color-mix(in srgb,var(--hp-text) 6%,transparent);box-shadow:0 0 0 1.5px var(--hp-compressor-text)`;
    if (this.mark.parentElement !== element) element.append(this.mark);
  }
}
