/** Pictures of what it costs: the heater by cause, prices and highest hours, months. Pure. */
import type { Draw, ShareRow } from "../chart.js";
import { monthAxis, numberAxis, timeAxis } from "../axes.js";
import type { Bar, Layer, Tick } from "../plot.js";
import { kwh } from "../quantities.js";
import { daily, monthly, pieces } from "../series.js";
import { cell, numberOf } from "../types.js";
import type { Row } from "../types.js";
import { DAY, monthStart, monthsAfter } from "../../format/calendar.js";

/** Why the heater runs, and how it is drawn: by design hatched. */
const CAUSES: Record<string, { color: string; hatched: boolean }> = {
  hygiene: { color: "auxiliary", hatched: true },
  capacity: { color: "auxiliary", hatched: true },
  defrost: { color: "auxiliary", hatched: true },
  hot_water: { color: "hot-water", hatched: false },
  alarm: { color: "alarm", hatched: false },
  compressor_off: { color: "ghost", hatched: false },
  mode: { color: "ghost", hatched: false },
  catch_up: { color: "auxiliary", hatched: false },
  setting: { color: "auxiliary", hatched: false },
  unknown: { color: "idle", hatched: false },
};

const LEAST_KWH = 0.05;

export const heaterChart: Draw = ({ insight, look, info }) => {
  const { params, value } = insight;
  const { text, format } = look;
  const causes = Object.entries(CAUSES)
    .map(([cause, drawn]) => ({
      ...{ cause, ...drawn },
      kwh: numberOf(params, `${cause}_kwh`) ?? 0,
    }))
    .filter((each) => each.kwh >= LEAST_KWH)
    .sort((one, other) => other.kwh - one.kwh);
  const most = causes[0]?.kwh;
  if (!most || !value) return null;
  const cost = numberOf(params, "cost");
  const { currency } = info.settings;
  const rows = causes.map((each): ShareRow => ({
    name: text(`insights.cause.${each.cause}`),
    value: kwh(each.kwh, look),
    ...(cost !== null &&
      currency && {
        beside: format.money((cost * each.kwh) / value, currency),
      }),
    share: each.kwh / most,
    ...{ color: each.color, hatched: each.hatched },
  }));
  return { kind: "shares", rows };
};

const ratio = (row: Row, over: string, under: string): number | null => {
  const [one, other] = [cell(row, over), cell(row, under)];
  return one === null || !other ? null : one / other;
};

/** What was paid a kWh beside what the hours cost. */
const prices: Draw = ({ insight, look, info }) => {
  const { zone } = look.format;
  const rows = (insight.evidence.days ?? []).map((row): Row => ({
    time: row.time,
    paid: ratio(row, "cost", "priced_kwh"),
    mean: ratio(row, "price_sum", "price_hours"),
  }));
  const [paid, mean] = ["paid", "mean"].map((key) =>
    daily(rows, key, zone)
  ) as [ReturnType<typeof daily>, ReturnType<typeof daily>];
  const [first] = mean;
  if (!first || !paid.length) return null;
  const { text } = look;
  const line = (points: typeof paid, color: string, dash?: string): Layer => ({
    kind: "line",
    ...{ pieces: pieces(points, 1), color, width: 2, ...(dash && { dash }) },
  });
  return {
    kind: "plot",
    name: text("insights.money.price_axis", {
      currency: info.settings.currency ?? "",
    }),
    x: timeAxis(first.x, (mean.at(-1)?.x ?? first.x) + DAY, look),
    y: numberAxis([0, ...[...paid, ...mean].map(({ y }) => y)], look, 3),
    layers: [line(mean, "ghost", "6 3"), line(paid, "compressor")],
    legend: [
      { name: text("insights.money.paid"), color: "compressor", shape: "line" },
      { name: text("insights.money.mean"), color: "ghost", shape: "dashed" },
    ],
  };
};

const PEAKS = 3;

/** The highest hour of each day, its heater hatched; those that a grid fee would count are solid. */
export const peaksChart: Draw = ({ insight, look }) => {
  const { zone } = look.format;
  const days = daily(insight.evidence.days ?? [], "electricity_most", zone);
  const [first] = days;
  if (!first) return null;
  const counted = new Set(
    [...days].sort((one, other) => other.y - one.y).slice(0, PEAKS)
  );
  const heater = new Map(
    daily(insight.evidence.days ?? [], "peak_auxiliary", zone).map(
      ({ x, y }) => [x, y]
    )
  );
  const bars = days.flatMap((day): Bar[] => {
    const counts = counted.has(day);
    const width = { from: day.x + 0.15 * DAY, to: day.x + 0.85 * DAY };
    const low = Math.min(heater.get(day.x) ?? 0, day.y);
    const part = { ...width, high: low, color: "auxiliary" };
    return [
      ...(low > 0 ? [{ ...part, look: "hatched" as const }] : []),
      {
        ...width,
        ...{ low, high: day.y, color: "compressor" },
        ...(counts
          ? { label: look.format.number(day.y, 1) }
          : { look: "faint" as const }),
      },
    ];
  });
  const top = Math.max(...days.map(({ y }) => y)) * 1.15;
  return {
    kind: "plot",
    name: look.text("insights.money.peak_axis"),
    x: timeAxis(first.x, (days.at(-1)?.x ?? first.x) + DAY, look),
    y: numberAxis([0, top], look, 3),
    layers: [{ kind: "bars", bars }],
  };
};

export const moneyChart: Draw = (asked) =>
  asked.insight.code === "timing" ? prices(asked) : peaksChart(asked);

/** The name of a month stands below its bar. */
const inside = (tick: Tick): Tick => ({ ...tick, at: tick.at + 15 * DAY });

/** Electricity of each month, beside the same month a year before. */
export const yearChart: Draw = ({ insight, look }) => {
  const { zone } = look.format;
  const months = (key: string) =>
    monthly(
      daily(insight.evidence[key] ?? [], "electricity_kwh", zone),
      monthStart
    );
  const [now, before] = [months("days"), months("before")];
  const last = [...now.keys()].at(-1);
  if (last === undefined) return null;
  const end = monthsAfter(last, 1);
  const first = monthsAfter(end, -12);
  // Of the month that the year begins in only a part is known.
  const starts = [...now.keys()].filter((start) => start >= first);
  const bars = starts.flatMap((start): Bar[] => {
    const width = monthsAfter(start, 1) - start;
    const ghost = before.get(monthsAfter(start, -12));
    const bar = (from: number, to: number, high: number): Bar => ({
      from: start + from * width,
      to: start + to * width,
      ...{ high, color: "compressor" },
    });
    return [
      ...(ghost === undefined
        ? []
        : [{ ...bar(0.1, 0.36, ghost), look: "ghost" as const }]),
      bar(
        ghost === undefined ? 0.2 : 0.38,
        ghost === undefined ? 0.8 : 0.9,
        now.get(start) ?? 0
      ),
    ];
  });
  const { text } = look;
  const axis = monthAxis(first, end, look);
  return {
    kind: "plot",
    name: text("insights.year.axis"),
    x: { ...axis, ticks: axis.ticks.map((tick) => inside(tick)) },
    y: numberAxis([0, ...bars.map(({ high }) => high)], look),
    layers: [{ kind: "bars", bars }],
    ...(bars.length > starts.length && {
      legend: [
        {
          name: text("insights.year.now"),
          color: "compressor",
          shape: "square",
        },
        {
          ...{ name: text("insights.year.before"), color: "compressor" },
          shape: "ghost",
        },
      ] as const,
    }),
  };
};
