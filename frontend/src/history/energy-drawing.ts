/** Draws the main picture: COP, heat up, electricity down, outdoor temperature. */
import { nothing, svg } from "lit";
import type { Look } from "../components/context.js";
import { columnLabels } from "./column-words.js";
import { axis, gapPattern, linePath } from "./drawing.js";
import type { HistoryModel } from "./model.js";
import { columnUnit } from "./period.js";
import { everyNth } from "./picture.js";
import type { Picture } from "./picture.js";

/** px a label of the axis needs. */
const LABEL = { day: 44, month: 52 } as const;
/** px of a column from which its COP is written above it. */
const ROOM_FOR_COP = 40;

const auxiliaryPattern = () =>
  svg`<pattern id="hatched" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect width="5" height="5" fill="var(--hp-auxiliary)" fill-opacity="0.3"></rect>
    <rect width="2.5" height="5" fill="var(--hp-auxiliary)"></rect>
  </pattern>`;

const unread = ({ places, energy }: Picture, { columns }: HistoryModel) =>
  columns.map(({ state }, i) =>
    state === "unread" || state === "none"
      ? svg`<rect class=${state} x=${(places[i]?.x ?? 0) + 1} y=${energy.top} width=${Math.max(1, (places[i]?.width ?? 0) - 2)} height=${energy.bottom - energy.top}></rect>`
      : nothing
  );

const copValues = (
  { places, cop }: Picture,
  { columns, period }: HistoryModel,
  { format }: Look
) => {
  const isNarrow = (places[0]?.width ?? 0) < ROOM_FOR_COP;
  if (columnUnit(period.unit) === "day" || isNarrow) return nothing;
  return columns.map(({ figures }, i) => {
    const { x = 0, width = 0 } = places[i] ?? {};
    return figures?.cop == null
      ? nothing
      : svg`<text class="cop middle" x=${x + width / 2} y=${cop.top - 8}>${format.number(figures.cop, 2)}</text>`;
  });
};

const copPlot = (picture: Picture, { text, format }: Look) => {
  const { cop, left, right } = picture;
  const name = text("name.cop");
  const written = (value: number) => format.number(value, 0);
  return svg`${axis(cop, { left, right, name, written, side: "gutter" })}
    ${cop.band ? svg`<rect class="cop-band" x=${left} y=${cop.band[0]} width=${right - left} height=${Math.max(0, cop.band[1] - cop.band[0])}></rect>` : nothing}
    ${cop.line === null ? nothing : svg`<path class="cop-line" d="M${left} ${cop.line}H${right}"></path>`}
    ${cop.before.map(({ x, y }) => svg`<circle class="hollow" cx=${x} cy=${y} r="3.5"></circle>`)}
    ${cop.points.map(({ x, y }) => svg`<circle class="point" cx=${x} cy=${y} r="4"></circle>`)}`;
};

const energyPlot = (
  { energy, left, right }: Picture,
  { text, format }: Look
) => {
  const name = text("history.heat_kwh");
  const written = (value: number) =>
    format.number(Math.abs(value), value % 1 ? 1 : 0);
  return svg`${axis(energy, { left, right, name, written })}
    ${energy.bottom > energy.zero ? svg`<text x=${left} y=${energy.bottom + 16}>${text("history.electricity_kwh")}</text>` : nothing}
    ${energy.bars.map(({ series, x, y, width, height, ghost }) => svg`<rect class="series ${series} ${ghost ? "ghost" : ""}" x=${x} y=${y} width=${width} height=${height}></rect>`)}
    ${energy.ticks.map(({ x, y, width }) => svg`<path class="tick" d="M${x} ${y}h${width}"></path>`)}`;
};

const outdoorPlot = (
  { outdoor, left, right }: Picture,
  { text, format }: Look
) => {
  const name = `${text("name.outdoor_temp")}, ${format.units.temperature}`;
  const written = (value: number) => format.number(value, 0);
  return svg`${axis(outdoor, { left, right, name, written, side: "end" })}
    ${outdoor.before.map((piece) => svg`<path class="outdoor before" d=${linePath(piece)}></path>`)}
    ${outdoor.line.map((piece) => svg`<path class="outdoor" d=${linePath(piece)}></path>`)}`;
};

/** The names of columns below all plots, as many as there is room for. */
export const columnNames = (
  {
    places,
    left,
    right,
    bottom,
  }: Pick<Picture, "places" | "left" | "right" | "bottom">,
  model: HistoryModel,
  look: Look
) => {
  const labels = columnLabels(model, look);
  const unit = columnUnit(model.period.unit);
  const nth = everyNth(labels.length, right - left, LABEL[unit]);
  return labels.map(({ label, strong }, i) => {
    const { x = 0, width = 0 } = places[i] ?? {};
    return i % nth
      ? nothing
      : svg`<text class="middle ${strong ? "strong" : ""}" x=${x + width / 2} y=${bottom + 18}>${label}</text>`;
  });
};

export const drawPicture = (
  picture: Picture,
  model: HistoryModel,
  look: Look,
  { at, hidden }: { at: number; hidden: ReadonlySet<string> }
) => {
  const { cop, places, bottom } = picture;
  const shade = places[at];
  return svg`<defs>${auxiliaryPattern()}${gapPattern()}</defs>
    ${shade ? svg`<rect class="shade" x=${shade.x} y=${cop.top - 20} width=${shade.width} height=${bottom - cop.top + 20}></rect>` : nothing}
    ${unread(picture, model)}
    ${cop.bottom > cop.top ? copPlot(picture, look) : nothing}
    ${hidden.has("cop") ? nothing : copValues(picture, model, look)}
    ${energyPlot(picture, look)}
    ${outdoorPlot(picture, look)}
    ${columnNames(picture, model, look)}`;
};
