/** Stands in for ECharts: what a controller asks of it is recorded. */
import { vi } from "vitest";

const create = () => ({
  setOption: vi.fn(),
  resize: vi.fn(),
  dispatchAction: vi.fn(),
  dispose: vi.fn(),
  getZr: () => ({ flush: vi.fn() }),
});

export type FakeChart = ReturnType<typeof create>;

export const charts: FakeChart[] = [];

export const init = vi.fn(() => {
  const chart = create();
  charts.push(chart);
  return chart;
});
