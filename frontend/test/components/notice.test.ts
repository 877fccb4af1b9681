import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../../src/components/notice.js";
import { errorNotice } from "../../src/components/view-state.js";
import type { Notice } from "../../src/components/view-state.js";
import { draw, find, look, words } from "./fixture.js";

const NOW = Date.UTC(2026, 0, 22, 19, 42);
const error = errorNotice(
  { code: "timeout", message: null, retryAt: null },
  look
);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

const eventsOf = async (notice: Notice, type: string) => {
  const listener = vi.fn<(event: Event) => void>();
  document.body.addEventListener(type, listener, { once: true });
  const box = await draw("hp-notice", { look, notice });
  find(box, "button").click();
  return listener.mock.calls.map(
    ([event]) => (event as CustomEvent<unknown>).detail
  );
};

describe("hp-notice", () => {
  it("counts down to the next attempt", async () => {
    const box = await draw("hp-notice", {
      look,
      notice: error,
      retryAt: NOW + 24_000,
    });
    expect(words(box)).toContain("Trying again in 24 s.");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(words(box)).toContain("Trying again in 22 s.");
  });

  it("is announced at once only when it is an error", async () => {
    const role = async (notice: Notice) =>
      find(await draw("hp-notice", { look, notice }), "div").role;
    expect(await role(error)).toBe("alert");
    expect(await role({ ...error, state: "empty" })).toBe("status");
  });

  it("asks to try again", async () => {
    expect(await eventsOf(error, "hp-retry")).toEqual([null]);
  });

  it("asks for the range that has something", async () => {
    const action = { kind: "range", range: "7d", label: "Show" } as const;
    const notice: Notice = { ...error, state: "empty", action };
    expect(await eventsOf(notice, "hp-range")).toEqual(["7d"]);
  });

  it("goes to the integration's settings inside Home Assistant", async () => {
    const moved = vi.fn();
    window.addEventListener("location-changed", moved, { once: true });
    const action = { kind: "settings", label: "Open settings" } as const;
    await eventsOf({ ...error, state: "missing", action }, "none");
    expect(moved).toHaveBeenCalledOnce();
    expect(location.pathname).toBe(
      "/config/integrations/integration/heatpump_dashboard"
    );
  });
});
