/** Where everything in the schematic is: left to right where there is room, else bottom to top. Pure. */
import type { Place } from "./scene.js";

export interface Spot {
  x: number;
  y: number;
}

export interface Box extends Spot {
  width: number;
  height: number;
}

export type Anchor = "start" | "middle" | "end";

export interface Words extends Spot {
  anchor: Anchor;
}

/** Pipes in the direction of their flow; "" where an arrangement has none. */
export type Pipe =
  | "cold"
  | "warm"
  | "supply"
  | "toHouse"
  | "fromHouse"
  | "toTank"
  | "fromTank"
  | "back";

export interface Arrangement {
  width: number;
  height: number;
  /** Short names, lines under each other. */
  tall: boolean;
  labels: Record<Place, Words>;
  pipes: Record<Pipe, string>;
  /** What the pipes become where there is an outdoor unit instead of a borehole. */
  airPipes: Pick<Record<Pipe, string>, "cold" | "warm">;
  /** Arrowheads; `turn` in degrees, 0 = to the right. */
  arrows: (Spot & { turn: number; pipe: Pipe })[];
  soil: Box;
  trees: (Spot & { size: number })[];
  ground: Words;
  unit: Box;
  brinePump: Spot & { turn: number };
  circulationPump: Spot & { turn: number; name: Words | null };
  pump: Box;
  circuit: string;
  evaporator: string;
  condenser: string;
  compressor: Spot;
  expansion: Spot & { turn: number };
  cop: Words;
  mode: Words;
  power: Words;
  heater: Box;
  heaterState: Words;
  heaterName: Words;
  valve: Spot & { house: string; tank: string; name: Words | null };
  tank: Box;
  house: string;
  /** Elements of the radiator; their width is `radiator.width`. */
  radiator: Box;
}

const at = (x: number, y: number, anchor: Anchor = "middle"): Words => ({
  x,
  y,
  anchor,
});

const box = (x: number, y: number, width: number, height: number): Box => ({
  x,
  y,
  width,
  height,
});

/** A coil of six half waves, `length` long from `x`, `y`. */
const coil = (x: number, y: number, length: number, upright: boolean) => {
  const half = length / 6;
  const wave = upright
    ? `q-16 ${half / 2} 0 ${half}`
    : `q${half / 2}-20 ${half} 0`;
  const next = upright ? `t0 ${half}` : `t${half} 0`;
  return `M${x} ${y}${wave}${next.repeat(5)}`;
};

const MID = 960;
const WIDE = 1376;

/** Heights of the two levels of pipes, and of the floor. */
const UPPER = 101;
const LOWER = 289;
const FLOOR = 317;

/** Left to right, the way of the heat: `width` from about 880 up; texts keep their size. */
export const across = (width: number): Arrangement => {
  const part = (width - MID) / (WIDE - MID);
  const x = (mid: number, wide: number) =>
    Math.round(mid + (wide - mid) * part);
  const soil = box(x(12, 16), 77, x(166, 286), FLOOR - 77);
  const pump = box(x(280, 442), 37, x(216, 270), FLOOR - 37);
  const [up, down] = [x(50, 112), x(94, 164)];
  const loop = (down - up) / 2;
  const deep = 303 - loop;
  const right = pump.x + pump.width;
  const evaporator = pump.x + x(24, 23);
  const condenser = right - x(24, 23);
  const [left, far] = [evaporator + x(24, 25), condenser - x(24, 26)];
  const middle = pump.x + pump.width / 2;
  const heater = x(616, 850);
  const tee = x(712, 980);
  const wall = [x(784, 1112), x(940, 1352)] as const;
  const ridge = (wall[0] + wall[1]) / 2;
  const radiator = box(x(806, 1134), 181, 17, 56);
  const [inlet, outlet] = [radiator.x + 8, radiator.x + 108];
  const label = x(229, 372);
  const sides = x(542, 774);
  const unit = box(soil.x + soil.width - x(126, 170), 89, x(126, 170), 204);
  return {
    width,
    height: 332,
    tall: false,
    labels: {
      outdoor_temp: at(soil.x + 4, 37, "start"),
      indoor_temp: at(x(842, 1168), 137, "start"),
      supply_temp: at(sides, 65),
      return_temp: at(sides, 251),
      hot_water_temp: at(tee, 187),
      brine_in_temp: at(label, 57),
      brine_out_temp: at(label, 205),
      hot_gas_temp: at(middle, 63),
    },
    pipes: {
      warm: `M${up} ${deep}V113a12 12 0 0 1 12-12H${evaporator - 12}a12 12 0 0 1 12 12V137`,
      cold: `M${evaporator} 137V161a12 12 0 0 1-12 12H${down + 12}a12 12 0 0 0-12 12V${deep}a${loop} ${loop} 0 0 1-${down - up} 0`,
      supply: `M${condenser} 195V113a12 12 0 0 1 12-12H${tee}`,
      toHouse: `M${tee} ${UPPER}H${inlet - 12}a12 12 0 0 1 12 12V${radiator.y}`,
      fromHouse: `M${outlet} ${radiator.y + 56}V${LOWER - 12}a12 12 0 0 1-12 12H${tee}`,
      toTank: `M${tee} ${UPPER}V141`,
      fromTank: `M${tee} 241V${LOWER}`,
      back: `M${tee} ${LOWER}H${condenser + 12}a12 12 0 0 1-12-12V195`,
    },
    airPipes: {
      warm: `M${unit.x + unit.width} ${UPPER}H${evaporator - 12}a12 12 0 0 1 12 12V137`,
      cold: `M${evaporator} 137V161a12 12 0 0 1-12 12H${unit.x + unit.width}`,
    },
    arrows: [
      { x: up, y: 207, turn: -90, pipe: "warm" },
      { x: down, y: 233, turn: 90, pipe: "cold" },
      { x: x(756, 1068), y: UPPER, turn: 0, pipe: "toHouse" },
      { x: x(756, 1068), y: LOWER, turn: 180, pipe: "fromHouse" },
    ],
    soil,
    trees: [
      { x: soil.x + soil.width - x(60, 66), y: 77, size: 0.72 },
      { x: soil.x + soil.width - 34, y: 77, size: 1 },
    ],
    ground: at(soil.x + soil.width - 14, 303, "end"),
    unit,
    brinePump: { x: label, y: UPPER, turn: 0 },
    circulationPump: {
      x: heater,
      y: LOWER,
      turn: 180,
      name: at(heater, 323),
    },
    pump,
    circuit:
      `M${middle - 25} 75H${left + 8}a8 8 0 0 0-8 8V95M${left} 173V183a8 8 0 0 0 8 8H${middle - 11}` +
      `M${middle + 11} 191H${far - 8}a8 8 0 0 0 8-8V173M${far} 95V83a8 8 0 0 0-8-8H${middle + 25}`,
    evaporator: coil(left, 95, 78, true),
    condenser: coil(far, 95, 78, true),
    compressor: { x: middle, y: 75 },
    expansion: { x: middle, y: 191, turn: 0 },
    cop: at(middle, 139),
    mode: at(middle, 253),
    power: at(middle, 277),
    heater: box(heater - 30, UPPER - 16, 60, 32),
    heaterState: at(heater, 75),
    heaterName: at(heater, 137),
    valve: {
      x: tee,
      y: UPPER,
      house: "M-14 0H14",
      tank: "M-14 0H0V14",
      name: at(tee, 75),
    },
    tank: box(tee - 46, 141, 92, 100),
    house:
      `M${wall[0] - 16} 93L${ridge} 21L${wall[1] + 16} 93` +
      `M${wall[0]} 86V${FLOOR}M${wall[1]} 86V${FLOOR}M${wall[0] - 16} ${FLOOR}H${wall[1] + 16}`,
    radiator,
  };
};

/** Bottom to top, for a phone: 342 wide. */
export const upwards = (): Arrangement => ({
  width: 342,
  height: 708,
  tall: true,
  labels: {
    outdoor_temp: at(231, 38, "start"),
    indoor_temp: at(30, 122, "start"),
    supply_temp: at(236, 250, "start"),
    return_temp: at(62, 299, "start"),
    hot_water_temp: at(289, 134),
    brine_in_temp: at(122, 529, "end"),
    brine_out_temp: at(222, 529, "start"),
    hot_gas_temp: at(235, 414),
  },
  pipes: {
    warm: "M149 658V489",
    cold: "M199 489V658a25 25 0 0 1-50 0",
    supply: "M222 343V220",
    toHouse: "M222 220H166a12 12 0 0 1-12-12",
    fromHouse: "M39 209V343",
    toTank: "M222 220H254a12 12 0 0 0 12-12V196",
    fromTank: "M327 196V343",
    back: "",
  },
  airPipes: { warm: "M149 584V489", cold: "M199 489V584" },
  arrows: [
    { x: 149, y: 616, turn: -90, pipe: "warm" },
    { x: 199, y: 616, turn: 90, pipe: "cold" },
  ],
  soil: box(0, 572, 342, 132),
  trees: [
    { x: 41, y: 572, size: 0.55 },
    { x: 310, y: 572, size: 0.42 },
  ],
  ground: at(14, 684, "start"),
  unit: box(96, 584, 156, 108),
  brinePump: { x: 149, y: 533, turn: -90 },
  circulationPump: { x: 39, y: 304, turn: 90, name: null },
  pump: box(5, 343, 332, 146),
  circuit:
    "M184 380H180a8 8 0 0 0-8 8V402M172 424V444a8 8 0 0 0 8 8H184" +
    "M285 452H289a8 8 0 0 0 8-8V437M297 395V388a8 8 0 0 0-8-8H285",
  condenser: coil(184, 380, 101, false),
  evaporator: coil(184, 452, 101, false),
  compressor: { x: 297, y: 416 },
  expansion: { x: 172, y: 413, turn: 90 },
  cop: at(22, 371, "start"),
  mode: at(22, 429, "start"),
  power: at(22, 451, "start"),
  heater: box(191, 286, 62, 36),
  heaterState: at(259, 301, "start"),
  heaterName: at(259, 320, "start"),
  valve: {
    x: 222,
    y: 220,
    house: "M-15 0H0V15",
    tank: "M15 0H0V15",
    name: null,
  },
  tank: box(240, 84, 98, 112),
  house: "M1 100L94 22L187 100M14 92V247M174 92V247M1 247H187",
  radiator: box(30, 157, 20, 52),
});

/** Below this there is no room for the way across. */
export const ACROSS_FROM = 880;

export const arrangement = (width: number): Arrangement =>
  width >= ACROSS_FROM ? across(Math.floor(width)) : upwards();
