import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Period } from "../../src/data/period.js";
import type { PeriodPicker } from "../../src/panel/period-picker.js";
import "../../src/panel/period-picker.js";
import { draw, find, findAll, look, words } from "../components/fixture.js";

const NOW = Date.UTC(2026, 0, 22, 19, 42);

let picker: PeriodPicker;
const chosen: unknown[] = [];

const listen = (event: Event) => chosen.push((event as CustomEvent).detail);

const open = async (period: Period = "24h") => {
  picker = await draw("hp-period-picker", { look, period });
  find(picker, ".opener").click();
  await picker.updateComplete;
};

const field = (name: string) =>
  find<HTMLInputElement>(picker, `input[name=${name}]`);

const show = async (start: string, end: string) => {
  field("start").value = start;
  field("end").value = end;
  find(picker, "form").dispatchEvent(
    new Event("submit", { cancelable: true, bubbles: true })
  );
  await picker.updateComplete;
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  chosen.length = 0;
  document.body.addEventListener("hp-range", listen);
});

afterEach(() => {
  vi.useRealTimers();
  document.body.removeEventListener("hp-range", listen);
  document.body.replaceChildren();
});

describe("hp-period-picker", () => {
  it("begins with what is shown, by the clock of the home", async () => {
    await open();
    expect(field("start").value).toBe("2026-01-21T20:42");
    expect(field("end").value).toBe("2026-01-22T20:42");
    expect(find(picker, ".opener").getAttribute("aria-pressed")).toBe("false");
  });

  it("shows the span that is looked at", async () => {
    const start = Date.UTC(2026, 0, 10, 5);
    await open({ start, end: start + 3_600_000 });
    expect(field("start").value).toBe("2026-01-10T06:00");
    expect(find(picker, ".opener").getAttribute("aria-pressed")).toBe("true");
  });

  it("asks for the span given, and closes", async () => {
    await open();
    await show("2026-01-10T06:00", "2026-01-12T18:30");
    expect(chosen).toEqual([
      {
        start: Date.UTC(2026, 0, 10, 5),
        end: Date.UTC(2026, 0, 12, 17, 30),
      },
    ]);
    expect(findAll(picker, "form")).toHaveLength(0);
  });

  it.each([
    ["", "2026-01-12T18:30", "Give a date and a time for both."],
    [
      "2026-01-12T18:30",
      "2026-01-12T18:00",
      "The end must be after the start.",
    ],
    ["2026-02-12T18:30", "2026-02-13T18:00", "not be in the future"],
    ["2025-12-01T00:00", "2026-01-12T18:30", "Only the last 31 days"],
  ])("says what is wrong with %j to %j", async (start, end, problem) => {
    await open();
    await show(start, end);
    expect(words(find(picker, "[role=alert]"))).toContain(problem);
    expect(field("start").getAttribute("aria-invalid")).toBe("true");
    expect(chosen).toEqual([]);
  });

  it("has the days and weeks people speak of", async () => {
    await open();
    find(picker, "[data-preset=yesterday]").click();
    expect(chosen).toEqual([
      { start: Date.UTC(2026, 0, 20, 23), end: Date.UTC(2026, 0, 21, 23) },
    ]);
  });

  it("is closed by Escape, with the focus on its button", async () => {
    await open();
    field("start").dispatchEvent(
      new KeyboardEvent("keydown", { key: "Escape", bubbles: true })
    );
    await picker.updateComplete;
    expect(findAll(picker, "form")).toHaveLength(0);
    expect(picker.shadowRoot?.activeElement).toBe(find(picker, ".opener"));
  });
});
