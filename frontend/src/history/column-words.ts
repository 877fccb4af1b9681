/** What is written of a column of the main picture: its label, its tooltip, its words. Pure. */
import type { LegendItem } from "../charts/types.js";
import type { Look } from "../components/context.js";
import type { Column } from "./columns.js";
import type { Figures } from "./figures.js";
import type { HistoryModel } from "./model.js";
import { columnUnit } from "./period.js";
import { monthNames } from "./month-names.js";
import { capital, kwh } from "./words.js";

const NOON = 43_200_000;
const JANUARY = 0;

export interface ColumnLabel {
  label: string;
  /** The first of a year. */
  strong: boolean;
}

export const columnLabels = (
  model: HistoryModel,
  look: Look
): ColumnLabel[] => {
  const { format } = look;
  const { short, shortWithYear } = monthNames(look);
  const { unit } = model.period;
  return model.columns.map(({ start }) => {
    const date = new Date(start);
    if (columnUnit(unit) === "month") {
      const isJanuary = date.getUTCMonth() === JANUARY;
      return {
        label: (isJanuary ? shortWithYear : short)(start),
        strong: isJanuary,
      };
    }
    return unit === "week"
      ? { label: format.day(format.zone.utc(start + NOON)), strong: false }
      : { label: String(date.getUTCDate()), strong: false };
  });
};

/** "February 2026", "Thu 22 Jan" */
export const columnName = (
  { start }: Column,
  { period }: HistoryModel,
  look: Look
): string =>
  columnUnit(period.unit) === "month"
    ? capital(monthNames(look).withYear(start))
    : look.format.dayDate(look.format.zone.utc(start + NOON));

export interface TooltipRow {
  name: string;
  value: string;
  before: string;
  sample?: Pick<LegendItem, "style" | "color">;
}

export const tooltipRows = (
  { figures, before, state }: Column,
  { info }: HistoryModel,
  look: Look
): TooltipRow[] => {
  const { text, format, theme } = look;
  if (state === "unread" || state === "none") {
    return [{ name: text(`history.state.${state}`), value: "", before: "" }];
  }
  const row = (
    name: string,
    written: (of: Figures | null, unit: boolean) => string,
    sample?: TooltipRow["sample"]
  ): TooltipRow => ({
    name,
    value: written(figures, true),
    before: written(before, false),
    ...(sample && { sample }),
  });
  const energy =
    (key: "heating" | "hotWater" | "compressor" | "auxiliary") =>
    (of: Figures | null, unit: boolean) => {
      const value = kwh(of?.[key] ?? null, look);
      return unit && of?.[key] != null ? `${value} kWh` : value;
    };
  const { currency } = info.settings;
  const rows = [
    row(text("name.heating"), energy("heating"), {
      color: theme.heating,
      style: "square",
    }),
    row(text("name.hot_water"), energy("hotWater"), {
      color: theme.hotWater,
      style: "square",
    }),
    row(text("name.compressor"), energy("compressor"), {
      color: theme.compressor,
      style: "square",
    }),
    row(text("name.auxiliary"), energy("auxiliary"), {
      color: theme.auxiliary,
      style: "hatched",
    }),
    row(text("name.cop"), (of) => format.number(of?.cop, 2)),
    row(
      text("name.outdoor_temp"),
      (of, unit) =>
        unit
          ? format.temperature(of?.outdoor, 1)
          : format.number(of?.outdoor, 1),
      { color: theme.outdoor, style: "solid" }
    ),
  ];
  if (currency && figures?.cost != null) {
    rows.push(
      row(text("history.cost"), (of) =>
        of?.cost == null ? "–" : format.money(of.cost, currency)
      )
    );
  }
  return rows;
};

/** For those who do not see it. */
export const columnWords = (
  column: Column,
  model: HistoryModel,
  look: Look
): string => {
  const name = columnName(column, model, look);
  const rows = tooltipRows(column, model, look);
  return `${name}: ${rows.map(({ name: of, value }) => `${of} ${value}`.trim()).join(", ")}`;
};
