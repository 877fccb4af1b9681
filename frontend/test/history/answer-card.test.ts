import { afterEach, expect, it } from "vitest";
import { answerOf } from "../../src/history/answer.js";
import "../../src/history/answer-card.js";
import { draw, findAll, look } from "../components/fixture.js";
import { model } from "./fixture.js";

afterEach(() => {
  document.body.replaceChildren();
});

/** The names below a bridge of this width, from the left. */
const names = async (width: number) => {
  const answer = answerOf(model(["year", "2026"]), look);
  const card = await draw("hp-history-answer", { answer, look });
  Object.assign((card as unknown as { widths: object }).widths, { width });
  card.requestUpdate();
  await card.updateComplete;
  return findAll(card, "text:not(.label)").map(
    ({ textContent }) => textContent
  );
};

it("names the days of a running year in two lines where they would not fit in one", async () => {
  expect((await names(600))[0]).toBe("1 Jul – 28 Nov 2025");
  expect(await names(272)).toEqual([
    ...["1 Jul –", "28 Nov 2025", "Weather", "All else", "2026/27"],
  ]);
});
