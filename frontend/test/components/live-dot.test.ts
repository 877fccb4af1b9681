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

const readAt = (time: number | null, rhythm = {}) => ({ time, ...rhythm });

const liveness = (dot: Element) => find(dot, "[data-live]").dataset.live;

describe("hp-live-dot", () => {
  it("counts the age of the last reading in tens of seconds", async () => {
    const dot = await draw("hp-live-dot", { look, last: readAt(NOW - 5_000) });
    expect([liveness(dot), words(dot)]).toEqual(["live", "now"]);
    const drawn = vi.spyOn(dot, "requestUpdate");
    const seen = [];
    for (let second = 0; second < 60; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      seen.push(words(dot));
    }
    expect([...new Set(seen)]).toEqual([
      "now",
      ...[10, 20, 30, 40, 50].map((age) => `${age} s ago`),
      "1 min ago",
    ]);
    expect(drawn).toHaveBeenCalledTimes(6);
  });

  it("turns amber when the reading is old", async () => {
    const dot = await draw("hp-live-dot", {
      look,
      last: readAt(NOW - 599_000),
    });
    expect(liveness(dot)).toBe("live");
    const said = () => words(find(dot, "[role=status]"));
    expect(said()).toBe("");
    await vi.advanceTimersByTimeAsync(71_000);
    expect(liveness(dot)).toBe("stale");
    expect(words(find(dot, "[data-live]"))).toBe("11 min ago");
    // Once, and not with each minute.
    const first = said();
    expect(first).toBe(look.text("live.stale"));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(said()).toBe(first);
  });

  it("waits for as long as the heat pump is read seldom", async () => {
    const last = readAt(NOW - 2_400_000, { stale_after_s: 2_700 });
    const dot = await draw("hp-live-dot", { look, last });
    expect([liveness(dot), words(dot)]).toEqual(["live", "40 min ago"]);
  });

  it("is hollow while the connection is lost", async () => {
    const dot = await draw("hp-live-dot", {
      look,
      last: readAt(NOW),
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
    dot.last = readAt(null);
    await dot.updateComplete;
    expect(words(dot)).toBe("No reading yet");
  });

  it("stops its clock when it goes", async () => {
    const dot = await draw("hp-live-dot", { look, last: readAt(NOW) });
    expect(vi.getTimerCount()).toBe(1);
    dot.remove();
    expect(vi.getTimerCount()).toBe(0);
  });
});
