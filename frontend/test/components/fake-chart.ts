/** Stands in for a chart's controller: the charts' library needs a canvas. */
import type { ReactiveControllerHost } from "lit";
import { vi } from "vitest";
import type { Span } from "../../src/data/period.js";

/** What a card asks of its chart, and what the chart says of itself. */
export const chart = {
  painted: false,
  part: null as Span | null,
  resetZoom: vi.fn(),
  show: vi.fn(),
  set: vi.fn(),
  clear: vi.fn(),
  host: undefined as ReactiveControllerHost | undefined,
};

export class ChartController {
  constructor(host: ReactiveControllerHost) {
    chart.host = host;
  }
  get painted() {
    return chart.painted;
  }
  get part() {
    return chart.part;
  }
  get zoomed() {
    return chart.part !== null;
  }
  resetZoom = chart.resetZoom;
  show = chart.show;
  set = chart.set;
  clear = chart.clear;
}
