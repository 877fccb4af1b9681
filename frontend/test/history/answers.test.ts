import { expect, it } from "vitest";
import { AGAIN_MS, Answers, Revisions } from "../../src/history/answers.js";

it.each([
  ["invalid_range", false],
  ["invalid_format", false],
  ["timeout", true],
])("asks again what failed with %s: %s", async (code, isAgain) => {
  let now = 1_000_000;
  const answers = new Answers<number>(() => now);
  const refused = () => Promise.reject(Object.assign(new Error(), { code }));
  await expect(answers.ask("day", refused, () => 0)).rejects.toThrow();
  expect(answers.isDue("day")).toBe(false);
  now += 60_000;
  expect(answers.isDue("day")).toBe(isAgain);
  answers.retry();
  expect(answers.isDue("day")).toBe(true);
});

it("asks again for what was known for good when the past is another one", async () => {
  let now = 1_000_000;
  const answers = new Answers<number>(() => now);
  await answers.ask(
    "year",
    () => Promise.resolve(1),
    () => Infinity
  );
  now += 10 * AGAIN_MS;
  expect(answers.isDue("year")).toBe(false);
  answers.renew();
  expect(answers.isDue("year")).toBe(true);
  expect(answers.get("year")).toBe(1);
});

it("does not trust an answer that was under way when the past became another one", async () => {
  let now = 1_000_000;
  const answers = new Answers<number>(() => now);
  const asking = answers.ask(
    "year",
    () => Promise.resolve(1),
    () => Infinity
  );
  answers.renew();
  await asking;
  expect(answers.isDue("year")).toBe(false);
  now += AGAIN_MS;
  expect(answers.isDue("year")).toBe(true);
});

it("knows another past by its revision", () => {
  const revisions = new Revisions();
  const of = (revision: number | null, id = "pump") =>
    revisions.isOther({ id, history: { revision } });
  expect([of(1), of(1), of(2), of(2)]).toEqual([false, false, true, false]);
  // One that is not loaded says nothing of it.
  expect([of(null), of(2), of(9, "other")]).toEqual([false, false, false]);
  expect(revisions.isOther({ id: "pump" })).toBe(false);
});
