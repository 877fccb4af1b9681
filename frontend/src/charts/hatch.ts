/** Hatching: what cannot be told by its colour alone. */
import { withAlpha } from "../theme/color.js";
import type { ChartTheme } from "../theme/tokens.js";

const TILE = 8;
/** Drawn finer than the screen and scaled down, so that it is sharp on dense screens too. */
const FINENESS = 3;

export interface Pattern {
  image: HTMLCanvasElement;
  repeat: "repeat";
  scaleX: number;
  scaleY: number;
}

const tiles = new Map<string, HTMLCanvasElement | null>();

const drawTile = (line: string, ground: string | null) => {
  const canvas = document.createElement("canvas");
  const size = TILE * FINENESS;
  canvas.width = size;
  canvas.height = size;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  if (ground) {
    pen.fillStyle = ground;
    pen.fillRect(0, 0, size, size);
  }
  pen.strokeStyle = line;
  pen.lineWidth = 1.5 * FINENESS;
  // The corners belong to the stripes of the neighbours.
  for (const offset of [-size, 0, size]) {
    pen.beginPath();
    pen.moveTo(offset - size / 2, size * 1.5);
    pen.lineTo(offset + size * 1.5, -size / 2);
    pen.stroke();
  }
  return canvas;
};

/** Lines of `line` at 45° every 8 px on `ground`; a faint plain colour where nothing can be drawn. */
export const hatch = (
  line: string,
  ground: string | null = null
): Pattern | string => {
  if (typeof document === "undefined") return withAlpha(line, 0.4);
  const key = `${line}|${ground ?? ""}`;
  let image = tiles.get(key);
  if (image === undefined) {
    image = drawTile(line, ground);
    tiles.set(key, image);
  }
  if (!image) return withAlpha(line, 0.4);
  const scale = 1 / FINENESS;
  return { image, repeat: "repeat", scaleX: scale, scaleY: scale };
};

/** Of the auxiliary heater where it stands as an area of its own. */
export const auxiliaryFill = ({
  auxiliary,
  dark,
}: Pick<ChartTheme, "auxiliary" | "dark">): Pattern | string =>
  hatch(
    withAlpha(auxiliary, dark ? 0.75 : 0.85),
    withAlpha(auxiliary, dark ? 0.3 : 0.25)
  );
