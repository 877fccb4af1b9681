import { describe, expect, it } from "vitest";
import { answerOf } from "../../src/history/answer.js";
import { costCompared } from "../../src/history/cost.js";
import { figureCards } from "../../src/history/figure-cards.js";
import type { HistoryModel } from "../../src/history/model.js";
import { kwh, signedPercent } from "../../src/history/words.js";
import { look } from "../components/fixture.js";
import { day, model } from "./fixture.js";

/** What the answer says of both periods, and what the figure of the electricity says. */
const said = (found: HistoryModel) => {
  const { steps, note } = answerOf(found, look);
  const [before, , , after] = steps;
  const { change, context } = figureCards(found, look)[0]!;
  return {
    ...{ note, change, before, after },
    context: context.map(({ text }) => text).join(" "),
  };
};

describe("periods of different length", () => {
  it("leave the days out that the shorter one before has not, and say so", () => {
    const march = model(["month", "2026-03"], {}, "before");
    expect(march.readOnBoth).toMatchObject({ days: 28, leftOut: 3 });
    const { note, before, after, change, context } = said(march);
    expect(before?.name).toBe("Feb 2026");
    expect(after?.name).toBe("1–28 Mar 2026");
    expect(note).toBe("3 days are left out: they are not known on both sides.");
    expect(change).toBe(signedPercent(after!.to / before!.to - 1, look));
    expect(context).toContain("28 days read in both");
  });

  it("count of a longer one before as many days as the period has", () => {
    const november = model(["month", "2025-11"], {}, "before");
    expect(november.sameDays?.end).toBe(day("2025-10-31"));
    const { note, before, after, change, context } = said(november);
    expect(before?.name).toBe("1–30 Oct 2025");
    expect(after?.name).toBe("Nov 2025");
    expect(note).toBe("");
    expect(november.before?.electricity).toBeCloseTo(before!.to);
    expect(context).toContain(`1–30 Oct 2025 ${kwh(before!.to, look)}`);
    expect(change).toBe(signedPercent(after!.to / before!.to - 1, look));
    const rows = costCompared(november)?.rows.map(({ key }) => key);
    expect(rows).toEqual(["weather", "rest", "price"]);
  });

  it("are a leap year and another one", () => {
    const leap = { first: day("2022-07-01") };
    const after = model(["year", "2024"], leap);
    expect(after.readOnBoth).toMatchObject({ days: 365, leftOut: 0 });
    const own = model(["year", "2023"], leap);
    expect(own.readOnBoth).toMatchObject({ days: 365, leftOut: 1 });
    expect(answerOf(own, look).note).toContain("1 day is left out");
  });

  it("are the days up to now beside a shorter month that is over", () => {
    const march = model(
      ["month", "2026-03"],
      { now: day("2026-03-31") + 43_200_000 },
      "before"
    );
    expect(march.readOnBoth).toMatchObject({ days: 28, leftOut: 2 });
  });
});
