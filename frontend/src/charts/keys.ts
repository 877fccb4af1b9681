/** Looking closer and reading values by keyboard, while a chart has the focus. */
import type { Span } from "../data/period.js";
import type { ZoomTarget } from "./zoom.js";
import { scaled, within } from "./zoom.js";

/** The cursor goes through what is shown in so many steps. */
const STEPS = 48;
const CLOSER = 2;
/** Share of what is shown that it is moved by. */
const PAN = 0.25;

export interface KeyTarget extends ZoomTarget {
  /** Shows and says what is at a moment; null takes it away. */
  read: (moment: number | null) => void;
}

const shifted = ({ start, end }: Span, by: number): Span => ({
  start: start + by,
  end: end + by,
});

/** Arrows move the cursor, with Shift what is shown; + and − look closer and back, 0 at all. */
export class ChartKeys {
  private moment: number | null = null;

  constructor(
    private readonly element: HTMLElement,
    private readonly target: KeyTarget
  ) {
    element.addEventListener("keydown", this.press);
    element.addEventListener("blur", this.leave);
  }

  dispose(): void {
    this.element.removeEventListener("keydown", this.press);
    this.element.removeEventListener("blur", this.leave);
  }

  private readonly leave = (): void => {
    if (this.moment === null) return;
    this.moment = null;
    this.target.read(null);
  };

  private readonly press = (event: KeyboardEvent): void => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    const shown = this.target.shown();
    const whole = this.target.whole();
    if (ctrlKey || metaKey || altKey || !shown || !whole) return;
    const act = this.action(key, shiftKey, shown, whole);
    if (!act) return;
    event.preventDefault();
    act();
  };

  private action(
    key: string,
    shift: boolean,
    shown: Span,
    whole: Span
  ): (() => void) | null {
    const size = shown.end - shown.start;
    const direction = key === "ArrowLeft" ? -1 : 1;
    switch (key) {
      case "ArrowLeft":
      case "ArrowRight":
        return shift
          ? () => {
              this.pan(direction * PAN * size, shown, whole);
            }
          : () => {
              this.step((direction * size) / STEPS, shown, whole);
            };
      case "Home":
      case "End":
        return () => {
          this.read(key === "Home" ? shown.start : shown.end);
        };
      case "+":
      case "=":
        return () => {
          this.scale(CLOSER, shown, whole);
        };
      case "-":
        return () => {
          this.scale(1 / CLOSER, shown, whole);
        };
      case "0":
        return () => {
          this.target.zoom(null);
          this.read(this.moment);
        };
      case "Escape":
        return this.moment === null ? null : this.leave;
      default:
        return null;
    }
  }

  /** From the middle at first; what is shown goes along. */
  private step(by: number, shown: Span, whole: Span): void {
    const middle = (shown.start + shown.end) / 2;
    const next = this.moment === null ? middle : this.moment + by;
    const moment = Math.min(Math.max(next, whole.start), whole.end);
    if (moment < shown.start || moment > shown.end) {
      this.target.zoom(within(shifted(shown, by), whole));
    }
    this.read(moment);
  }

  private pan(by: number, shown: Span, whole: Span): void {
    this.target.zoom(within(shifted(shown, by), whole));
    const { moment } = this;
    const now = this.target.shown() ?? whole;
    const isSeen = moment !== null && moment >= now.start && moment <= now.end;
    if (isSeen) this.read(moment);
    else this.leave();
  }

  /** Around the cursor, which stays where it is. */
  private scale(factor: number, shown: Span, whole: Span): void {
    const { moment } = this;
    const { start, end } = shown;
    const share = moment === null ? 0.5 : (moment - start) / (end - start);
    this.target.zoom(scaled(shown, whole, share, factor));
    this.read(moment);
  }

  private read(moment: number | null): void {
    this.moment = moment;
    if (moment !== null) this.target.read(moment);
  }
}
