import { describe, expect, it } from "vitest";
import { readPath, writePath } from "../../src/data/page.js";

describe("the panel's addresses", () => {
  it.each([
    ["/heatpump-dashboard", "now", []],
    ["/heatpump-dashboard/", "now", []],
    ["/heatpump-dashboard/history", "history", []],
    ["/heatpump-dashboard/history/year/2025", "history", ["year", "2025"]],
    ["/heatpump-dashboard/something", "now", []],
  ])("%s is %s", (path, page, parts) => {
    expect(readPath(path)).toEqual({ page, parts });
  });

  it("knows other pages of Home Assistant from its own", () => {
    expect(readPath("/lovelace/0")).toBeNull();
    expect(readPath("/heatpump-dashboard-2/history")).toBeNull();
  });

  it("writes what it reads", () => {
    const path = "/heatpump-dashboard/history/month/2025-11";
    expect(writePath(readPath(path) ?? { page: "now", parts: [] })).toBe(path);
  });
});
