/** Draws what stands still in the schematic: one scene, any arrangement. Colours are classes. */
import { nothing, svg } from "lit";
import type { SVGTemplateResult } from "lit";
import type { Anchor, Arrangement, Box, Pipe, Words } from "./arrangement.js";
import { PLACES } from "./scene.js";
import type { Label, Place, Scene } from "./scene.js";

type Drawing = SVGTemplateResult | typeof nothing;

export interface Drawn {
  scene: Scene;
  places: Arrangement;
  /** Whether anything may move. */
  moving: boolean;
  /** Shows the details of an entity. */
  open: (entity: string) => void;
}

export const PIPE_COLORS: Record<Pipe, string> = {
  cold: "brine-out",
  warm: "brine-in",
  supply: "supply",
  toHouse: "supply",
  fromHouse: "return",
  toTank: "hot-water",
  fromTank: "hot-water",
  back: "return",
};

/** Rooms and circuits: value above name, one of two sizes. */
const BIG: readonly Place[] = ["outdoor_temp", "indoor_temp"];

export const classes = (...names: (string | false)[]) =>
  names.filter(Boolean).join(" ");

const words = ({ x, y, anchor }: Words, kind: string, text: string) =>
  svg`<text class=${kind} x=${x} y=${y} text-anchor=${anchor}>${text}</text>`;

const rect = ({ x, y, width, height }: Box, kind: string, radius: number) =>
  svg`<rect class=${kind} x=${x} y=${y} width=${width} height=${height} rx=${radius}></rect>`;

/** Whether liquid flows in a pipe. */
export const flowing = ({ flows }: Scene, pipe: Pipe): boolean => {
  switch (pipe) {
    case "cold":
    case "warm":
      return flows.brine;
    case "toTank":
    case "fromTank":
      return flows.tank;
    case "toHouse":
    case "fromHouse":
      return flows.house;
    default:
      return flows.house || flows.tank;
  }
};

/** Where a pipe lies; null where there is none. */
export const pathOf = ({ scene, places }: Drawn, name: Pipe): string | null => {
  const tank = name === "toTank" || name === "fromTank";
  if (tank && !scene.hasTank) return null;
  const air = scene.air && (name === "cold" || name === "warm");
  return (air ? places.airPipes[name] : places.pipes[name]) || null;
};

const pipe = (drawn: Drawn, name: Pipe): Drawing => {
  const path = pathOf(drawn, name);
  if (!path) return nothing;
  const flows = flowing(drawn.scene, name);
  return svg`<g class=${classes("pipe", flows && PIPE_COLORS[name])}>
    <path class="bed" d=${path}></path>
  </g>`;
};

const arrow = ({ scene, places }: Drawn): Drawing[] =>
  places.arrows.map(({ x, y, turn, pipe: name }) =>
    flowing(scene, name) &&
    !(scene.air && PIPE_COLORS[name].startsWith("brine"))
      ? svg`<g class=${PIPE_COLORS[name]} transform="translate(${x} ${y}) rotate(${turn})">
          <circle class="plate" r="9"></circle><path class="line" d="M-2.5-5L3 0L-2.5 5"></path>
        </g>`
      : nothing
  );

/** A circle with a triangle: full where it pumps. */
const circulator = (
  spot: { x: number; y: number; turn: number },
  running: boolean | null,
  color: string
): Drawing =>
  running === null
    ? nothing
    : svg`<g class=${classes("circulator", running && color)}
        transform="translate(${spot.x} ${spot.y}) rotate(${spot.turn})">
        <circle class="plate line" r="14"></circle><path class="full" d="M-5-7.5V7.5L8 0z"></path>
      </g>`;

const temperature = (
  { places, open }: Drawn,
  place: Place,
  { name, short, value, entity }: Label
): Drawing => {
  const { x, y, anchor } = places.labels[place];
  const big = BIG.includes(place);
  const shown = places.tall ? short : name;
  const gas = place === "hot_gas_temp";
  const kind = gas ? "small" : big ? "big" : "middle";
  const beside = gas && !places.tall;
  const content = beside
    ? svg`<text class="name" x=${x - 34} y=${y} text-anchor="end">${shown}</text>
        <text class="value small" x=${x + 34} y=${y} text-anchor="start">${value}</text>`
    : svg`<text class="value ${kind}" x=${x} y=${y} text-anchor=${anchor}>${value}</text>
        <text class="name" x=${x} y=${y + (big ? 22 : 19)} text-anchor=${anchor}>${shown}</text>`;
  if (!entity) return svg`<g class="label ${place}">${content}</g>`;
  return svg`<g class="label ${place}" role="button" tabindex="0" aria-label=${beside ? `${shown} ${value}` : `${value} ${shown}`}
    @click=${() => {
      open(entity);
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      open(entity);
    }}>${rect(target(x, y, anchor, beside), "target", 8)}${content}</g>`;
};

/** What a finger hits: at least 44 px each way. */
const target = (x: number, y: number, anchor: Anchor, wide: boolean): Box => {
  const width = wide ? 190 : 104;
  const left = { start: x - 6, middle: x - width / 2, end: x - width + 6 };
  return {
    x: left[anchor],
    y: y - (wide ? 27 : 25),
    width,
    height: wide ? 44 : 50,
  };
};

const tree = ({ x, y, size }: { x: number; y: number; size: number }) =>
  svg`<path class="soil-line" transform="translate(${x} ${y}) scale(${size})"
    d="M0 0V-8M-13-8H13L6-20H9L0-36L-9-20H-6z"></path>`;

const ground = ({ scene, places }: Drawn, borehole: string): Drawing => {
  const { soil, tall } = places;
  const { x, y, width, height } = soil;
  if (scene.air) return nothing;
  const line = (share: number, dashes: string) =>
    svg`<path class="soil-line" stroke-dasharray=${dashes} d="M${x + 14} ${y + height * share}H${x + width - 14}"></path>`;
  return svg`${rect(soil, "soil", 12)}
    <path class="soil-line grass" d="M${x} ${y + 12}a12 12 0 0 1 12-12H${x + width - 12}a12 12 0 0 1 12 12"></path>
    ${line(tall ? 0.3 : 0.26, "3 9")}${line(tall ? 0.64 : 0.54, "12 9")}${tall ? nothing : line(0.78, "3 9")}
    ${places.trees.map(tree)}
    ${words(places.ground, "name", borehole)}`;
};

const outdoorUnit = ({ scene, places }: Drawn): Drawing => {
  if (!scene.air) return nothing;
  const { unit, soil } = places;
  const [x, y] = [unit.x + unit.width / 2, unit.y + unit.height / 2];
  const floor = soil.y + soil.height;
  const stream = (dx: number, dy: number) =>
    svg`<path class="line" d="M${unit.x + dx} ${y + dy}q8-7 16 0t16 0"></path>`;
  return svg`
    <path class="soil-line grass" d="M${soil.x} ${floor}H${soil.x + soil.width}M${unit.x + 14} ${floor}V${unit.y + unit.height}M${unit.x + unit.width - 14} ${floor}V${unit.y + unit.height}"></path>
    ${rect(unit, "unit", 12)}
    <g class=${classes("fan", scene.running && "brine-in")}>
      <circle class="line" cx=${x} cy=${y} r="46"></circle>
      ${scene.running ? [-32, 0, 32].map((dy) => stream(-38, dy)) : nothing}
    </g>`;
};

const machine = ({ scene, places }: Drawn): Drawing => {
  const { compressor, expansion } = places;
  const { running } = scene;
  return svg`${rect(places.pump, classes("pump", running && "compressor"), 16)}
    <path class="circuit" d=${places.circuit}></path>
    <path class=${classes("coil", running && "brine-in")} d=${places.evaporator}></path>
    <path class=${classes("coil", running && "supply")} d=${places.condenser}></path>
    <path class="plate line" transform="translate(${expansion.x} ${expansion.y}) rotate(${expansion.turn})"
      d="M-10-8V8L10-8V8z"></path>
    <g class=${classes("motor", running && "compressor")} transform="translate(${compressor.x} ${compressor.y})">
      <circle class="plate" r="23"></circle><circle class="tint line" r="23"></circle>
    </g>`;
};

const figures = ({ scene, places }: Drawn, name: string): Drawing => {
  const { cop, mode, power } = places;
  return svg`${
    scene.cop === null
      ? nothing
      : svg`${words(cop, "name", name)}${words({ ...cop, y: cop.y + (places.tall ? 31 : 29) }, "big", scene.cop)}`
  }
    ${words(mode, classes("mode", scene.mode.key ?? "", scene.still && "faint"), scene.mode.name)}
    ${scene.power.map((line, index) => words({ ...power, y: power.y + 20 * index }, "name", line))}`;
};

const heater = (
  { scene: { auxiliary }, places }: Drawn,
  name: string
): Drawing => {
  if (!auxiliary) return nothing;
  const { x, y, width, height } = places.heater;
  const middle = y + height / 2;
  return svg`<g class=${classes("heater", auxiliary.on && "auxiliary")}>
    ${rect(places.heater, "plate", 8)}${rect(places.heater, "tint line", 8)}
    <path class="line ink" d="M${x + 9} ${middle}h6l4-7l7 14l7-14l7 14l4-7h${width - 53}"></path>
  </g>
  ${words(places.heaterState, "state", auxiliary.state)}
  ${words(places.heaterName, "name", name)}`;
};

const valve = ({ scene, places }: Drawn): Drawing => {
  if (!scene.valve) return nothing;
  const { x, y, house, tank, name } = places.valve;
  const { toTank } = scene.valve;
  const flows = scene.flows.house || scene.flows.tank;
  const color = toTank ? "hot-water" : "supply";
  return svg`<g class=${classes(flows && color)} transform="translate(${x} ${y})">
    <circle class="plate valve" r="15.5"></circle>
    <path class="way" d=${toTank === null ? "" : toTank ? tank : house}></path>
  </g>
  ${name ? words(name, classes("mode", toTank ? "hot_water" : "heating", scene.still && "faint"), scene.valve.name) : nothing}`;
};

const tank = ({ scene, places }: Drawn): Drawing => {
  if (!scene.hasTank) return nothing;
  const { x, y, width, height } = places.tank;
  const room = height - 10;
  const full = Math.round(room * scene.tankFill);
  const fill = {
    x: x + 5,
    y: y + 5 + room - full,
    width: width - 10,
    height: full,
  };
  return svg`<g class=${classes("tank", !scene.still && "hot-water")}>
    ${rect(places.tank, "plate line", 12)}${full ? rect(fill, "tint", Math.min(8, full / 2)) : nothing}
  </g>`;
};

const house = ({ scene, places }: Drawn): Drawing => {
  const { x, y, width, height } = places.radiator;
  const warm = scene.flows.house;
  return svg`<path class="house" d=${places.house}></path>
    <g class=${classes("radiator", warm && "supply")}>${[0, 1, 2, 3, 4, 5].map(
      (index) => {
        const part = places.tall ? 5 - index : index;
        return svg`<rect class="line" x=${x + index * (width + 3)} y=${y} width=${width} height=${height}
        rx="8.5" style="fill-opacity:${warm ? 0.28 - 0.035 * part : 0}"></rect>`;
      }
    )}</g>`;
};

export const PIPES = Object.keys(PIPE_COLORS) as Pipe[];

/** What lies below that which moves, back to front. */
export const drawBelow = (drawn: Drawn, borehole: string): SVGTemplateResult =>
  svg`${ground(drawn, borehole)}${outdoorUnit(drawn)}${machine(drawn)}${house(drawn)}
    ${PIPES.map((each) => pipe(drawn, each))}`;

/** What lies above it; `text` gives the words that are no values. */
export const drawAbove = (
  drawn: Drawn,
  text: (key: string) => string
): SVGTemplateResult => {
  const { scene, places } = drawn;
  const short = places.tall ? "now.short." : "now.";
  const { name } = places.circulationPump;
  return svg`${arrow(drawn)}
    ${circulator(places.brinePump, scene.air ? null : scene.pumps.brine, "brine-in")}
    ${circulator(places.circulationPump, scene.pumps.circulation, "return")}
    ${name && scene.pumps.circulation !== null ? words(name, "name", text("now.circulation")) : nothing}
    ${tank(drawn)}${heater(drawn, text(`${short}auxiliary`))}${valve(drawn)}
    ${figures(drawn, scene.copName)}
    ${PLACES.map((place) => {
      const label = scene.labels[place];
      return label ? temperature(drawn, place, label) : nothing;
    })}`;
};
