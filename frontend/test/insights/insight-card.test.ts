import { afterEach, expect, it, vi } from "vitest";
import { CARDS } from "../../src/insights/cards.js";
import "../../src/insights/insight-card.js";
import { draw, find, findAll, look } from "../components/fixture.js";
import { explained, info } from "./fixture.js";

afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

it("folds and unfolds also where the browser remembers nothing", async () => {
  vi.stubGlobal("localStorage", {
    getItem: () => null,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  });
  const card = await draw("hp-insight-card", {
    ...{ look, info, foldable: true, insight: explained("cop") },
    card: CARDS.find(({ id }) => id === "cop"),
  });
  const seen = [findAll(card, ".body").length];
  for (let i = 0; i < 2; i += 1) {
    find(card, ".fold").click();
    await card.updateComplete;
    seen.push(findAll(card, ".body").length);
  }
  expect(seen).toEqual([0, 1, 0]);
});
