/** Looking closer at a part of the period: Ctrl or ⌘ and the wheel, drawing a span, two fingers. */
import type { Span } from "../data/period.js";
import { LEFT, RIGHT } from "./frame.js";

const CLOSEST = 600_000;
const PER_NOTCH = 1.25;
/** Px; a shorter drag is a click that slipped. */
const SHORTEST_DRAG = 8;

const length = ({ start, end }: Span) => end - start;

/** Share of the plot's width that two fingers must be apart. */
const CLOSEST_FINGERS = 0.02;

const isWhole = (part: Span, whole: Span) =>
  part.start <= whole.start && part.end >= whole.end;

/** `part` inside `whole`, null where it shows everything. */
export const within = (part: Span, whole: Span): Span | null => {
  if (isWhole(part, whole)) return null;
  const size = Math.min(Math.max(length(part), CLOSEST), length(whole));
  const latest = whole.end - size;
  const start = Math.max(whole.start, Math.min(part.start, latest));
  return size >= length(whole) ? null : { start, end: start + size };
};

/** Closer by `factor` (> 1) around the moment at `share` (0…1) of the part, which stays in place. */
export const scaled = (
  part: Span,
  whole: Span,
  share: number,
  factor: number
): Span | null => {
  const size = Math.max(CLOSEST, length(part) / factor);
  const start = part.start + (length(part) - size) * share;
  return within({ start, end: start + size }, whole);
};

/** A moment and the share (0…1) of the plot's width where it is. */
export type Held = readonly [moment: number, share: number];

/** The part in which two moments are where two fingers are. */
export const pinched = (
  [one, left]: Held,
  [other, right]: Held,
  whole: Span
): Span | null | undefined => {
  const apart = right - left;
  if (Math.abs(apart) < CLOSEST_FINGERS) return undefined;
  const size = Math.max(CLOSEST, (other - one) / apart);
  const start = (one + other - (left + right) * size) / 2;
  return within({ start, end: start + size }, whole);
};

/** Wide enough around `from`…`to` to see what led to it. */
export const withContext = (
  { start: from, end: to }: Span,
  whole: Span
): Span | null => {
  const size = Math.max(2.5 * (to - from), length(whole) / 12, 6 * CLOSEST);
  const start = (from + to - size) / 2;
  return within({ start, end: start + size }, whole);
};

/**
 * The part after the period went on from `before` to `after`: it stays where it is, but keeps up
 * with the present where it showed it. Another length is another period, seen whole.
 */
export const partAfterUpdate = (
  part: Span | null,
  before: Span,
  after: Span
): Span | null => {
  if (!part) return null;
  const change = Math.abs(length(after) - length(before));
  if (change > 0.05 * length(before)) return null;
  const shift = part.end >= before.end ? after.end - before.end : 0;
  return within({ start: part.start + shift, end: part.end + shift }, after);
};

export interface ZoomTarget {
  /** What is shown, null for a picture without time. */
  shown: () => Span | null;
  whole: () => Span | null;
  zoom: (part: Span | null) => void;
  /** Where the mouse is, null where it is not on the plot. */
  point: (moment: number | null) => void;
}

const at = ({ start, end }: Span, share: number) =>
  start + share * (end - start);

/** Listens on the element of a chart. */
export class ZoomGestures {
  private marker: HTMLElement | null = null;
  private from = 0;
  /** What each finger holds. */
  private readonly fingers = new Map<number, Held>();

  constructor(
    private readonly element: HTMLElement,
    private readonly target: ZoomTarget
  ) {
    element.addEventListener("wheel", this.wheel, { passive: false });
    element.addEventListener("pointerdown", this.down);
    element.addEventListener("pointermove", this.hover);
    element.addEventListener("pointerleave", this.leave);
    element.addEventListener("dblclick", this.reset);
    // The page still scrolls; two fingers are ours.
    element.style.touchAction = target.whole() ? "pan-y" : "";
  }

  dispose(): void {
    const { element } = this;
    element.removeEventListener("wheel", this.wheel);
    element.removeEventListener("pointerdown", this.down);
    element.removeEventListener("pointermove", this.hover);
    element.removeEventListener("pointerleave", this.leave);
    element.removeEventListener("dblclick", this.reset);
    this.endDrag();
    this.letGo();
  }

  /** Px from the element's left edge, kept on the plot. */
  private place({ clientX }: MouseEvent): number {
    const { left, width } = this.element.getBoundingClientRect();
    return Math.max(LEFT, Math.min(width - RIGHT, clientX - left));
  }

  /** Share of the plot's width, 0…1. */
  private share(place: number): number {
    const width = this.element.clientWidth - LEFT - RIGHT;
    return width > 0 ? (place - LEFT) / width : 0;
  }

  private readonly wheel = (event: WheelEvent): void => {
    const shown = this.target.shown();
    const whole = this.target.whole();
    if (!(event.ctrlKey || event.metaKey) || !shown || !whole) return;
    event.preventDefault();
    const factor = event.deltaY < 0 ? PER_NOTCH : 1 / PER_NOTCH;
    const share = this.share(this.place(event));
    this.target.zoom(scaled(shown, whole, share, factor));
  };

  private readonly down = (event: PointerEvent): void => {
    if (event.pointerType === "touch") this.hold(event);
    const fits = event.pointerType === "mouse" && event.button === 0;
    if (!fits || !this.target.shown()) return;
    this.from = this.place(event);
    globalThis.addEventListener("pointermove", this.move);
    globalThis.addEventListener("pointerup", this.up);
  };

  private readonly move = (event: PointerEvent): void => {
    const to = this.place(event);
    if (!this.marker && Math.abs(to - this.from) < SHORTEST_DRAG) return;
    this.marker ??= this.createMarker();
    this.marker.style.left = `${Math.min(this.from, to)}px`;
    this.marker.style.width = `${Math.abs(to - this.from)}px`;
  };

  private readonly up = (event: PointerEvent): void => {
    const drawn = this.marker !== null;
    this.endDrag();
    const shown = this.target.shown();
    const whole = this.target.whole();
    if (!drawn || !shown || !whole) return;
    const moments = [this.from, this.place(event)].map((place) =>
      at(shown, this.share(place))
    );
    const [start, end] = [Math.min(...moments), Math.max(...moments)];
    this.target.zoom(within({ start, end }, whole));
  };

  private readonly hover = (event: PointerEvent): void => {
    const shown = this.target.shown();
    if (!shown || event.pointerType !== "mouse") return;
    this.target.point(at(shown, this.share(this.place(event))));
  };

  private readonly leave = (): void => {
    this.target.point(null);
  };

  private held(event: PointerEvent, shown: Span): Held {
    const share = this.share(this.place(event));
    return [at(shown, share), share];
  }

  private hold(event: PointerEvent): void {
    const shown = this.target.shown();
    if (!shown || this.fingers.size > 1) return;
    this.fingers.set(event.pointerId, this.held(event, shown));
    globalThis.addEventListener("pointermove", this.pinch);
    globalThis.addEventListener("pointerup", this.lift);
    globalThis.addEventListener("pointercancel", this.lift);
  }

  private readonly pinch = (event: PointerEvent): void => {
    const { fingers } = this;
    const finger = fingers.get(event.pointerId);
    const [shown, whole] = [this.target.shown(), this.target.whole()];
    if (!finger || !shown || !whole) return;
    const now = this.held(event, shown);
    // A finger alone holds nothing: it moves over the picture.
    fingers.set(event.pointerId, fingers.size > 1 ? [finger[0], now[1]] : now);
    const [one, other] = [...fingers.values()];
    if (!one || !other) return;
    const next = pinched(one, other, whole);
    if (next !== undefined) this.target.zoom(next);
  };

  private readonly lift = ({ pointerId }: PointerEvent): void => {
    this.fingers.delete(pointerId);
    if (!this.fingers.size) this.letGo();
  };

  private letGo(): void {
    this.fingers.clear();
    globalThis.removeEventListener("pointermove", this.pinch);
    globalThis.removeEventListener("pointerup", this.lift);
    globalThis.removeEventListener("pointercancel", this.lift);
  }

  private readonly reset = (): void => {
    if (this.target.whole()) this.target.zoom(null);
  };

  private createMarker(): HTMLElement {
    const marker = document.createElement("div");
    marker.style.cssText =
      "position:absolute;top:0;bottom:28px;z-index:1;pointer-events:none;background:color-mix(in srgb,currentColor 12%,transparent)";
    this.element.append(marker);
    return marker;
  }

  private endDrag(): void {
    globalThis.removeEventListener("pointermove", this.move);
    globalThis.removeEventListener("pointerup", this.up);
    this.marker?.remove();
    this.marker = null;
  }
}
