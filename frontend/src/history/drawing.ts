/** What pictures of the history have in common: axes, lines, hatching. */
import { css, nothing, svg } from "lit";
import { digitsOfStep, written as writtenOf } from "./picture.js";
import type { Mark, Plot } from "./picture.js";

export const plotStyles = css`
  text {
    fill: var(--hp-secondary-text);
    font-size: 12px;
  }
  .value {
    text-anchor: end;
  }
  .middle {
    text-anchor: middle;
  }
  text.strong {
    fill: var(--hp-text);
    font-weight: 500;
  }
  .rule {
    stroke: var(--hp-grid-line);
  }
  .rule.strong {
    stroke: color-mix(in srgb, var(--hp-secondary-text) 60%, transparent);
  }
  .none {
    fill: url(#gap);
  }
  .unread {
    fill: color-mix(in srgb, var(--hp-text) 6%, transparent);
  }
`;

/** A line through points; of one alone a dash. */
export const linePath = (marks: readonly Mark[]): string =>
  marks.length === 1
    ? `M${(marks[0]?.x ?? 0) - 6} ${marks[0]?.y ?? 0}h12`
    : marks.map(({ x, y }, i) => `${i ? "L" : "M"}${x} ${y}`).join("");

/** Diagonal lines for what was not read. */
export const gapPattern = () =>
  svg`<pattern id="gap" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect width="1.5" height="8" fill="var(--hp-no-data)"></rect>
  </pattern>`;

export interface Axis {
  left: number;
  right: number;
  name: string;
  /** `digits`: as many as tell the rules apart. */
  written: (value: number, digits: number) => string;
  /** Where its name is: above its plot, or beside it. */
  side?: "start" | "end" | "gutter";
}

/** The rules of a plot with their values, and its name. */
export const axis = (
  { rules, top }: Plot,
  { left, right, name, written, side = "start" }: Axis
) => {
  const [first, second] = rules;
  const step = first && second ? Math.abs(second.value - first.value) : 1;
  const digits = digitsOfStep(step);
  const apart = writtenOf(rules);
  return svg`${rules.map((rule) => {
    const { y, value, strong } = rule;
    return svg`<path class="rule ${strong ? "strong" : ""}" d="M${left} ${y}H${right}"></path>
    ${apart.has(rule) ? svg`<text class="value" x=${left - 8} y=${y + 4}>${written(value, digits)}</text>` : nothing}`;
  })}
${
  side === "start"
    ? svg`<text x=${left} y=${top - 8}>${name}</text>`
    : svg`<text class="value" x=${side === "end" ? right : left - 8} y=${top - 8}>${name}</text>`
}`;
};
