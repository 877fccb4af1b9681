import { expect, it } from "vitest";
import { isPrinting, PAPER, putOnPaper } from "../../src/components/paper.js";

it("draws before it is heard that there is paper, and that it is gone", () => {
  const told: string[] = [];
  window.addEventListener(PAPER, () => told.push("heard"));
  for (const isOn of [true, false])
    putOnPaper(isOn, () => told.push(String(isPrinting())));
  expect(told).toEqual(["true", "heard", "false", "heard"]);
  expect(isPrinting()).toBe(false);
});
