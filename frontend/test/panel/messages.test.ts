import { describe, expect, it } from "vitest";
import { render } from "lit";
import { toPanelError } from "../../src/data/error.js";
import { createSession } from "../../src/data/session.js";
import { PanelStore } from "../../src/data/store.js";
import type { PanelState } from "../../src/data/store.js";
import {
  clockLine,
  isOutdated,
  lostLine,
  replacedLine,
  troubleLine,
} from "../../src/panel/messages.js";
import { look } from "../components/fixture.js";
import type { EntityProblem, PumpInfo } from "../../src/data/types.js";
import en from "../../src/i18n/en.json" with { type: "json" };
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

  it("says of too many free periods what to do", () => {
    const error = toPanelError(
      { code: "too_many", message: "20 of 20" },
      end + 5000
    );
    expect(line({ error })).toMatch(/^Too many periods are open .*Close one/);
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

describe("clockLine", () => {
  const end = Date.UTC(2026, 0, 22, 19, 42);
  const snapshot = new FakeServer(end, 2).snapshot("24h", end);

  const line = (clock_ahead_s?: number | null) => {
    const place = document.createElement("div");
    const status =
      clock_ahead_s === undefined
        ? snapshot.status
        : { ...snapshot.status, clock_ahead_s };
    render(clockLine({ snapshot: { ...snapshot, status } }, look), place);
    return place.textContent.replace(/\s+/g, " ").trim();
  };

  it("says by how much the collector is ahead", () => {
    expect(line(1260)).toContain("21 min ahead");
    expect(line(3600)).toContain("1 h ahead");
  });

  it("says nothing of clocks that agree", () => {
    for (const none of [undefined, null, 0]) expect(line(none)).toBe("");
  });
});

describe("lostLine", () => {
  const line = (...problems: NonNullable<PumpInfo["problems"]>) => {
    const place = document.createElement("div");
    render(lostLine({ problems }, look), place);
    return place.textContent.replace(/\s+/g, " ").trim();
  };
  const lost = (entity: string, why: EntityProblem = "removed") => ({
    metric: "power",
    entity,
    why,
  });

  it("names what tells nothing any more, and says what to do", () => {
    expect(line(lost("sensor.a"), lost("sensor.b", "disabled"))).toBe(
      "sensor.a is gone; sensor.b is disabled. Change the heat pump to choose others."
    );
  });

  it("counts the rest", () => {
    const many = ["a", "b", "c", "d", "e"].map((name) => lost(name));
    expect(line(...many)).toContain("c is gone; 2 more.");
  });

  it("has words for every reason, and none where all is well", () => {
    for (const why of Object.keys(en.panel.lost_entity) as EntityProblem[])
      expect(line(lost("sensor.a", why))).toMatch(/^sensor\.a .*\. Change/);
    expect(line()).toBe("");
  });
});

describe("replacedLine", () => {
  it("asks for a restart", () => {
    const place = document.createElement("div");
    render(replacedLine(look), place);
    expect(place.textContent).toContain("Restart Home Assistant");
  });
});
