/** A view's values in words: a sentence that says the essence, and a table of all. Pure. */
import type { Rows } from "./rows.js";
import type { States } from "./states.js";
import type { TooltipSeries } from "./tooltip.js";
import { modeWords, rowTitle } from "./tooltip.js";
import type { ViewInput, ViewResult, ViewTable } from "./types.js";

/** Where a series has its least and its greatest value. */
const extremes = (
  { number }: TooltipSeries,
  { at, known }: Rows
): [least: number, greatest: number] | null => {
  let found: [number, number] | null = null;
  let [min, max] = [Infinity, -Infinity];
  at.forEach((moment, row) => {
    const value = known[row] ? (number?.(row, moment) ?? NaN) : NaN;
    if (Number.isNaN(value)) return;
    found ??= [row, row];
    if (value < min) [min, found[0]] = [value, row];
    if (value > max) [max, found[1]] = [value, row];
  });
  return found;
};

const summaryOf = (
  { text }: ViewInput,
  rows: Rows,
  series: readonly TooltipSeries[]
): string =>
  series
    .flatMap((one) => {
      const value = (row: number) => one.value(row, rows.at[row] ?? 0);
      if (one.constant) return [`${one.name} ${value(0)}`];
      const [least, greatest] = extremes(one, rows) ?? [];
      if (least === undefined || greatest === undefined) return [];
      const [min, max] = [value(least), value(greatest)];
      if (min === max) return [`${one.name} ${min}`];
      return [text("charts.summary.range", { name: one.name, min, max })];
    })
    .join("; ");

const tableOf = (
  input: ViewInput,
  rows: Rows,
  states: States,
  series: readonly TooltipSeries[]
): ViewTable => {
  const { text } = input;
  const varying = series.filter(({ constant }) => !constant);
  return {
    first: text("charts.table.time"),
    columns: [
      ...varying.map(({ name, unit }) => ({ name, unit })),
      { name: text("charts.table.mode"), unit: "" },
    ],
    rows: () =>
      rows.at.flatMap((moment, row) => {
        if (!rows.known[row]) return [];
        const [time = moment, to = moment] = [rows.from[row], rows.to[row]];
        const cells = varying.map(({ value, number }) => {
          const words = value(row, moment);
          return { text: words, value: number ? number(row, moment) : words };
        });
        const mode = modeWords(states, row, input) ?? "";
        return {
          head: rowTitle({ from: time, to }, input),
          time,
          to,
          cells: [...cells, { text: mode, value: mode }],
        };
      }),
  };
};

/** What a time chart gives beside its picture; `series` as its tooltip has them. */
export const readout = (
  input: ViewInput,
  rows: Rows,
  states: States,
  series: readonly TooltipSeries[]
): Required<Pick<ViewResult, "summary" | "table">> => ({
  summary: summaryOf(input, rows, series),
  table: tableOf(input, rows, states, series),
});
