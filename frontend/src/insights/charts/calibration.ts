/** The picture of the flow factor by each method, and by those together that agree. Pure. */
import { numberAxis } from "../axes.js";
import { methodName } from "../calibration-words.js";
import type { Draw, Method } from "../chart.js";
import { twice } from "../margins.js";
import { cell, numberOf } from "../types.js";

export const calibrationChart: Draw = ({ insight, look, info }) => {
  const words = { look, info };
  const methods = (insight.evidence.methods ?? []).flatMap((row): Method[] => {
    const [value, sigma] = [cell(row, "factor"), cell(row, "sigma")];
    const margin = twice(sigma);
    if (value === null || margin === null) return [];
    const name = methodName(row.method, words);
    return [{ name, value, margin, together: false }];
  });
  const { value, scatter, params } = insight;
  const margin = twice(scatter);
  if (!methods.length) return null;
  if (params.method === "together" && value !== null && margin !== null)
    methods.push({
      name: methodName("together", words),
      ...{ value, margin, together: true },
    });
  const used = numberOf(params, "in_use");
  const { text } = look;
  return {
    kind: "whiskers",
    name: text("insights.calibration.axis"),
    methods,
    used:
      used === null
        ? null
        : { at: used, label: text("insights.calibration.in_use") },
    axis: numberAxis(
      [
        ...methods.flatMap((each) => [
          each.value - each.margin,
          each.value + each.margin,
        ]),
        ...(used === null ? [] : [used]),
      ],
      look,
      STEPS
    ),
  };
};

/** On a phone the numbers have room for these. */
const STEPS = 3;
