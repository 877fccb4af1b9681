import { describe, expect, it } from "vitest";
import { render } from "lit";
import { createSession } from "../../src/data/session.js";
import { PanelStore } from "../../src/data/store.js";
import type { PanelState } from "../../src/data/store.js";
import { isOutdated, troubleLine } from "../../src/panel/messages.js";
import { look } from "../components/fixture.js";
import { FakeServer } from "../fixtures/heat-pump.js";

const RUNNING =
  "http://ha.local:8123/heatpump_dashboard/frontend/panel-aB_1.js";

describe("isOutdated", () => {
  it("tells another module from the one that runs", () => {
    expect(isOutdated(RUNNING, "panel-Cd-2.js")).toBe(true);
    expect(isOutdated(RUNNING, "panel-aB_1.js")).toBe(false);
    expect(isOutdated(`${RUNNING}?v=2`, "panel-aB_1.js")).toBe(false);
  });

  it("says nothing where nothing is known", () => {
    expect(isOutdated(RUNNING, null)).toBe(false);
    expect(isOutdated(RUNNING, undefined)).toBe(false);
    expect(isOutdated("http://localhost:5179/src/panel/x.ts", "y.js")).toBe(
      false
    );
  });
});

describe("troubleLine", () => {
  const end = Date.UTC(2026, 0, 22, 19, 42);
  const snapshot = new FakeServer(end, 2).snapshot("24h", end);
  const nothingYet = new PanelStore(() => undefined, createSession()).state;

  const line = (state: Partial<PanelState>) => {
    const place = document.createElement("div");
    render(troubleLine({ ...nothingYet, ...state }, look), place);
    return place.textContent.replace(/\s+/g, " ").trim();
  };

  const from = (source: string) => ({
    snapshot: { ...snapshot, status: { ...snapshot.status, source } },
  });

  it("says why nothing new comes while the old is shown", () => {
    expect(line(from("refused"))).toBe(
      "The database does not answer The connection was refused. Is the database running?"
    );
  });

  it("says why nothing comes at all", () => {
    const error = { code: "timeout", message: null, retryAt: null };
    expect(line({ error })).toContain("Nothing came back in time");
  });

  it("is not there where the source answers, however old its readings are", () => {
    expect(line(from("ok"))).toBe("");
    expect(line(from("stale"))).toBe("");
    expect(line({})).toBe("");
  });
});
