import { describe, expect, it } from "vitest";
import { LEFT, RIGHT } from "../../src/charts/frame.js";
import { Highlight, placeOf } from "../../src/charts/highlight.js";

const WIDTH = LEFT + RIGHT + 100;
const shown = { start: 0, end: 1000 };

describe("placeOf", () => {
  it.each([
    [
      { start: 200, end: 500 },
      { left: LEFT + 20, width: 30 },
    ],
    [
      { start: -500, end: 500 },
      { left: LEFT, width: 50 },
    ],
    // A moment, also at the very end, is seen.
    [
      { start: 200, end: 200 },
      { left: LEFT + 20, width: 3 },
    ],
    [
      { start: 1000, end: 1000 },
      { left: LEFT + 97, width: 3 },
    ],
    [{ start: 1001, end: 2000 }, null],
    [{ start: -10, end: -1 }, null],
  ])("of %j is %j", (part, place) => {
    expect(placeOf(part, shown, WIDTH)).toEqual(place);
  });

  it("is nowhere without a plot", () => {
    expect(placeOf(shown, shown, 10)).toBeNull();
  });
});

describe("Highlight", () => {
  it("goes along with what is shown, and away", () => {
    const element = document.createElement("div");
    const highlight = new Highlight();
    const size = { width: WIDTH, height: 200 };
    highlight.place(element, shown, size);
    expect(element.children).toHaveLength(0);
    highlight.part = { start: 200, end: 500 };
    highlight.place(element, shown, size);
    const mark = element.firstElementChild as HTMLElement;
    expect(mark.style.left).toBe(`${LEFT + 20}px`);
    highlight.place(element, { start: 200, end: 500 }, size);
    expect(mark.style.width).toBe("100px");
    expect(element.children).toHaveLength(1);
    highlight.part = null;
    highlight.place(element, shown, size);
    expect(element.children).toHaveLength(0);
  });
});
