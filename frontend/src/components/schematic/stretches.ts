/** A pipe as straight runs and bends, each of which can be moved along itself. Pure. */

/** px; of a dash and the gap behind it. */
export const PERIOD = 18;

export interface Run {
  kind: "run";
  /** Where it begins. */
  x: number;
  y: number;
  length: number;
  /** Degrees; 0 = to the right, 90 = down. */
  turn: number;
  /** px of the pattern that have passed where it begins. */
  phase: number;
}

export interface Bend {
  kind: "bend";
  /** The middle of its circle. */
  x: number;
  y: number;
  radius: number;
  /** Degrees; where on the circle it begins. */
  from: number;
  /** Degrees; 90 or 180. */
  sweep: number;
  clockwise: boolean;
  /** Dashes on the whole circle. */
  dashes: number;
  phase: number;
}

export type Stretch = Run | Bend;

type Point = readonly [x: number, y: number];

const DEGREE = Math.PI / 180;
const COMMAND = /([MHVa])([^MHVa]*)/g;
const NUMBER = /-?\d*\.?\d+/g;

const run = ([x, y]: Point, [toX, toY]: Point, phase: number): Run => ({
  kind: "run",
  x,
  y,
  length: Math.hypot(toX - x, toY - y),
  turn: Math.round(Math.atan2(toY - y, toX - x) / DEGREE),
  phase,
});

/** The circle is the pattern's: as many dashes as fit into the bend, so that it leads on in step. */
const bend = (
  [x, y]: Point,
  radius: number,
  clockwise: boolean,
  [dx, dy]: Point,
  phase: number
): Bend => {
  const chord = Math.hypot(dx, dy);
  const sweep = Math.round((2 * Math.asin(chord / 2 / radius)) / DEGREE);
  const away = Math.sqrt(Math.max(0, radius ** 2 - (chord / 2) ** 2)) / chord;
  const side = clockwise ? 1 : -1;
  const [cx, cy] = [
    x + dx / 2 - side * away * dy,
    y + dy / 2 + side * away * dx,
  ];
  const periods = Math.round((radius * sweep * DEGREE) / PERIOD);
  return {
    kind: "bend",
    x: cx,
    y: cy,
    radius,
    from: Math.round(Math.atan2(y - cy, x - cx) / DEGREE),
    sweep,
    clockwise,
    dashes: (Math.max(1, periods) * 360) / sweep,
    phase,
  };
};

/** Of a path of the arrangement: `M`, `H`, `V` and the `a` of a quarter or a half circle. */
export const stretches = (path: string): Stretch[] => {
  const found: Stretch[] = [];
  let at: Point = [0, 0];
  let phase = 0;
  for (const [, command, rest = ""] of path.matchAll(COMMAND)) {
    const [one = 0, two = 0, , , sweep, dx = 0, dy = 0] = (
      rest.match(NUMBER) ?? []
    ).map(Number);
    if (command === "M") {
      at = [one, two];
    } else if (command === "a") {
      found.push(bend(at, one, sweep === 1, [dx, dy], phase));
      at = [at[0] + dx, at[1] + dy];
    } else {
      const to: Point = command === "H" ? [one, at[1]] : [at[0], one];
      const next = run(at, to, phase);
      if (next.length) found.push(next);
      phase = (phase + next.length) % PERIOD;
      at = to;
    }
  }
  return found;
};
