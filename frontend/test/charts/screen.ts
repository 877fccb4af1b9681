/** A screen for charts: a canvas that takes every stroke, observers and frames driven by the test. */
import type { ReactiveController } from "lit";
import { vi } from "vitest";

/** Takes every call and answers the few questions ECharts asks. */
const pen = new Proxy<Record<string, unknown>>(
  {
    measureText: (text: string) => ({ width: text.length * 6 }),
    createLinearGradient: () => ({ addColorStop: () => undefined }),
    createPattern: () => ({ setTransform: () => undefined }),
  },
  {
    get: (known, name: string) => known[name] ?? (() => undefined),
    set: () => true,
  }
);

/** Elements can be drawn on, are as large as `size`, and always in sight. */
export const lightScreen = (size: { width: number; height: number }): void => {
  const { prototype } = HTMLCanvasElement;
  vi.spyOn(prototype, "getContext").mockReturnValue(pen as never);
  const element = HTMLElement.prototype;
  vi.spyOn(element, "clientWidth", "get").mockImplementation(() => size.width);
  vi.spyOn(element, "clientHeight", "get").mockImplementation(
    () => size.height
  );
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(see: (entries: { isIntersecting: boolean }[]) => void) {
        queueMicrotask(() => {
          see([{ isIntersecting: true }]);
        });
      }
      observe = () => undefined;
      disconnect = () => undefined;
    }
  );
};

export const host = () => ({
  controller: null as ReactiveController | null,
  addController(controller: ReactiveController) {
    this.controller = controller;
  },
  removeController: vi.fn(),
  requestUpdate: vi.fn(),
  updateComplete: Promise.resolve(true),
});
