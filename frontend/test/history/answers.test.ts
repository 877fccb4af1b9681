import { expect, it } from "vitest";
import { Answers } from "../../src/history/answers.js";

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
