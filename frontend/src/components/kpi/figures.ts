/** The figures of the KPI cards: what is written and drawn on each. Pure. */
import {
  mdiFlash,
  mdiGauge,
  mdiHeatingCoil,
  mdiHeatPump,
  mdiRadiator,
  mdiThermometer,
} from "@mdi/js";
import { copOf, rollingCop } from "../../charts/rolling.js";
import { whyNoCop, whyUnknown } from "../../data/blank.js";
import type { Blank } from "../../data/blank.js";
import { isUnchecked } from "../../data/calibration.js";
import { binEdges, binLedger } from "../../data/bins.js";
import type { Bin } from "../../data/bins.js";
import { modeSpans } from "../../data/mode-spans.js";
import type { ModeSpan } from "../../data/mode-spans.js";
import type { PumpInfo, Snapshot } from "../../data/types.js";
import type { Format } from "../../format/format.js";
import type { Text } from "../../i18n/text.js";
import type { Explained, Figure } from "../explain/figure.js";
import { temperatureRows } from "./temperatures.js";
import type { TemperatureRow } from "./temperatures.js";

export interface Bar {
  from: number;
  to: number;
  /** One height per colour, stacked. */
  parts: number[];
}

export type Spark =
  | { kind: "line"; points: Point[]; reference: number | null; color: string }
  | { kind: "bars"; bars: Bar[]; colors: string[]; full: number }
  | { kind: "strip"; spans: ModeSpan[] };

export interface Point {
  from: number;
  to: number;
  value: number | null;
}

/** A piece of the context line; the strong ones are the figures. */
export interface Piece {
  text: string;
  strong?: boolean;
}

export interface Kpi {
  key: Exclude<Figure, "now">;
  icon: string;
  name: string;
  value: string;
  unit: string;
  /** Beside the value, smaller. */
  beside?: string;
  context: Piece[];
  /** Null where there is no figure; then `context` says why. */
  spark: Spark | null;
  /** Instead of a figure, of the temperatures. */
  rows?: TemperatureRow[];
  /** What explains it. */
  of: Explained;
}

/** A card before it is explained. */
type Plain = Omit<Kpi, "of">;

export interface KpiInput {
  snapshot: Snapshot;
  info: PumpInfo;
  format: Format;
  text: Text;
  /** The readings are too old to be called present. */
  stale?: boolean;
}

const ICONS: Record<Kpi["key"], string> = {
  cop: mdiGauge,
  heat: mdiRadiator,
  electricity: mdiFlash,
  compressor: mdiHeatPump,
  auxiliary: mdiHeatingCoil,
  temperatures: mdiThermometer,
};

const headOf = (
  key: Kpi["key"],
  text: Text
): Pick<Kpi, "key" | "icon" | "name"> => ({
  key,
  icon: ICONS[key],
  name: text(`kpi.${key}`),
});

/** ms; a COP of less is none. */
const SHORTEST_COP = 900_000;
const STRIP_UP_TO_MS = 25 * 3_600_000;

const without = (
  kpi: Pick<Kpi, "key" | "icon" | "name">,
  why: string
): Plain => ({
  ...kpi,
  value: "–",
  unit: "",
  context: [{ text: why }],
  spark: null,
});

const orNull = (value: number) => (Number.isNaN(value) ? null : value);

/** Every 15 min up to each row where the bars would be shorter than that. */
const rollingPoints = ({ snapshot, info }: KpiInput): Point[] => {
  const { ledger, start, end } = snapshot;
  const { spans, values } = rollingCop(ledger, end, info.settings);
  const share = (moment: number) => (moment - start) / (end - start);
  return spans.map(({ from, to }, row) => ({
    from: share(from),
    to: share(to),
    value: orNull(values[row] ?? NaN),
  }));
};

const copPoints = (input: KpiInput, bins: Bin[]): Point[] => {
  const { snapshot, info } = input;
  const { start, end } = snapshot;
  if (end - start < SHORTEST_COP * bins.length) return rollingPoints(input);
  return bins.map(({ from, to, sum }) => ({
    from,
    to,
    value: orNull(copOf(sum, info.settings)),
  }));
};

const bars = (bins: Bin[], columns: (bin: Bin) => number[]): Bar[] =>
  bins.map((bin) => ({ from: bin.from, to: bin.to, parts: columns(bin) }));

const highest = (all: Bar[]): number =>
  Math.max(0, ...all.map(({ parts }) => parts.reduce((a, b) => a + b, 0)));

const barSpark = (
  all: Bar[],
  colors: string[],
  full = highest(all)
): Spark => ({
  kind: "bars",
  bars: all,
  colors,
  full,
});

/** Between two pieces. */
const dot = (before: Piece[]): Piece[] =>
  before.length ? [{ text: "·" }] : [];

/** A reason in a few words. */
const because = (why: Blank, { snapshot, text, format }: KpiInput): string => {
  const { compressor_heat_kwh, heat_kwh, cooling_kwh } = snapshot.totals;
  return text(`blank.${why}.title`, {
    heat: format.energy(compressor_heat_kwh ?? heat_kwh),
    cold: format.energy(cooling_kwh),
  });
};

const whyBlank = (input: KpiInput): string => {
  const { snapshot, info, text } = input;
  const { available, reason } = info.views.cop;
  if (snapshot.totals.covered_s && !available && reason) {
    const what = text(`missing.${reason}.what`);
    return text("missing.title", { view: text("kpi.cop"), what });
  }
  return because(whyNoCop(snapshot), input);
};

type Source = "heat" | "electricity" | "auxiliary";

/** Of what has no value although there are readings: nobody reports it, or it is not known. */
const whyNone = (what: Source, input: KpiInput): string => {
  const { totals } = input.snapshot;
  const reported = totals.basis?.[what] ?? null;
  return totals.covered_s && reported === null
    ? input.text("pill.not_reported")
    : because(whyUnknown(input.snapshot), input);
};

/** Never all of it where something is missing. */
const atLeast = (share: number | null, { percent }: Format): string =>
  percent(share === null ? share : Math.floor(share * 100 + 1e-9) / 100);

const cop = (input: KpiInput, bins: Bin[]): Plain => {
  const { format, text, snapshot } = input;
  const { cop_compressor, cop_system, cop_uncertainty, coverage } =
    snapshot.totals;
  const head = headOf("cop", text);
  if (cop_compressor === null) return without(head, whyBlank(input));
  return {
    ...head,
    value: format.number(cop_compressor, 2),
    unit: "",
    ...(cop_uncertainty !== null && {
      beside: `± ${format.number(cop_uncertainty, 2)}`,
    }),
    ...(isUnchecked(snapshot) && { beside: text("kpi.unchecked") }),
    context: [
      { text: text("kpi.cop_system") },
      { text: format.number(cop_system, 2), strong: true },
      { text: "·" },
      { text: text("kpi.coverage", { share: atLeast(coverage, format) }) },
    ],
    spark: {
      kind: "line",
      points: copPoints(input, bins),
      reference: cop_compressor,
      color: "var(--hp-compressor)",
    },
  };
};

const heat = (input: KpiInput, bins: Bin[]): Plain => {
  const { format, text, snapshot } = input;
  const { heat_kwh, heat_hot_water_kwh, cooling_kwh, estimated } =
    snapshot.totals;
  const head = headOf("heat", text);
  if (heat_kwh === null) return without(head, whyNone("heat", input));
  const context: Piece[] = [];
  if (heat_kwh + (cooling_kwh ?? 0) < 0)
    context.push({ text: text("kpi.flowed_back") });
  else if (heat_hot_water_kwh !== null) {
    const hotWater = format.roughEnergy(heat_hot_water_kwh);
    context.push(
      { text: text("kpi.hot_water") },
      { text: hotWater, strong: true }
    );
  }
  if (cooling_kwh) {
    context.push(
      ...dot(context),
      { text: text("charts.runtime.cooling") },
      { text: format.roughEnergy(-cooling_kwh), strong: true }
    );
  }
  const unsure = isUnchecked(snapshot) ? "unchecked" : "estimated";
  if (estimated.includes("heat")) {
    context.push(...dot(context), { text: text(`kpi.${unsure}`) });
  }
  const byMode = bars(bins, ({ sum }) => {
    const hotWater = Math.max(0, sum("heat_hot_water_kwh"));
    return [Math.max(0, sum("heat_kwh") - hotWater), hotWater];
  });
  return {
    ...head,
    value: format.roughEnergy(heat_kwh),
    unit: "kWh",
    context,
    spark: barSpark(byMode, ["var(--hp-heating)", "var(--hp-hot-water)"]),
  };
};

/** What the electricity cost; without a price, what of it is standby. */
/** What is said first is left where there is little room. */
const costs = (
  { format, text, snapshot, info }: KpiInput,
  electricity: number
): Piece[] => {
  const { cost, priced_kwh, standby_kwh, basis, estimated } = snapshot.totals;
  const said = estimated.includes("electricity")
    ? [{ text: "·" }, { text: text("kpi.estimated") }]
    : [];
  const { currency } = info.settings;
  if (cost !== null && currency && electricity > 0) {
    const price = format.money(cost / (priced_kwh ?? electricity), currency, 2);
    return [
      { text: format.money(cost, currency), strong: true },
      ...said,
      { text: "·" },
      { text: `${price}/kWh` },
    ];
  }
  // Rated power says nothing of the time in which nothing runs.
  const unknown = standby_kwh === null || basis?.electricity === "configured";
  if (unknown) return [{ text: text("kpi.standby_not_known") }, ...said];
  const standby = `${format.roughEnergy(standby_kwh)}\u00a0kWh`;
  return [
    { text: text("kpi.standby") },
    { text: standby, strong: true },
    ...said,
  ];
};

const electricity = (input: KpiInput, bins: Bin[]): Plain => {
  const { format, text, snapshot } = input;
  const { electricity_kwh } = snapshot.totals;
  const head = headOf("electricity", text);
  if (electricity_kwh === null) {
    return without(head, whyNone("electricity", input));
  }
  const hourly = bars(bins, ({ sum }) => {
    const heater = Math.max(0, sum("auxiliary_kwh"));
    return [Math.max(0, sum("electricity_kwh") - heater), heater];
  });
  return {
    ...head,
    value: format.roughEnergy(electricity_kwh),
    unit: "kWh",
    context: costs(input, electricity_kwh),
    spark: barSpark(hourly, ["var(--hp-compressor)", "var(--hp-auxiliary)"]),
  };
};

const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

const runningBars = (bins: Bin[], color: string): Spark =>
  barSpark(
    bars(bins, ({ sum }) => {
      const [heating, hotWater] = [sum("heating_s"), sum("hot_water_s")];
      const covered = heating + hotWater + sum("auxiliary_s") + sum("idle_s");
      return [share(heating, covered), share(hotWater, covered)];
    }),
    [`var(--hp-${color})`, "var(--hp-hot-water)"],
    1
  );

const compressor = (input: KpiInput, bins: Bin[]): Plain => {
  const { format, text, snapshot, info } = input;
  const { compressor_s, covered_s, starts, hot_water_charges } =
    snapshot.totals;
  const head = headOf("compressor", text);
  if (compressor_s === null || !covered_s) {
    const why = info.views.runtime.available
      ? because("no_readings", input)
      : text("pill.not_reported");
    return without(head, why);
  }
  return {
    ...head,
    value: format.number((100 * compressor_s) / covered_s, 0),
    unit: "%",
    context: [
      { text: text("kpi.starts", { count: starts ?? 0 }), strong: true },
      { text: "·" },
      { text: format.roughDuration(compressor_s) },
    ],
    spark:
      snapshot.end - snapshot.start > STRIP_UP_TO_MS
        ? runningBars(
            bins,
            hot_water_charges === null ? "compressor" : "heating"
          )
        : { kind: "strip", spans: modeSpans(snapshot) },
  };
};

const auxiliary = (input: KpiInput, bins: Bin[]): Plain => {
  const { format, text, snapshot } = input;
  const { auxiliary_kwh, auxiliary_on_s, electricity_kwh } = snapshot.totals;
  const head = headOf("auxiliary", text);
  if (auxiliary_kwh === null) {
    return without(head, whyNone("auxiliary", input));
  }
  const context: Piece[] = [
    { text: format.roughDuration(auxiliary_on_s ?? 0), strong: true },
  ];
  if (electricity_kwh) {
    const part = format.percent(auxiliary_kwh / electricity_kwh);
    context.push(
      { text: "·" },
      { text: text("kpi.of_electricity", { share: part }) }
    );
  }
  const hourly = bars(bins, ({ sum }) => [sum("auxiliary_kwh")]);
  return {
    ...head,
    value: format.roughEnergy(auxiliary_kwh),
    unit: "kWh",
    context,
    spark: barSpark(hourly, ["var(--hp-auxiliary)"]),
  };
};

const temperatures = (input: KpiInput): Plain => ({
  ...headOf("temperatures", input.text),
  value: "",
  unit: "",
  context: [],
  spark: null,
  rows: temperatureRows(input),
});

/** The cards in their order. */
export const kpis = (input: KpiInput): Kpi[] => {
  const { ledger, start, end } = input.snapshot;
  const edges = binEdges(start, end, input.format);
  const bins = end > start ? binLedger(ledger, start, end, edges) : [];
  return [
    cop(input, bins),
    heat(input, bins),
    electricity(input, bins),
    compressor(input, bins),
    auxiliary(input, bins),
    temperatures(input),
  ].map((kpi) => ({ ...kpi, of: input }));
};
