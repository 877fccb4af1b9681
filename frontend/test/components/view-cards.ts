/** A view's card around a chart that only records, and what it is made of. */
import { afterEach, beforeEach, vi } from "vitest";
import type { ViewInput, ViewResult } from "../../src/charts/types.js";
import "../../src/components/view-card.js";
import type { ViewCard } from "../../src/components/view-card.js";
import type { View } from "../../src/data/types.js";
import { FakeServer, pumpInfo } from "../fixtures/heat-pump.js";
import { chart } from "./fake-chart.js";
import { draw, find, look } from "./fixture.js";

export const END = Date.UTC(2026, 0, 22, 19, 42);
export const snapshot = new FakeServer(END, 2).snapshot("24h", END);
export const option = { series: [] };

export const item = (key: string, hidden: boolean) => ({
  key,
  name: key,
  color: "#cf4314",
  style: "solid" as const,
  value: "38°",
  hidden,
});

export const result = (change: Partial<ViewResult> = {}): ViewResult => ({
  state: "ready",
  option,
  legend: [],
  chunk: "line",
  ...change,
});

export const build = vi.fn<(input: ViewInput) => ViewResult>();

export const view = (key: View) => ({ key, title: "kpi.cop", build });

export const card = (change: Partial<ViewCard> = {}) =>
  draw("hp-view-card", {
    view: view("cop"),
    info: pumpInfo(),
    snapshot,
    look,
    admin: true,
    ...change,
  });

export const state = (element: Element) =>
  find(element, "[data-view]").dataset.state;

beforeEach(() => {
  build.mockReset().mockReturnValue(result());
  chart.set.mockReset();
  chart.clear.mockReset();
  chart.resetZoom.mockReset();
  chart.painted = false;
  chart.part = null;
});

afterEach(() => {
  document.body.replaceChildren();
  localStorage.clear();
});
