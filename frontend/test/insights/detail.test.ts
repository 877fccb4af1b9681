import { describe, expect, it } from "vitest";
import { daysTable, rowsOf, sureOf } from "../../src/insights/detail.js";
import { sentenceText } from "../../src/insights/letter.js";
import { momentsOf } from "../../src/insights/moments.js";
import type { Insight } from "../../src/insights/types.js";
import { sentenceOf } from "../../src/insights/words.js";
import { look } from "../components/fixture.js";
import {
  BY_RUNNING,
  EVIDENCE,
  INSIGHTS,
  TODAY,
  info,
  insightOf,
} from "./fixture.js";

const words = { look, info };

describe("the detail", () => {
  it("tells what the highest hours of the house cost, and whose they are", () => {
    const told = {
      ...{ fee: 297.4, fee_before: 310, house_peak: 6.6 },
      ...{ house_pump: 0.43, house_without: 5.2 },
    };
    const rows = rowsOf(insightOf("money", { params: told }), words).map(
      ({ name, value }) => `${name}: ${value}`.replaceAll("\u00a0", " ")
    );
    expect(rows.slice(-5)).toEqual([
      "Power fee of this month: kr 297",
      "Mean of the house's highest hours: 6.6 kW",
      "Of these the heat pump: 43 %",
      "Without its auxiliary heater: 5.2 kW",
      "Power fee of last month: kr 310",
    ]);
  });

  it("leads to the moments that an answer rests on", () => {
    const peaks = [
      { time: TODAY, house: 7.2, pump: 5, heater: 3 },
      { time: TODAY, house: 6.9, pump: 2, heater: 0 },
      { time: TODAY, house: 6.5, pump: null, heater: null },
    ];
    const [told, ...more] = momentsOf({ peaks, episodes: [] }, words);
    expect(more).toEqual([]);
    expect(words.look.text(told!.title)).toBe("The house's highest hours");
    const said = told!.moments.map(({ what, value }) =>
      `${what}|${value}`.replaceAll("\u00a0", " ")
    );
    expect(said).toEqual([
      "heat pump 5.0 kW, its heater 3.0 kW|7.2 kW",
      "heat pump 2.0 kW|6.9 kW",
      "|6.5 kW",
    ]);
    expect(told!.moments[0]).toMatchObject({ from: TODAY, to: TODAY + 3.6e6 });
  });

  it("tells how it starts in each weather", () => {
    const bin = { days: 14, runs_an_hour: 1.24, minutes: 22.4, time: 0 };
    const by_outdoor = [{ ...bin, low: -6, high: -3 }];
    const rows = rowsOf(INSIGHTS.cycling!, words, { by_outdoor });
    const last = Object.values(rows.at(-1)!).join("|");
    expect(last.replaceAll("\u00a0", " ")).toBe(
      "From −6 °C to −3 °C|22 min a run, 14 days|1.2 an hour"
    );
  });

  it("tells what each method says, or what it would take", () => {
    const rows = rowsOf(INSIGHTS.calibration!, words, EVIDENCE.calibration);
    const said = rows.map(({ name, how, value }) =>
      `${name}|${how}|${value}`.replaceAll("\u00a0", " ")
    );
    expect(said).toContain("Heater steps|41 steps|2.14 ± 0.16");
    expect(said).toContain("Plate|900 hours of steady heating|2.20 ± 0.36");
    expect(said).toContain(
      "Brine flow|the flow of the brine, and a power meter|Not told"
    );
    const sure = sureOf(INSIGHTS.calibration!, words);
    expect(sure).not.toMatch(/3 days|nobody has checked/);
  });

  it.each(Object.keys(INSIGHTS))("of %s has figures with names", (id) => {
    const rows = rowsOf(INSIGHTS[id]!, words);
    expect(rows.length).toBeGreaterThan(2);
    for (const { name, how, value } of rows) {
      expect(`${name}${how}`).not.toMatch(/insights\.|[{}]/);
      expect(value).not.toMatch(/–|NaN|undefined/);
    }
  });

  it("says what the coldest days ask of the house, and of the heater", () => {
    const house = INSIGHTS.house!;
    const told = (params: Insight["params"]) =>
      rowsOf({ ...house, params: { ...house.params, ...params } }, words).map(
        ({ name, value }) => `${name}|${value}`.replaceAll("\u00a0", " ")
      );
    const design = { design_temp: -18, design_kw: 6.3 };
    expect(told(design)).toContain("Needs at −18 °C|6.3 kW");
    const runs = told({ ...design, design_share: 0.875, design_gives: 7.2 });
    expect(runs).toContain("Runs at −18 °C|88 %");
    const left = told({ ...design, design_share: 1.26, design_gives: 5 });
    expect(left).toContain("The heater must add|1.3 kW");
    expect(told({ summer_kwh: 5 })).toContain("A day without heating|5.0 kWh");
    expect(told({ normal_kwh: 12_960, years: 0 })).toContain(
      "Heat of a usual year|13,000 kWh"
    );
  });

  it("says how cold it can get where nothing tells the heat, and no more", () => {
    const [answer, ...rows] = [
      sentenceOf(BY_RUNNING, words),
      ...rowsOf(BY_RUNNING, words).map(({ name, value }) => `${name}|${value}`),
      sureOf(BY_RUNNING, words),
    ].map((each) => each.replaceAll("\u00a0", " "));
    expect(answer).toContain("manages to *−23 °C*");
    expect(rows).toEqual([
      "Runs all day below|−23 °C",
      "Runs at −28 °C|113 %",
      expect.stringMatching(/^2 days, [^%]*$/),
    ]);
  });

  it("says of which days, by how much by chance, and by how much always", () => {
    const sure = sureOf(INSIGHTS.house!, words).replaceAll("\u00a0", " ");
    expect(sure).toMatch(/^365 days, .* 2026\. ± 0\.01 from weather/);
    expect(sure).toContain("All of it ± 8 % with the flow factor");
  });
});

it("has the home's dates in the file of an answer's days", () => {
  const time = Date.UTC(2026, 0, 21, 23); // midnight in Stockholm
  expect(daysTable([{ time, kwh: 3 }], look.format)).toEqual([
    ["day", "kwh"],
    ["2026-01-22", 3],
  ]);
});

it("tells temperatures of the letter in the user's unit", () => {
  const common = "component.heatpump_dashboard.common.letter_";
  const resources = {
    [`${common}not_hot`]: "Not {safe} for {days} days.",
    [`${common}heater`]: "Mostly {cause}.",
    [`${common}cause_hygiene`]: "to make it {safe}",
    [`${common}verdict_watch`]: "Worth a look: {checks}.",
    [`${common}check_sixty`]: "not been {safe}",
  };
  const said = (code: string, params: Record<string, unknown>, units = look) =>
    sentenceText({ code, params }, resources, units, info).replace(
      "\u00a0",
      " "
    );
  expect(said("not_hot", { days: 40 })).toBe("Not 60 °C for 40 days.");
  const { format } = look;
  const warm = (value: number | null | undefined) => `${value} °F`;
  const fahrenheit = {
    ...look,
    format: {
      ...format,
      units: { temperature: "°F", difference: "°F" } as const,
      temperature: warm,
    },
  };
  expect(said("not_hot", { days: 40 }, fahrenheit)).toBe(
    "Not 140 °F for 40 days."
  );
  expect(said("heater", { cause: "hygiene" }, fahrenheit)).toBe(
    "Mostly to make it 140 °F."
  );
  expect(said("verdict_watch", { checks: ["sixty"] }, fahrenheit)).toBe(
    "Worth a look: not been 140 °F."
  );
});
