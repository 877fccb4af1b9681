import { afterEach, describe, expect, it, vi } from "vitest";
import { tooltipCard } from "../../src/charts/tooltip.js";
import { buildTheme } from "../../src/theme/tokens.js";

const { position } = tooltipCard(buildTheme(false, () => "", "Roboto"));

const at = <T extends Element>(element: T, top: number): T => {
  element.getBoundingClientRect = () => ({ top }) as DOMRect;
  return element;
};

/** px; where a finger finds the upper edge of a tooltip of 200 px. */
const topOf = (places: { card: number; plot: number }) => {
  const card = at(document.createElement("article"), places.card);
  const plot = at(document.createElement("div"), places.plot);
  const tooltip = document.createElement("div");
  card.append(plot);
  plot.append(tooltip);
  const size = { contentSize: [180, 200], viewSize: [360, 240] };
  (position as (...all: unknown[]) => unknown)(
    ...[[100, 100], [], tooltip, null, size]
  );
  return places.plot + parseFloat(tooltip.style.translate.split(" ")[1] ?? "");
};

describe("the tooltip under a finger", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it.each([
    // The card cuts off what is outside of it.
    [{ card: 200, plot: 290 }, 200],
    [{ card: 113, plot: 203 }, 113],
    // Behind what sticks to the top of the page.
    [{ card: 20, plot: 150 }, 108],
    [{ card: 20, plot: 90 }, 90],
    // There is room for all of it.
    [{ card: 200, plot: 500 }, 300],
  ])("keeps its head in sight (%o)", (places, top) => {
    vi.stubGlobal("matchMedia", () => ({ matches: true }));
    expect(topOf(places)).toBe(top);
  });
});
