import { describe, expect, it } from "vitest";
import { answerOf } from "../../src/history/answer.js";
import { figureCards } from "../../src/history/figure-cards.js";
import { figuresOf, priceOf, sumOf } from "../../src/history/figures.js";
import type { CalendarTotals } from "../../src/history/figures.js";
import type { HistoryModel } from "../../src/history/model.js";
import { signedPercent } from "../../src/history/words.js";
import { DAY } from "../../src/format/calendar.js";
import { readOnBoth } from "../../src/history/columns.js";
import { totals } from "../charts/fixture.js";
import shared from "../../../tests/cases/period_cost.json";
import { look } from "../components/fixture.js";
import type { CalendarOptions } from "../fixtures/calendar.js";
import { day, model } from "./fixture.js";

describe("what the history shows of a period", () => {
  it("is twelve months of a heating year, each beside that of the year before", () => {
    const { columns, figures, before, isRunning } = model(["year", "2025"]);
    expect(columns).toHaveLength(12);
    expect(columns.every((column) => column.figures && column.before)).toBe(
      true
    );
    expect(columns[0]?.opens).toEqual({
      unit: "month",
      start: day("2025-07-01"),
    });
    const sum = columns.reduce(
      (all, column) => all + (column.figures?.electricity ?? 0),
      0
    );
    expect(figures?.electricity).toBeCloseTo(sum, 3);
    expect(figures?.isScop).toBe(true);
    expect(before?.electricity).toBeGreaterThan(1000);
    expect(isRunning).toBe(false);
  });

  it("compares a running period with the same days only", () => {
    const running = model(["month", "2026-11"]);
    expect(running.isRunning).toBe(true);
    expect(running.columns).toHaveLength(30);
    expect(running.columns.slice(28).map(({ state }) => state)).toEqual([
      "future",
      "future",
    ]);
    expect(running.sameDays).toEqual({
      start: day("2025-11-01"),
      end: day("2025-11-29"),
    });
    const whole = model(["month", "2025-11"]).figures?.electricity ?? 0;
    expect(running.before?.electricity).toBeLessThan(whole);
    const sums = running.columns
      .slice(0, 28)
      .map(({ before }) => before?.electricity ?? 0);
    expect(running.before?.electricity).toBeCloseTo(
      sums.reduce((a, b) => a + b),
      6
    );
    expect(running.before?.isScop).toBe(false);
  });

  it("has the month that is running beside the same days of its ghost", () => {
    const { columns } = model(["year", "2026"]);
    const november = columns[4];
    const whole = model(["month", "2025-11"]).figures?.electricity ?? 0;
    expect(november?.before?.electricity).toBeLessThan(whole);
    expect(columns[5]?.state).toBe("future");
    expect(columns[5]?.before?.electricity).toBeGreaterThan(0);
  });

  it("is compared with nothing where there was nothing yet", () => {
    const first = model(["month", "2024-04"]);
    expect(first.other).toBeNull();
    expect(first.before).toBeNull();
    expect(answerOf(first, look)).toMatchObject({
      verdict: null,
      steps: [],
      note: "",
    });
    expect(model(["year", "2025"], {}, "none").other).toBeNull();
  });

  it("leaves days out that were not read, so that a gap saves nothing", () => {
    const gaps = [1, 2, 3, 4, 5, 6].map((each) => day(`2026-01-0${each}`));
    const [whole, gappy] = [
      model(["year", "2025"]),
      model(["year", "2025"], { gaps }),
    ];
    expect(gappy.figures?.electricity).toBeLessThan(
      (whole.figures?.electricity ?? 0) - 50
    );
    expect(gappy.weather?.days).toBe(365 - 6);
    const { share = 1, shareError = 0 } = gappy.weather ?? {};
    expect(Math.abs(share - (whole.weather?.share ?? 0))).toBeLessThan(
      2 * shareError
    );
    expect(answerOf(gappy, look).note).toBe(
      "6 days are left out: they are not known on both sides."
    );
  });

  it("says that a change helped, and by how much", () => {
    const changed = { from: day("2025-07-01"), by: -0.08 };
    const answer = answerOf(model(["year", "2025"], { changed }), look);
    expect(answer.verdict).toBe("better");
    expect(answer.value).toMatch(/^[789]\u00a0% less$/);
    expect(answer.margin).toMatch(/^± \d\.\d$/);
    expect(answer.sentence).toMatch(
      /2024\/25.*% less electricity: [789]\u00a0% less at the same weather\.$/
    );
    expect(answer.steps.map(({ key }) => key)).toEqual([
      "before",
      "weather",
      "rest",
      "after",
    ]);
  });

  it("says that it is too close to tell", () => {
    const answer = answerOf(model(["year", "2025"]), look);
    expect(answer.verdict).toBe("chance");
    expect(answer.sentence).toContain("too close to tell");
  });

  it("calls nothing less by 0 %", () => {
    const weather = { ...model(["year", "2025"]).weather!, share: -0.004 };
    const { value, sentence } = answerOf(
      { ...model(["year", "2025"]), weather },
      look
    );
    expect(value.replace("\u00a0", " ")).toBe("0 %");
    expect(sentence).toContain("as much at the same weather");
  });

  it("says of nothing that it is 0 % more, or colder", () => {
    const year = model(["year", "2025"]);
    const of = (change: object) =>
      answerOf({ ...year, weather: { ...year.weather!, ...change } }, look)
        .sentence;
    const alike = { before: 1000, after: 1003 };
    expect(of({ ...alike, colder: 0.004 })).toMatch(
      /^As much electricity as 2024\/25: /
    );
    expect(of({ ...alike, colder: 0.06 })).toContain(", as much electricity:");
    expect(of({ before: 1000, after: 1100, colder: -0.003 })).toMatch(
      /^10\u00a0% more electricity than 2024\/25: /
    );
  });

  it("does not judge a week", () => {
    const answer = answerOf(model(["week", "2026-01-05"]), look);
    expect(answer.verdict).toBeNull();
    expect(answer.note).toContain("14 days");
    expect(answer.sentence).toContain("of it was free");
  });

  it("shows what is known while the past is read, and says how much that is", () => {
    const unreadBefore = day("2026-02-10");
    const { columns, figures, reading, before } = model(["year", "2025"], {
      unreadBefore,
    });
    expect(columns.slice(0, 9).map(({ state }) => state)).toEqual([
      ...Array<string>(8).fill("unread"),
      "known",
    ]);
    expect(figures).toBeNull();
    expect(before).toBeNull();
    expect(reading.read).toBeGreaterThan(100);
    expect(reading.of).toBeGreaterThan(reading.read);
    const cards = figureCards(model(["year", "2025"], { unreadBefore }), look);
    expect(cards.map(({ value }) => value)).toEqual(Array(6).fill("–"));
  });

  it("names its figures by the rules: SCOP of a whole year only", () => {
    const name = (parts: string[]) =>
      figureCards(model(parts), look).find(({ key }) => key === "cop")?.name;
    expect(name(["year", "2025"])).toBe("SCOP");
    expect(name(["year", "2026"])).toBe("COP");
    expect(name(["month", "2025-11"])).toBe("COP");
  });

  it("says of heat that nobody has checked that it is not, in the place of a ±", () => {
    const margins = (options: Partial<CalendarOptions>) =>
      figureCards(model(["year", "2025"], options), look).map(
        ({ key, margin }) => [key, margin]
      );
    const said = margins({ calibration: "unchecked" });
    expect(said.filter(([, margin]) => margin)).toEqual([
      ["cop", "not checked"],
      ["heat", "not checked"],
    ]);
    expect(margins({}).filter(([, margin]) => margin)).toEqual([
      ["cop", "± 0.11"],
    ]);
    const unread = margins({
      calibration: "unchecked",
      unreadBefore: day("2026-02-10"),
    });
    expect(unread.every(([, margin]) => margin === "")).toBe(true);
  });

  it("subtracts no cold from the heat, and no electricity for it in COP and free share", () => {
    const [cooled, heated] = [
      { heat_kwh: -8, cooling_kwh: 8, cooling_electricity_kwh: 2 },
      { heat_kwh: 10, heat_hot_water_kwh: 4 },
    ].map((energies) =>
      figuresOf({
        ...totals({ electricity_kwh: 2.5, auxiliary_kwh: 0 }),
        ...{ heat_hot_water_kwh: 0, ...energies },
      } as CalendarTotals)
    );
    const both = sumOf([cooled!, heated!]);
    expect(both).toMatchObject({
      ...{ heat: 10, heating: 6, hotWater: 4, cooling: 8 },
      ...{ electricity: 5, coolingElectricity: 2 },
    });
    expect(both?.cop).toBeCloseTo(10 / 3);
    const cards = figureCards(
      { ...model(["year", "2025"]), figures: both },
      look
    );
    const { context } = cards.find(({ key }) => key === "heat")!;
    const words = context.map(({ text }) => text).join(" ");
    expect(words).toContain("Cooling 8");
    expect(words).toContain("70\u00a0%");
  });

  it.each(shared.cases.map((each) => [each.name, each] as const))(
    "as the integration: %s",
    (_, { expected, ...days }) => {
      const figures = days.electricity_kwh.map((electricity_kwh, i) =>
        figuresOf({
          ...totals({ electricity_kwh, auxiliary_kwh: 0 }),
          ...{ cost: days.cost[i], priced_kwh: days.priced_kwh[i] },
        } as CalendarTotals)
      );
      const both = sumOf(figures);
      expect({ cost: both?.cost, price: priceOf(both) }).toEqual(expected);
    }
  );

  it("has no electricity of days without heat in the COP of some days", () => {
    const [known, unknown] = [8, null].map((heat_kwh) =>
      figuresOf({
        ...totals({ electricity_kwh: 2, auxiliary_kwh: 0 }),
        ...{ heat_kwh, cooling_electricity_kwh: 0 },
      } as CalendarTotals)
    );
    expect(sumOf([known!, unknown!])?.cop).toBe(4);
    expect(sumOf([unknown!])?.cop).toBeNull();
  });

  it("compares of each figure only days that know it on both sides", () => {
    const found = model(["month", "2025-11"]);
    const rows = new Map(found.rows);
    for (let i = 0; i < 10; i += 1) {
      const start = day("2024-11-01") + i * DAY;
      const row = rows.get(start)!;
      rows.set(start, { ...row, totals: { ...row.totals!, heat_kwh: null } });
    }
    const compared = {
      ...{ days: found.days, before: found.sameDays, rows },
      ...{ months: found.months, first: found.first, now: found.now },
    };
    const both = readOnBoth(compared)!;
    const later = Array.from(
      { length: 20 },
      (_, i) => rows.get(day("2025-11-11") + i * DAY)!.totals!.heat_kwh!
    );
    expect(both.days).toBe(30);
    expect(both.own.heat).toBeCloseTo(later.reduce((a, b) => a + b));
  });

  describe("the changes", () => {
    const told = (found: HistoryModel) => {
      const { change, context } = figureCards(found, look)[0]!;
      return [change, context.map(({ text }) => text).join(" ")] as const;
    };
    const electricity = (found: HistoryModel, from: number, days: number) =>
      Array.from({ length: days }, (_, i) =>
        figuresOf(found.rows.get(from + i * DAY)!.totals!)
      ).reduce((all, each) => all + each.electricity!, 0);

    it("of a running period are those of its days that are over", () => {
      const found = model(["month", "2026-11"]);
      const own = electricity(found, day("2026-11-01"), 27);
      const before = electricity(found, day("2025-11-01"), 27);
      const [change, words] = told(found);
      expect(change).toBe(signedPercent(own / before - 1, look));
      expect(words).toContain(`same days ${look.format.number(before, 0)}`);
      const [today] = told(model(["day", "2026-11-28"]));
      expect(today).toBeNull();
    });

    it("leave out what was not read on both sides, and say so", () => {
      const found = model(["year", "2025"], { first: day("2025-01-01") });
      const own = electricity(found, day("2026-01-01"), 181);
      const before = electricity(found, day("2025-01-01"), 181);
      const [change, words] = told(found);
      expect(change).toBe(signedPercent(own / before - 1, look));
      expect(words).toContain("181 days read in both");
      const cop = figureCards(found, look)[2]!;
      expect(cop.context[0]?.text).toBe("181 days read in both");
    });

    it("of two whole periods are those of their sums", () => {
      const found = model(["year", "2025"]);
      const { figures, before } = found;
      const share = figures!.electricity! / before!.electricity! - 1;
      expect(told(found)[0]).toBe(signedPercent(share, look));
      expect(told(found)[1]).toContain("2024/25");
    });
  });

  it("asks for a price where there is none", () => {
    const [, cost] = figureCards(
      model(["year", "2025"], { price: null }),
      look
    );
    expect(cost).toMatchObject({
      value: "–",
      isPriceMissing: true,
      change: null,
    });
    const [, priced] = figureCards(model(["year", "2025"]), look);
    expect(priced?.context.map(({ text }) => text).join(" ")).toContain(
      "1.50/kWh"
    );
  });

  it("says of a figure that is not known why", () => {
    const now = day("2026-11-01") + DAY / 2;
    const young = model(["month", "2026-11"], { now });
    const figures = { ...young.figures!, electricity: null, cop: null };
    const cards = figureCards({ ...young, figures }, look);
    const unknown = cards.filter(({ value }) => value === "–");
    expect(
      unknown.map(({ key, unit, context }) => [key, unit, context])
    ).toEqual([
      ["electricity", "", [{ text: "Not known of this period." }]],
      ["cop", "", [{ text: "Not known of this period." }]],
      ["weather", "", [{ text: "No whole day of outdoor temperatures." }]],
    ]);
  });

  it("begins with the day of the first reading, not with its month", () => {
    const first = day("2026-10-17");
    expect(model(["year", "2026"], { first }).first).toBe(first);
    expect(
      model(["month", "2026-11"], { first }, "before").other
    ).not.toBeNull();
    expect(model(["year", "2026"]).first).toBe(day("2024-03-01"));
  });

  it("has every month since the first reading in all", () => {
    const { columns, other } = model(["all"]);
    expect(columns).toHaveLength(33);
    expect(columns[0]?.start).toBe(day("2024-03-01"));
    expect(other).toBeNull();
    const later = model(["all"], { first: day("2026-10-17") });
    expect(later.columns.map(({ start, state }) => [start, state])).toEqual([
      [day("2026-10-01"), "known"],
      [day("2026-11-01"), "known"],
    ]);
  });
});
