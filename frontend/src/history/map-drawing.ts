/** Draws the calendar of days: a square each, the names of months and days of the week beside them. */
import { nothing, svg } from "lit";
import type { Look } from "../components/context.js";
import type { Span } from "../data/period.js";
import { dayNames } from "../format/calendar.js";
import { monthEdge, monthsOf } from "./heat-map.js";
import type { Cell, Measure } from "./heat-map.js";
import { GAP } from "./map-parts.js";
import type { Layout, Part } from "./map-parts.js";
import type { OddDays } from "./odd-days.js";
import { startOf } from "./period.js";
import { monthNames } from "./month-names.js";

/** px of a week from which January is named with its year. */
const ROOM_FOR_YEAR = 14;
/** px that the name of a month takes, and the weeks until the next one's. */
const ROOM_FOR_MONTH = 30;
const WEEKS_A_MONTH = 4.3;
/** px of a square from which a number fits. */
const ROOM_FOR_NUMBER = 13;

export interface MapDrawing extends Layout {
  parts: readonly Part[];
  /** Of each part. */
  cells: readonly (readonly Cell[])[];
  measure: Measure;
  /** The day that is pointed at. */
  at: number | null;
  odd: readonly OddDays[];
  /** The days that are lit up. */
  lit: Span | null;
}

export const stepColor = (measure: Measure, step: number): string =>
  `var(--hp-${measure === "outdoor" ? "t" : "r"}${step})`;

const weekdays = ({ left, pitch }: Layout, { text }: Look) => {
  const names = dayNames(text("language"), 1).weekdays;
  return [0, 2, 4, 6].map(
    (row) =>
      svg`<text x=${-left} y=${(row + 0.5) * pitch + 3}>${names[row]?.short.replace(/\.$/, "")}</text>`
  );
};

const months = ({ days }: Part, { pitch, isAll }: Layout, look: Look) => {
  const { short, shortWithYear } = monthNames(look);
  const isNamed = !isAll && pitch > ROOM_FOR_YEAR;
  const nth = Math.ceil(ROOM_FOR_MONTH / (WEEKS_A_MONTH * pitch));
  return monthsOf(days).map(({ day, column, row }, i) => {
    if (i % nth) return nothing;
    const isJanuary = new Date(day).getUTCMonth() === 0;
    const x = (column + (row ? 1 : 0)) * pitch;
    return svg`<text class=${isJanuary ? "strong" : ""} x=${x} y="-8">${(isJanuary && isNamed ? shortWithYear : short)(day)}</text>`;
  });
};

const square = (
  { day, column, row, state, step, isPartly }: Cell,
  { pitch, high, measure, at }: MapDrawing
) => {
  const [x, y] = [column * pitch, row * high];
  const [width, height] = [Math.max(1, pitch - GAP), Math.max(1, high - GAP)];
  const kind = state === "known" && step === null ? "blank" : state;
  const fill =
    kind === "known" && step !== null
      ? `--step:${stepColor(measure, step)}`
      : nothing;
  return svg`<rect class="cell ${kind}" style=${fill} data-day=${day} x=${x} y=${y} width=${width} height=${height} rx="3"></rect>
    ${isPartly ? svg`<path class="partly" d="M${x + width} ${y}V${y + height}H${x}Z"></path>` : nothing}
    ${day === at ? svg`<rect class="at" x=${x - 1} y=${y - 1} width=${width + 2} height=${height + 2} rx="4"></rect>` : nothing}`;
};

/** A ring around an odd day; the first of neighbours has the number of their row. */
const ring = (
  { day, column, row }: Cell,
  { pitch, high, odd, lit }: MapDrawing
) => {
  const found = odd.find(
    ({ number, start, end }) => number !== null && day >= start && day < end
  );
  if (!found) return nothing;
  const [x, y] = [column * pitch, row * high];
  const [width, height] = [pitch - GAP, high - GAP];
  const isLit = lit && lit.start < found.end && found.start < lit.end;
  const [middle, line] = [x + width / 2, y + height / 2];
  const badge =
    found.start === day && width >= ROOM_FOR_NUMBER
      ? svg`<circle class="badge" cx=${middle} cy=${line} r="6.5"></circle>
        <text class="number" x=${middle} y=${line + 3.5}>${found.number}</text>`
      : nothing;
  return svg`<rect class="ring ${isLit ? "lit" : ""}" x=${x - 0.5} y=${y - 0.5} width=${width + 1} height=${height + 1} rx="3.5"></rect>${badge}`;
};

/** Stepped lines between months; the first begins with the part. */
const edges = ({ days }: Part, { pitch }: Layout) =>
  monthsOf(days)
    .slice(days.start === startOf("month", days.start) ? 1 : 0)
    .map(
      (each) =>
        svg`<path class="edge" transform="translate(${-GAP / 2} ${-GAP / 2})" d=${monthEdge(each, pitch)}></path>`
    );

export const drawParts = (drawing: MapDrawing, look: Look) => {
  const { parts, cells, left, high, isAll, tops } = drawing;
  return svg`<defs><pattern id="gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="1.5" height="6" fill="var(--hp-no-data)"></rect></pattern></defs>
    ${parts.map(
      (part, i) => svg`<g transform="translate(${left} ${tops[i] ?? 0})">
        ${isAll ? svg`<text x=${-left} y=${3.5 * high + 4}>${part.name}</text>` : weekdays(drawing, look)}
        ${isAll && i ? nothing : months(part, drawing, look)}
        ${(cells[i] ?? []).map((cell) => square(cell, drawing))}
        ${isAll ? nothing : edges(part, drawing)}
        ${(cells[i] ?? []).map((cell) => ring(cell, drawing))}
      </g>`
    )}`;
};
