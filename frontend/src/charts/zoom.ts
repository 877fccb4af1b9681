/** Looking closer at a part of the period: Ctrl or ⌘ and the wheel, or drawing a span. */
import type { TimeWindow } from "./frame.js";
import { LEFT, RIGHT } from "./frame.js";

const CLOSEST = 600_000;
const PER_NOTCH = 1.25;
/** Px; a shorter drag is a click that slipped. */
const SHORTEST_DRAG = 8;

const length = ({ start, end }: TimeWindow) => end - start;

const isWhole = (window: TimeWindow, whole: TimeWindow) =>
  window.start <= whole.start && window.end >= whole.end;

/** `window` inside `whole`, null where it shows everything. */
export const within = (
  window: TimeWindow,
  whole: TimeWindow
): TimeWindow | null => {
  if (isWhole(window, whole)) return null;
  const size = Math.min(Math.max(length(window), CLOSEST), length(whole));
  const latest = whole.end - size;
  const start = Math.max(whole.start, Math.min(window.start, latest));
  return size >= length(whole) ? null : { start, end: start + size };
};

/** Closer by `factor` (> 1) around the moment at `share` (0…1) of the window, which stays in place. */
export const scaled = (
  window: TimeWindow,
  whole: TimeWindow,
  share: number,
  factor: number
): TimeWindow | null => {
  const size = Math.max(CLOSEST, length(window) / factor);
  const start = window.start + (length(window) - size) * share;
  return within({ start, end: start + size }, whole);
};

/**
 * The window after the period went on from `before` to `after`: it stays where it is, but keeps up
 * with the present where it showed it. Another length is another period, seen whole.
 */
export const followed = (
  window: TimeWindow | null,
  before: TimeWindow,
  after: TimeWindow
): TimeWindow | null => {
  if (!window) return null;
  const change = Math.abs(length(after) - length(before));
  if (change > 0.05 * length(before)) return null;
  const shift = window.end >= before.end ? after.end - before.end : 0;
  return within(
    { start: window.start + shift, end: window.end + shift },
    after
  );
};

export interface ZoomTarget {
  /** What is shown, null for a picture without time. */
  window: () => TimeWindow | null;
  whole: () => TimeWindow | null;
  zoom: (window: TimeWindow | null) => void;
}

/** Listens on the element of a chart. */
export class ZoomGestures {
  private marker: HTMLElement | null = null;
  private from = 0;

  constructor(
    private readonly element: HTMLElement,
    private readonly target: ZoomTarget
  ) {
    element.addEventListener("wheel", this.wheel, { passive: false });
    element.addEventListener("pointerdown", this.down);
    element.addEventListener("dblclick", this.reset);
  }

  dispose(): void {
    const { element } = this;
    element.removeEventListener("wheel", this.wheel);
    element.removeEventListener("pointerdown", this.down);
    element.removeEventListener("dblclick", this.reset);
    this.endDrag();
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
    const window = this.target.window();
    const whole = this.target.whole();
    if (!(event.ctrlKey || event.metaKey) || !window || !whole) return;
    event.preventDefault();
    const factor = event.deltaY < 0 ? PER_NOTCH : 1 / PER_NOTCH;
    const share = this.share(this.place(event));
    this.target.zoom(scaled(window, whole, share, factor));
  };

  private readonly down = (event: PointerEvent): void => {
    const fits = event.pointerType === "mouse" && event.button === 0;
    if (!fits || !this.target.window()) return;
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
    const window = this.target.window();
    const whole = this.target.whole();
    if (!drawn || !window || !whole) return;
    const moments = [this.from, this.place(event)].map(
      (place) => window.start + this.share(place) * length(window)
    );
    const [start, end] = [Math.min(...moments), Math.max(...moments)];
    this.target.zoom(within({ start, end }, whole));
  };

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
