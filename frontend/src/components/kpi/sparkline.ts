/** The small pictures of the KPI cards as inline SVG. */
import { html, svg } from "lit";
import type { SVGTemplateResult, TemplateResult } from "lit";
import type { ModeSpan } from "../../data/mode-spans.js";
import type { Bar, Point, Spark } from "./figures.js";

const WIDTH = 1000;
const HEIGHT = 36;
/** Bars shrink by this share, so that they stand apart. */
const BAR_GAP = 0.3;
/** The least half span of a line, of temperatures and of the COP: less than this is noise. */
const LEAST_SPREAD = { temperature: 1, cop: 0.5 };

const x = (share: number) => Math.round(share * WIDTH * 10) / 10;

/** Connected pieces of a line; a lone point becomes a dash as wide as its bin. */
export const linePath = (
  points: readonly Point[],
  y: (value: number) => number
): string => {
  const pieces: Point[][] = [[]];
  for (const point of points) {
    if (point.value === null) pieces.push([]);
    else pieces.at(-1)?.push(point);
  }
  return pieces
    .flatMap((piece) => {
      const [first] = piece;
      if (piece.length === 1 && first?.value != null) {
        return [`M${x(first.from)} ${y(first.value)}H${x(first.to)}`];
      }
      return piece.map(
        ({ from, to, value }, index) =>
          `${index ? "L" : "M"}${x((from + to) / 2)} ${y(value ?? 0)}`
      );
    })
    .join("");
};

/** A line alone, for a row. */
export const course = (
  points: readonly Point[],
  color: string
): TemplateResult => picture(line(points, null, color));

const line = (
  points: readonly Point[],
  reference: number | null,
  color: string
): SVGTemplateResult => {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const middle = reference ?? (values.length ? (low + high) / 2 : 0);
  const spread = Math.max(
    reference === null ? LEAST_SPREAD.temperature : LEAST_SPREAD.cop,
    ...values.map((value) => Math.abs(value - middle))
  );
  const y = (value: number) =>
    Math.round((HEIGHT / 2 - ((value - middle) / spread) * 16) * 10) / 10;
  return svg`
    ${
      reference === null
        ? null
        : svg`<path class="reference" d="M0 ${HEIGHT / 2}H${WIDTH}"></path>`
    }
    <path class="line" style="stroke:${color}" d=${linePath(points, y)}></path>`;
};

const bar = (
  { from, to, parts }: Bar,
  colors: readonly string[],
  full: number
): SVGTemplateResult[] => {
  const gap = (to - from) * BAR_GAP;
  let bottom = HEIGHT;
  return parts.flatMap((part, index) => {
    const height = full > 0 ? (part / full) * HEIGHT : 0;
    if (height <= 0) return [];
    bottom -= height;
    return [
      svg`<rect x=${x(from + gap / 2)} y=${bottom.toFixed(1)} width=${x(to - from - gap)}
        height=${height.toFixed(1)} style="fill:${colors[index] ?? "currentColor"}"></rect>`,
    ];
  });
};

const barChart = (
  bars: readonly Bar[],
  colors: readonly string[],
  full: number
) => svg`
  <path class="ground" d="M0 ${HEIGHT - 0.5}H${WIDTH}"></path>
  ${bars.map((each) => bar(each, colors, full))}`;

const picture = (content: unknown): TemplateResult =>
  html`<svg
    class="spark"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    ${content}
  </svg>`;

const strip = (spans: readonly ModeSpan[]): TemplateResult =>
  html`<div class="strip" aria-hidden="true">
    ${spans.map(
      ({ from, to, mode }) =>
        html`<i
          class=${mode === "no_data" ? "no-data" : mode}
          style="left:${100 * from}%;width:${100 * (to - from)}%"
        ></i>`
    )}
  </div>`;

export const sparkline = (spark: Spark): TemplateResult => {
  switch (spark.kind) {
    case "line":
      return picture(line(spark.points, spark.reference, spark.color));
    case "bars":
      return picture(barChart(spark.bars, spark.colors, spark.full));
    case "strip":
      return strip(spark.spans);
  }
};
