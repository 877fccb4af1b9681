import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../../src/components/live-dot.js";
import { draw, find, look, words } from "./fixture.js";

const NOW = Date.UTC(2026, 0, 22, 19, 42);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

const liveness = (dot: Element) => find(dot, "[data-live]").dataset.live;

describe("hp-live-dot", () => {
  it("counts the age of the last reading", async () => {
    const dot = await draw("hp-live-dot", { look, time: NOW - 12_000 });
    expect([liveness(dot), words(dot)]).toEqual(["live", "12 s ago"]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(words(dot)).toBe("15 s ago");
  });

  it("turns amber when the reading is old", async () => {
    const dot = await draw("hp-live-dot", { look, time: NOW - 599_000 });
    expect(liveness(dot)).toBe("live");
    await vi.advanceTimersByTimeAsync(61_000);
    expect([liveness(dot), words(dot)]).toEqual(["stale", "11 min ago"]);
  });

  it("is hollow while the connection is lost", async () => {
    const dot = await draw("hp-live-dot", {
      look,
      time: NOW,
      connected: false,
    });
    expect([liveness(dot), words(dot)]).toEqual([
      "reconnecting",
      "Reconnecting…",
    ]);
  });

  it("says nothing before anything is known, then that there is nothing", async () => {
    const dot = await draw("hp-live-dot", { look });
    expect(words(dot)).toBe("");
    dot.time = null;
    await dot.updateComplete;
    expect(words(dot)).toBe("No reading yet");
  });

  it("stops its clock when it goes", async () => {
    const dot = await draw("hp-live-dot", { look, time: NOW });
    expect(vi.getTimerCount()).toBe(1);
    dot.remove();
    expect(vi.getTimerCount()).toBe(0);
  });
});
