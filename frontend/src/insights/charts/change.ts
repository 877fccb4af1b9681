/** The picture of what a changed setting did: days around 0 without it, around its effect with it. Pure. */
import { timeAxis, valueAxis } from "../axes.js";
import { changeValues, changedName } from "../change-words.js";
import type { Asked, Draw } from "../chart.js";
import { twice } from "../margins.js";
import type { Bar, Layer, LegendItem, Point } from "../plot.js";
import { signed } from "../quantities.js";
import { lineThrough, pairs } from "../series.js";
import { cell, numberOf } from "../types.js";
import { DAY } from "../../format/calendar.js";

/** What is farther off stands at the edge: a mild day may be twice what it should, %. */
const MOST = 40;
/** So many days without one and the mean is broken. */
const GAP_DAYS = 10;

interface SidedDay extends Point {
  isWith: boolean;
}

/** How far each day was from what its weather asks, without the change, %. */
const sidedDays = ({ insight, look }: Asked): SidedDay[] => {
  const rows = insight.evidence.days ?? [];
  const { zone } = look.format;
  // Of weeks to and fro no day says what is to be expected: those without it do.
  const without = lineThrough(
    pairs(
      rows.filter((row) => cell(row, "side") === 0),
      "outdoor_temp",
      "used_kw"
    )
  );
  return rows.flatMap((row) => {
    const [side, used, outdoor] = ["side", "used_kw", "outdoor_temp"].map(
      (key) => cell(row, key)
    ) as [number | null, number | null, number | null];
    const expected =
      cell(row, "expected_kw") ??
      (outdoor === null ? null : (without?.at(outdoor) ?? null));
    if (side === null || used === null || expected === null || expected <= 0)
      return [];
    const y = Math.max(-MOST, Math.min(MOST, 100 * (used / expected - 1)));
    return [{ x: zone.local(row.time), y, isWith: side === 1 }];
  });
};

/** Days of a year before stand where they would have been just before the day of the change. */
const moved = (days: readonly SidedDay[]): SidedDay[] => {
  const first = days.find(({ isWith }) => isWith);
  const last = days.findLast(({ isWith }) => !isWith);
  const by = first && last ? first.x - 2 * DAY - last.x : 0;
  return days.map((day) => (day.isWith ? day : { ...day, x: day.x + by }));
};

/** From when to when it was so without a break. */
const stretches = (days: readonly SidedDay[]) => {
  const found: { from: number; to: number; isWith: boolean }[] = [];
  for (const { x, isWith } of days) {
    const last = found.at(-1);
    if (last?.isWith === isWith && x - last.to <= GAP_DAYS * DAY)
      last.to = x + DAY;
    else found.push({ from: x, to: x + DAY, isWith });
  }
  return found;
};

const means = (
  days: readonly SidedDay[],
  effect: number,
  error: number
): Layer[] => {
  const found = stretches(days);
  const line = (isWith: boolean, y: number, color: string): Layer => ({
    kind: "line",
    color,
    pieces: found
      .filter((each) => each.isWith === isWith)
      .map(({ from, to }) => [
        { x: from, y },
        { x: to, y },
      ]),
  });
  const bars = found
    .filter(({ isWith }) => isWith)
    .map(({ from, to }): Bar => ({
      ...{ from, to, low: effect - error, high: effect + error },
      ...{ color: "compressor", look: "band" },
    }));
  return [
    { kind: "bars", bars },
    line(false, 0, "text"),
    line(true, effect, "compressor"),
  ];
};

const dots = (days: readonly SidedDay[], isWith: boolean): Layer => ({
  kind: "dots",
  color: isWith ? "compressor" : "secondary-text",
  points: days.filter((day) => day.isWith === isWith),
});

/** Which weeks are which. */
const weeksLegend = ({ insight, look, info }: Asked): LegendItem[] => {
  const { tried, other } = changeValues(insight, { look, info });
  const name = (value: string | number | undefined) =>
    look.text("insights.change.with", { value: value ?? "" });
  return [
    { name: name(tried), color: "compressor", shape: "dot" },
    { name: name(other), color: "secondary-text", shape: "dot" },
  ];
};

export const changeChart: Draw = (asked) => {
  const { insight, look, info } = asked;
  const { value, params } = insight;
  const sided = sidedDays(asked);
  const days = params.last_year === true ? moved(sided) : sided;
  const [first, last] = [days[0], days.at(-1)];
  if (value === null || !first || !last) return null;
  const isWeeks = params.method === "experiment";
  const error = twice(insight.scatter) ?? 0;
  const changed = look.format.zone.local(numberOf(params, "changed") ?? 0);
  const { text } = look;
  const measure = params.measure === "heat" ? "heat" : "electricity";
  const x = timeAxis(first.x, last.x + DAY, look);
  const mark: Layer = {
    ...({ kind: "mark", at: changed, color: "text" } as const),
    label: changedName(params, { look, info }),
  };
  return {
    kind: "plot",
    name: text(`insights.change.axis_${measure}`),
    x:
      params.last_year === true
        ? { ...x, ticks: x.ticks.filter(({ at }) => at >= changed) }
        : x,
    y: valueAxis(
      [-10, 10, value - error, value + error, ...days.map(({ y }) => y)],
      (each) => signed(each, look).replace(/\s*%/, "")
    ),
    layers: [
      dots(days, false),
      dots(days, true),
      ...means(days, value, error),
      ...(isWeeks ? [] : [mark]),
    ],
    ...(isWeeks && { legend: weeksLegend(asked) }),
  };
};
