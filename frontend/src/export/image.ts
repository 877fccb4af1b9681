/** Draws a layout on a canvas. */
import type { ChartTheme } from "../theme/tokens.js";
import type { Layout, Mark, Measure, SwatchMark } from "./layout.js";

const FINENESS = 2;
const DASHES = { solid: [], dashed: [6, 3], dotted: [2, 3] } as const;

const font = (size: number, weight: number, { fontFamily }: ChartTheme) =>
  `${weight} ${size}px ${fontFamily}`;

const newPen = (width: number, height: number): CanvasRenderingContext2D => {
  const canvas = document.createElement("canvas");
  canvas.width = width * FINENESS;
  canvas.height = height * FINENESS;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("No canvas");
  pen.scale(FINENESS, FINENESS);
  return pen;
};

export const measureWith = (theme: ChartTheme): Measure => {
  const pen = newPen(1, 1);
  return (text, size, weight) => {
    pen.font = font(size, weight, theme);
    return pen.measureText(text).width;
  };
};

/** Stripes at 45° in a square of 12 px. */
const drawStripes = (pen: CanvasRenderingContext2D, x: number, y: number) => {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, 12, 12);
  pen.clip();
  pen.lineWidth = 2.5;
  pen.setLineDash([]);
  for (const offset of [-6, 0, 6, 12, 18]) {
    pen.beginPath();
    pen.moveTo(x + offset - 6, y + 12);
    pen.lineTo(x + offset + 6, y);
    pen.stroke();
  }
  pen.restore();
};

const drawSwatch = (
  pen: CanvasRenderingContext2D,
  { style, x, y, color }: SwatchMark
): void => {
  pen.fillStyle = color;
  pen.strokeStyle = color;
  if (style === "square") {
    pen.fillRect(x + 3, y - 6, 12, 12);
    return;
  }
  if (style === "hatched") {
    drawStripes(pen, x + 3, y - 6);
    return;
  }
  pen.lineWidth = 2.5;
  pen.setLineDash([...DASHES[style]]);
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x + 18, y);
  pen.stroke();
};

const drawMark = (
  pen: CanvasRenderingContext2D,
  mark: Mark,
  theme: ChartTheme
): void => {
  if (mark.kind === "text") {
    pen.font = font(mark.size, mark.weight, theme);
    pen.fillStyle = mark.color;
    pen.textAlign = mark.align;
    pen.fillText(mark.text, mark.x, mark.y);
  } else if (mark.kind === "box") {
    pen.beginPath();
    pen.roundRect(mark.x, mark.y, mark.width, mark.height, 12);
    pen.fillStyle = mark.color;
    pen.fill();
    pen.strokeStyle = mark.border;
    pen.lineWidth = 1;
    pen.setLineDash([]);
    pen.stroke();
  } else if (mark.kind === "picture") {
    pen.drawImage(mark.picture, mark.x, mark.y, mark.width, mark.height);
  } else drawSwatch(pen, mark);
};

/** The layout on the theme's background. */
export const drawLayout = (
  { width, height, marks }: Layout,
  theme: ChartTheme
): HTMLCanvasElement => {
  const pen = newPen(width, height);
  pen.fillStyle = theme.background;
  pen.fillRect(0, 0, width, height);
  for (const mark of marks) drawMark(pen, mark, theme);
  return pen.canvas;
};
