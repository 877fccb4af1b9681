/**
 * What moves in the schematic: elements of their own that only `transform` moves, so that the
 * browser's compositor does it without drawing anything anew.
 */
import { html, nothing, svg } from "lit";
import type { TemplateResult } from "lit";
import type { Arrangement, Pipe } from "./arrangement.js";
import { classes, flowing, pathOf, PIPE_COLORS, PIPES } from "./draw.js";
import type { Drawn } from "./draw.js";
import { PERIOD, stretches } from "./stretches.js";
import type { Bend, Run } from "./stretches.js";

const DASH = 10;
/** px; half of a dash's width and what smooths its edge. */
const EDGE = 2;

const runOf = ({ x, y, length, turn, phase }: Run, kind: string) =>
  html`<div
    class="run"
    style="left:${x}px;top:${y}px;width:${length}px;transform:rotate(${turn}deg)"
  >
    <div class=${kind} style="background-position-x:${-phase}px"></div>
  </div>`;

/** The part of the plane in which a bend is, from the middle of its circle. */
const boxOf = ({ radius, from, sweep, clockwise }: Bend) => {
  const outer = radius + EDGE;
  const side = clockwise ? 1 : -1;
  const angles = [0, sweep / 2, sweep].map(
    (angle) => ((from + side * angle) * Math.PI) / 180
  );
  const xs = [0, ...angles.map((angle) => outer * Math.cos(angle))];
  const ys = [0, ...angles.map((angle) => outer * Math.sin(angle))];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return {
    left,
    top,
    width: Math.max(...xs) - left,
    height: Math.max(...ys) - top,
  };
};

/** A ring of dashes that turns, of which the bend is a window. */
const bendOf = (bend: Bend, kind: string) => {
  const { x, y, radius, from, clockwise, dashes, phase } = bend;
  const { left, top, width, height } = boxOf(bend);
  const outer = radius + EDGE;
  const period = (2 * Math.PI * radius) / dashes;
  return html`<div
    class="bend"
    style="left:${x + left}px;top:${y + top}px;width:${width}px;height:${height}px"
  >
    <div
      class="ring"
      style="left:${-left - outer}px;top:${-top - outer}px;width:${2 * outer}px;height:${2 * outer}px;transform:rotate(${from}deg) scaleY(${clockwise ? 1 : -1})"
    >
      <div class=${kind} style="--turn:${360 / dashes}deg">
        <svg viewBox="${-outer} ${-outer} ${2 * outer} ${2 * outer}">
          <circle
            r=${radius}
            stroke-dasharray="${DASH} ${period - DASH}"
            stroke-dashoffset=${(phase * period) / PERIOD}
          ></circle>
        </svg>
      </div>
    </div>
  </div>`;
};

const pipe = (drawn: Drawn, name: Pipe): TemplateResult | typeof nothing => {
  const path = pathOf(drawn, name);
  if (!path || !flowing(drawn.scene, name)) return nothing;
  const kind = classes("dash", drawn.moving && "moving");
  return html`<div class="flow ${PIPE_COLORS[name]}" data-pipe=${name}>
    ${stretches(path).map((each) =>
      each.kind === "run" ? runOf(each, kind) : bendOf(each, kind)
    )}
  </div>`;
};

/** Something that turns around a place; `radius` px of it are drawn. */
const rotor = (
  { x, y }: { x: number; y: number },
  radius: number,
  moves: boolean,
  inside: unknown
) =>
  html`<div
    class=${classes("rotor", moves && "moving")}
    style="left:${x - radius}px;top:${y - radius}px;width:${2 * radius}px;height:${2 * radius}px"
  >
    <svg viewBox="${-radius} ${-radius} ${2 * radius} ${2 * radius}">
      ${inside}
    </svg>
  </div>`;

/** Two arrows chasing each other; where the compressor runs they do. */
const TURNING = "M-9.5 3.5A10 10 0 0 1 3.5-9.4M9.5-3.5A10 10 0 0 1-3.5 9.4";
const HEADS = "M-1-13.5L4-9.3L-.5-5M1 13.5L-4 9.3L.5 5";

const motor = ({ scene: { running }, places, moving }: Drawn) =>
  html`<div class=${classes("motor", running && "compressor")}>
    ${rotor(
      places.compressor,
      16,
      moving && running,
      svg`<path class="line ink" d=${TURNING}></path><path class="line ink" d=${HEADS}></path>`
    )}
  </div>`;

const BLADE = "M0-7C-14-14-10-34 2-36C12-32 10-18 0-7z";

const fan = ({ scene, places: { unit }, moving }: Drawn) => {
  if (!scene.air) return nothing;
  const middle = { x: unit.x + unit.width / 2, y: unit.y + unit.height / 2 };
  return html`<div class=${classes("fan", scene.running && "brine-in")}>
    ${rotor(
      middle,
      40,
      moving && scene.running,
      [0, 120, 240].map(
        (turn) =>
          svg`<path class="full" transform="rotate(${turn})" d=${BLADE}></path>`
      )
    )}
  </div>`;
};

/** All of it, to lie between the two halves of the drawing; `width` (px) is what that is shown with. */
export const flows = (
  drawn: Drawn,
  { width, height }: Arrangement,
  shown: number
): TemplateResult =>
  html`<div
    class="flows"
    aria-hidden="true"
    style="width:${width}px;height:${height}px;transform:scale(${shown / width})"
  >
    ${motor(drawn)}${fan(drawn)}${PIPES.map((name) => pipe(drawn, name))}
  </div>`;
