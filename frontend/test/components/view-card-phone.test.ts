import { beforeEach, describe, expect, it, vi } from "vitest";
import { chart } from "./fake-chart.js";
import { find, findAll, words } from "./fixture.js";
import {
  END,
  build,
  card,
  item,
  option,
  result,
  state,
  view,
} from "./view-cards.js";

vi.mock(
  "../../src/charts/chart-controller.js",
  () => import("./fake-chart.js")
);

describe("hp-view-card on a phone", () => {
  const power = { view: view("power"), foldable: true };
  const head = (element: Element) =>
    find<HTMLButtonElement>(element, "h2 button");

  beforeEach(() => {
    build.mockReturnValue(result({ legend: [item("supply", false)] }));
  });

  it("is folded at first where it is for those who look for it", async () => {
    const element = await card(power);
    expect(head(element).getAttribute("aria-expanded")).toBe("false");
    expect(words(find(element, ".head"))).toBe("COP supply 38°");
    expect(findAll(element, ".canvas, hp-menu")).toHaveLength(0);
    expect(chart.set).not.toHaveBeenCalled();
    expect(state(element)).toBe("ready");
  });

  it("waits for its data when folded, too", async () => {
    expect(state(await card({ ...power, snapshot: null }))).toBe("loading");
  });

  it("opens, draws, and remembers it", async () => {
    const element = await card(power);
    head(element).click();
    await element.updateComplete;
    expect(head(element).getAttribute("aria-expanded")).toBe("true");
    expect(chart.set).toHaveBeenLastCalledWith(option, "line");
    const again = await card(power);
    expect(head(again).getAttribute("aria-expanded")).toBe("true");
    head(again).click();
    await again.updateComplete;
    expect(chart.clear).toHaveBeenCalled();
    const folded = head(await card(power)).getAttribute("aria-expanded");
    expect(folded).toBe("false");
  });

  it("opens where it is to show something, and shows it", async () => {
    const element = await card(power);
    const closeUp = { start: END - 3_600_000, end: END };
    element.closeUp = closeUp;
    element.unfold();
    await element.updateComplete;
    expect(head(element).getAttribute("aria-expanded")).toBe("true");
    expect(chart.set).toHaveBeenLastCalledWith(option, "line");
    expect(chart.show).toHaveBeenLastCalledWith(closeUp);
    element.unfold();
    await element.updateComplete;
    expect(head(element).getAttribute("aria-expanded")).toBe("true");
  });

  it("is never folded where there is room", async () => {
    const element = await card({ view: view("power") });
    expect(findAll(element, "h2 button")).toHaveLength(0);
    expect(findAll(element, ".canvas")).toHaveLength(1);
  });
});
