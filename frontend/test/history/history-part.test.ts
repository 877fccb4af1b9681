import { afterEach, beforeEach, expect, it, vi } from "vitest";
import "../../src/history/history-part.js";
import type {
  HistoryPart,
  HistoryShow,
} from "../../src/history/history-part.js";
import type { Calibration } from "../../src/data/calibration.js";
import { findAll, look, words } from "../components/fixture.js";
import { pumpInfo } from "../fixtures/heat-pump.js";
import { MockConnection, mockHass } from "../ha/mock-hass.js";
import { house, NOW } from "./fixture.js";

const connectionTo = (calibration: Calibration): MockConnection => {
  const connection = new MockConnection();
  connection.answer = () => {
    const {
      unit,
      start_time: start = "",
      end_time: end = "",
    } = connection.asked.at(-1) as unknown as Record<string, string>;
    const rows = house()
      .rows(unit as "day", Date.parse(start), Date.parse(end))
      .map((row) => ({
        ...row,
        totals: row.totals && { ...row.totals, calibration },
      }));
    return Promise.resolve({ rows });
  };
  return connection;
};

const open = async (show: HistoryShow, calibration: Calibration) => {
  const part: HistoryPart = Object.assign(
    document.createElement("hp-history-part"),
    {
      ...{ hass: mockHass(connectionTo(calibration)), look, show },
      ...{ info: pumpInfo(), unit: "month" as const },
    }
  );
  document.body.append(part);
  for (let i = 0; i < 8; i += 1) {
    await vi.advanceTimersByTimeAsync(0);
    await part.updateComplete;
  }
  return part;
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

it.each(["bars", "table", "map"] as const)(
  "says below the %s of a dashboard that nobody checked heat and COP",
  async (show) => {
    const unchecked = await open(show, "unchecked");
    expect(words(unchecked)).toContain("not checked");
    unchecked.remove();
    const checked = await open(show, "checked");
    expect(findAll(checked, ".unchecked")).toHaveLength(0);
  }
);
