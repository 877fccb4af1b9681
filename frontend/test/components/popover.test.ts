import type { LitElement } from "lit";
import { afterEach, expect, it, vi } from "vitest";
import { openPopover, Popover } from "../../src/components/popover.js";

const HEIGHT = 844;

/** Where a window of `height` px stands that opens at something from `top` to `bottom`. */
const opened = (height: number, top: number, bottom: number) => {
  const popover = document.createElement("div");
  Object.defineProperties(popover, {
    offsetWidth: { value: 300 },
    offsetHeight: { value: height },
    showPopover: { value: () => undefined },
  });
  const anchor = document.createElement("div");
  anchor.getBoundingClientRect = () =>
    ({ left: 8, right: 382, width: 374, top, bottom }) as DOMRect;
  Object.assign(globalThis, { innerHeight: HEIGHT, innerWidth: 390 });
  openPopover(popover, anchor);
  const at = parseFloat(popover.style.top);
  const most = parseFloat(popover.style.maxHeight);
  return { top: at, bottom: at + Math.min(height, most) };
};

afterEach(() => {
  document.body.replaceChildren();
});

it.each([
  [200, 100, 260],
  [500, 100, 260],
  [600, 300, 460],
  [500, 600, 760],
  [700, 500, 660],
])(
  "of %i px does not cover what it opens at, %i to %i",
  (height, top, bottom) => {
    const place = opened(height, top, bottom);
    expect(place.top >= bottom || place.bottom <= top).toBe(true);
    expect(place.top).toBeGreaterThanOrEqual(0);
    expect(place.bottom).toBeLessThanOrEqual(HEIGHT);
  }
);

it("is closed again for its host too where its page was left meanwhile", async () => {
  const requestUpdate = vi.fn();
  const host = {
    ...{ addController: vi.fn(), requestUpdate },
    ...{ updateComplete: Promise.resolve(true), renderRoot: document.body },
  } as unknown as LitElement;
  const popover = new Popover(host, () => document.body);
  expect(await popover.show()).toBeNull();
  expect(popover.open).toBe(false);
  expect(requestUpdate).toHaveBeenCalledTimes(2);
});

/** An open one, at a button that is `top()` px below the window's edge. */
const open = async (top: () => number): Promise<Popover> => {
  const opener = document.createElement("button");
  const element = document.createElement("div");
  element.className = "popover";
  document.body.append(opener, element);
  opener.getBoundingClientRect = () =>
    ({
      left: 0,
      right: 40,
      width: 40,
      top: top(),
      bottom: top() + 40,
    }) as DOMRect;
  const host = {
    ...{ addController: vi.fn(), requestUpdate: vi.fn(), shadowRoot: null },
    ...{ updateComplete: Promise.resolve(true), renderRoot: document.body },
  } as unknown as LitElement;
  const popover = new Popover(host, () => opener);
  expect(await popover.show()).toBe(element);
  return popover;
};

it("goes when the page is scrolled below it, not with a scroll of before", async () => {
  let top = 300;
  const popover = await open(() => top);
  window.dispatchEvent(new Event("scroll"));
  expect(popover.open).toBe(true);
  top = 280;
  window.dispatchEvent(new Event("scroll"));
  expect(popover.open).toBe(false);
});

it("goes when the page is printed, whatever opened it", async () => {
  const popover = await open(() => 300);
  window.dispatchEvent(new Event("beforeprint"));
  expect(popover.open).toBe(false);
});
