import { LitElement, html } from "lit";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { PlotSize } from "../../src/history/plot-size.js";

let resize: (width: number, height: number) => void;

class Sizes {
  constructor(callback: (entries: { contentRect: object }[]) => void) {
    resize = (width, height) => {
      callback([{ contentRect: { width, height } }]);
    };
  }
  observe = vi.fn();
  disconnect = vi.fn();
}

class Sized extends LitElement {
  readonly plot: PlotSize = new PlotSize(this, () =>
    this.renderRoot.querySelector("div")
  );
  readonly drawn: string[] = [];

  override render() {
    const { width, height } = this.plot;
    this.drawn.push(`${width} × ${height}`);
    return html`<div></div>`;
  }
}

customElements.define("test-sized", Sized);

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", Sizes);
});

afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

it("draws again where the place has grown in either direction, and only then", async () => {
  const element = new Sized();
  document.body.append(element);
  await element.updateComplete;
  for (const [width, height] of [
    [600, 200],
    [600, 200.3],
    [600, 320],
    [500, 320],
    // Out of sight.
    [0, 0],
  ] as const) {
    resize(width, height);
    await element.updateComplete;
  }
  expect(element.drawn).toEqual([
    "0 × 0",
    "600 × 200",
    "600 × 320",
    "500 × 320",
  ]);
});
