/** Pictures of what the machine does: against its own normal, and how long it runs. Pure. */
import type { Draw } from "../chart.js";
import { numberAxis, timeAxis, valueAxis } from "../axes.js";
import type { Bar, Layer } from "../plot.js";
import { twice } from "../margins.js";
import { signed } from "../quantities.js";
import { counts, daily, pieces, trailing } from "../series.js";
import { cell, numberOf } from "../types.js";
import { DAY } from "../../format/calendar.js";

/** So many days without a value and the line is broken. */
const GAP_DAYS = 10;

const limitLine = (at: number | null, color: string, label: string): Layer[] =>
  at === null ? [] : [{ kind: "rule", at, color, dash: "5 3", label }];

/** How far from its normal it was, day by day, with what is worth a look. */
const against =
  (id: string, color: string, filled: boolean): Draw =>
  ({ insight, look }) => {
    const { zone } = look.format;
    const window = numberOf(insight.params, "window") ?? 1;
    const days = daily(
      insight.evidence.past ?? [],
      "index",
      zone,
      (v) => 100 * v
    );
    const points = trailing(days, window);
    const last = points.at(-1);
    if (points.length < 2 || !last) return null;
    const [watch, act] = ["watch", "act"].map((key) =>
      numberOf(insight.params, key)
    ) as [number | null, number | null];
    const values = points.map(({ y }) => y);
    const least = act ?? -10;
    const end = Math.max(last.x, zone.local(insight.to ?? 0)) + DAY;
    const error = twice(insight.scatter);
    const { text } = look;
    return {
      kind: "plot",
      name: text(`insights.${id}.axis`),
      x: timeAxis(points[0]?.x ?? 0, end, look),
      y: valueAxis([...values, least, -least / 2], (value) =>
        signed(value, look).replace(/\s*%/, "")
      ),
      layers: [
        ...(error === null || filled
          ? []
          : [{ kind: "band", low: -error, high: error, color } as const]),
        { kind: "rule", at: 0, color: "text" },
        ...limitLine(watch, "warn-text", text("insights.limit.watch")),
        ...limitLine(act, "act-text", text("insights.limit.act")),
        {
          kind: "line",
          pieces: pieces(points, GAP_DAYS),
          color,
          ...(filled && { fillTo: 0 }),
        },
        { kind: "dots", points: [last], color, radius: 4.5 },
      ],
    };
  };

export const groundChart = against("ground", "brine-in", true);
export const copChart = against("cop", "compressor", false);

const EDGES = [0, 10, 20, 30, 45, 60] as const;

/** Heating runs by their length. */
export const cyclingChart: Draw = ({ insight, look }) => {
  const from = insight.from ?? 0;
  const minutes = (insight.evidence.runs ?? []).flatMap((row) => {
    const value = cell(row, "minutes");
    return value === null || row.time < from ? [] : [value];
  });
  if (!minutes.length) return null;
  const shares = counts(minutes, EDGES).map((n) => (100 * n) / minutes.length);
  const { text, format } = look;
  const label = (edge: number, i: number) => {
    const next = EDGES[i + 1];
    if (!i) return `<${next ?? ""}`;
    return next === undefined ? `${edge}+` : `${edge}–${next}`;
  };
  const bars = shares.map((share, i): Bar => ({
    from: i + 0.18,
    to: i + 0.82,
    high: share,
    color: i ? "compressor" : "auxiliary",
    ...(!i && { look: "hatched" }),
    label: format.number(share, 0),
  }));
  return {
    kind: "plot",
    name: text("insights.cycling.axis"),
    x: {
      low: 0,
      high: EDGES.length,
      ticks: EDGES.map((edge, i) => ({ at: i + 0.5, label: label(edge, i) })),
    },
    y: numberAxis([0, Math.max(...shares, 10) * 1.1], look, 3),
    layers: [{ kind: "bars", bars }],
  };
};
