/** Heat that nobody checked is said to be so wherever it, or what follows from it, is shown. */
import { render } from "lit";
import { describe, expect, it } from "vitest";
import { buildCop } from "../src/charts/views/cop.js";
import { buildSankey } from "../src/charts/views/sankey.js";
import { rowOf } from "../src/components/events/rows.js";
import { explain } from "../src/components/explain/explanations.js";
import type { Figure } from "../src/components/explain/figure.js";
import { kpis } from "../src/components/kpi/figures.js";
import { buildScene } from "../src/components/schematic/scene.js";
import type { Calibration } from "../src/data/calibration.js";
import { runsOf } from "../src/data/runs.js";
import type { Snapshot } from "../src/data/types.js";
import {
  eventsCsv,
  figuresCsv,
  viewCsv,
  windowsCsv,
} from "../src/export/csv.js";
import { footnotes } from "../src/panel/footnotes.js";
import { END, input, server } from "./charts/fixture.js";
import { look } from "./components/fixture.js";
import { pumpInfo } from "./fixtures/heat-pump.js";

const { text, format } = look;
const SAID = "not checked";
const day = server.snapshot("24h", END);

const of = (calibration: Calibration): Snapshot => ({
  ...day,
  status: { ...day.status, cop: 3.5 },
  totals: {
    ...day.totals,
    calibration,
    ...(calibration === "unchecked" && { cop_uncertainty: null }),
  },
});

const explained = (figure: Figure, snapshot: Snapshot): string =>
  JSON.stringify(explain(figure, { snapshot, info: pumpInfo(), format, text }));

const foot = (snapshot: Snapshot): string => {
  const place = document.createElement("footer");
  render(footnotes(snapshot, pumpInfo(), look), place);
  return place.textContent;
};

const kpi = (key: "cop" | "heat", snapshot: Snapshot): string =>
  JSON.stringify(
    kpis({ snapshot, info: pumpInfo(), format, text })
      .filter((card) => card.key === key)
      .map(({ value, beside, context }) => ({ value, beside, context }))
  );

const events = (snapshot: Snapshot): string =>
  runsOf(snapshot)
    .filter(({ kind, end }) => kind === "compressor" && end?.heat_kwh)
    .map((run) => {
      const info = pumpInfo();
      return rowOf(run, { ...look, snapshot, info }, undefined).detail;
    })
    .join("\n");

const copView = (snapshot: Snapshot) => {
  const { remark, legend, table } = buildCop(input(snapshot));
  return [remark, legend[1]!.value, viewCsv(table!)[0]!.join()];
};

const WHERE: [string, (snapshot: Snapshot) => string][] = [
  ["the COP's card", (shown) => kpi("cop", shown)],
  ["the heat's card", (shown) => kpi("heat", shown)],
  ["the head of the COP chart", (shown) => copView(shown)[0]!],
  ["the legend of the COP chart", (shown) => copView(shown)[1]!],
  ["the table and tooltip of the COP chart", (shown) => copView(shown)[2]!],
  ["the head of the energy flow", (s) => buildSankey(input(s)).remark!],
  [
    "the table of the energy flow",
    (shown) => viewCsv(buildSankey(input(shown)).table!)[0]!.join(),
  ],
  ["the events", events],
  [
    "the drawing",
    (shown) => buildScene(pumpInfo(), shown, false, look).copName,
  ],
  [
    "the drawing in words",
    (s) => buildScene(pumpInfo(), s, false, look).sentence,
  ],
  ["the CSV of the figures", (shown) => figuresCsv(shown)[0]!.join()],
  ["the CSV of the sums", (shown) => windowsCsv(shown)[0]!.join()],
  [
    "the CSV of the events",
    (shown) => eventsCsv(runsOf(shown), "°C", shown.totals)[0]!.join(),
  ],
  ["the notes at the end", foot],
];

describe.each(WHERE)("%s", (_, words) => {
  it("says that nobody checked it", () => {
    expect(words(of("unchecked"))).toContain(SAID);
    expect(words(of("unchecked"))).not.toContain("±");
  });

  it("says nothing of it where somebody did", () => {
    expect(words(of("plate"))).not.toContain(SAID);
    expect(words(of("meter"))).not.toContain(SAID);
  });
});

describe("the explanation", () => {
  it.each(["cop", "heat", "now"] as const)(
    "of %s says what helps",
    (figure) => {
      expect(explained(figure, of("unchecked"))).toContain("kW on the plate");
      expect(explained(figure, of("unchecked"))).not.toContain("Uncertainty");
    }
  );

  it.each([
    ["plate", "8 %"],
    ["checked", "5 %"],
    ["measured", "5 %"],
    ["meter", "2 %"],
  ] as const)("says how right heat by %s is", (calibration, share) => {
    expect(explained("heat", of(calibration))).toContain(`about ${share}`);
  });

  it("says nothing of it where there is no heat at all", () => {
    const none = of("unchecked");
    none.totals.basis = { ...none.totals.basis!, heat: null };
    expect(explained("heat", none)).not.toContain("How right");
  });
});

it("leaves electricity as it is", () => {
  const cells = figuresCsv(of("unchecked"))[0] as string[];
  expect(cells).toContain("electricity [kWh]");
  expect(cells).toContain("calibration");
  expect(cells.filter((cell) => cell.includes(SAID))).toEqual(
    expect.arrayContaining(["heat [kWh] (not checked)"])
  );
});
