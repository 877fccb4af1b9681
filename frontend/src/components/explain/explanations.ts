/** Why a figure is what it is: formula in words, period, coverage, what it rests on. Pure. */
import { paired } from "../../charts/flows.js";
import { nameOf } from "./figure.js";
import type { Explained, Explanation, Figure } from "./figure.js";

type Row = (input: Explained) => string | null;

/** What heat, electricity and auxiliary energy come from, and whether that is measured. */
const basis =
  (what: "heat" | "electricity" | "auxiliary"): Row =>
  ({ snapshot, info, format, text }) => {
    const source = snapshot.totals.basis?.[what];
    if (!source) return null;
    const { flow_factor, auxiliary_power, compressor_power } = info.settings;
    const power = what === "auxiliary" ? auxiliary_power : compressor_power;
    return text(`explain.basis.${what}.${source}`, {
      factor: format.number(flow_factor, 2),
      power: format.number(power, 1),
    });
  };

const ROWS: Record<string, Row> = {
  period: ({ snapshot: { start, end }, format }) =>
    `${format.dayTime(start)} – ${format.dayTime(end)}`,
  coverage: ({ snapshot: { totals }, format, text }) =>
    totals.coverage === null
      ? null
      : text("explain.covered", {
          share: format.percent(totals.coverage, 1),
          duration: format.roughDuration(totals.uncovered_s ?? 0),
        }),
  heat: basis("heat"),
  calibration: ({ snapshot: { totals }, text }) => {
    const { calibration, basis } = totals;
    return calibration && basis?.heat
      ? text(`explain.rests.${calibration}`)
      : null;
  },
  electricity: basis("electricity"),
  auxiliary: basis("auxiliary"),
  hot_water: ({ snapshot: { totals }, text }) =>
    totals.basis?.hot_water_estimated ? text("explain.hot_water_tank") : null,
  boundary: ({ snapshot: { totals }, text }) =>
    totals.boundary ? text(`explain.contains.${totals.boundary}`) : null,
  uncertainty: ({ snapshot: { totals }, format, text }) => {
    const { cop_compressor: cop, cop_uncertainty: by } = totals;
    if (!cop || by === null) return null;
    return text("explain.within", {
      low: format.number(cop - by, 2),
      high: format.number(cop + by, 2),
      share: format.percent(by / cop),
    });
  },
  cost: ({ snapshot: { totals }, text }) =>
    totals.cost === null ? null : text("explain.price"),
};

const SHOWN: Record<Figure, (keyof typeof ROWS)[]> = {
  cop: [
    "period",
    "coverage",
    "heat",
    "calibration",
    "electricity",
    "boundary",
    "uncertainty",
  ],
  heat: ["period", "coverage", "heat", "calibration", "hot_water"],
  electricity: ["period", "coverage", "electricity", "cost"],
  compressor: ["period", "coverage"],
  auxiliary: ["period", "coverage", "auxiliary"],
  temperatures: ["period"],
  now: ["heat", "calibration", "electricity", "auxiliary"],
};

/** Sums that the formula is about, written out; "" where one of them is not known. */
const sums = (
  { snapshot: { totals }, format, text }: Explained,
  figure: Figure
): string => {
  const { cop_compressor: cop } = totals;
  // What it cooled, and what is known without the other, is in neither.
  const heat = paired(totals, "compressor_heat") + (totals.cooling_kwh ?? 0);
  const used =
    paired(totals, "compressor_electricity") -
    (totals.cooling_electricity_kwh ?? 0);
  if (figure !== "cop" || !cop || !used || !heat) return "";
  return text("explain.sums.cop", {
    heat: format.roughEnergy(heat),
    electricity: format.roughEnergy(used),
    cop: format.number(cop, 2),
  });
};

export const explain = (figure: Figure, input: Explained): Explanation => {
  const { text } = input;
  const system =
    figure === "cop" && input.snapshot.totals.cop_system !== null
      ? text("explain.formula.cop_system")
      : "";
  return {
    name: nameOf(figure, input),
    formula: [
      text(`explain.formula.${figure}`),
      sums(input, figure),
      system,
    ].filter(Boolean),
    rows: SHOWN[figure].flatMap((row) => {
      const words = ROWS[row]?.(input);
      return words ? [{ name: text(`explain.${row}`), text: words }] : [];
    }),
  };
};
