/** px; a finger that moves less far has tapped. */
const LEAST = 48;

/** Which way a finger went, from side to side and not along the page. */
export class Swipe {
  private touched: { x: number; y: number } | null = null;

  constructor(private readonly move: (direction: -1 | 1) => void) {}

  readonly begin = ({
    pointerType,
    clientX: x,
    clientY: y,
  }: PointerEvent): void => {
    this.touched = pointerType === "touch" ? { x, y } : null;
  };

  readonly end = ({ clientX, clientY }: PointerEvent): void => {
    const { touched } = this;
    this.touched = null;
    if (!touched) return;
    const [x, y] = [clientX - touched.x, clientY - touched.y];
    if (Math.abs(x) < LEAST || Math.abs(x) < 2 * Math.abs(y)) return;
    this.move(x > 0 ? -1 : 1);
  };
}
