import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../../src/components/date-range/date-range.js";
import type { DateRange } from "../../src/components/date-range/date-range.js";
import type { Period } from "../../src/data/period.js";
import type { PeriodPicker } from "../../src/panel/period-picker.js";
import "../../src/panel/period-picker.js";
import { draw, find, findAll, look } from "../components/fixture.js";

const NOW = Date.UTC(2026, 0, 22, 19, 42);

let picker: PeriodPicker;
const chosen: unknown[] = [];

const listen = (event: Event) => chosen.push((event as CustomEvent).detail);

const calendar = () => find<DateRange>(picker, "hp-date-range");

const open = async (period: Period = "24h") => {
  picker = await draw("hp-period-picker", { look, period });
  find(picker, ".opener").click();
  await picker.updateComplete;
};

const show = async (start: string, end: string, whole = false) => {
  const at = (local: string) =>
    local ? look.format.zone.utc(Date.parse(`${local}Z`)) : NaN;
  calendar().dispatchEvent(
    new CustomEvent("hp-span", {
      detail: { start: at(start), end: at(end), whole },
    })
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
  it("begins with what is shown, and stays with it while time goes on", async () => {
    await open();
    expect(calendar()).toMatchObject({ start: NOW - 86_400_000, end: NOW });
    expect(find(picker, ".opener").getAttribute("aria-pressed")).toBe("false");
    vi.setSystemTime(NOW + 60_000);
    picker.period = "6h";
    await picker.updateComplete;
    expect(calendar().end).toBe(NOW);
  });

  it("shows the span that is looked at", async () => {
    const start = Date.UTC(2026, 0, 10, 5);
    const end = start + 3_600_000;
    await open({ start, end });
    expect(calendar()).toMatchObject({ start, end });
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
    expect(findAll(picker, "hp-date-range")).toHaveLength(0);
  });

  it.each([
    ["", "2026-01-12T18:30", "Give times as 13:30."],
    [
      "2026-01-12T18:30",
      "2026-01-12T18:00",
      "The end must be after the start.",
    ],
    ["2026-02-12T18:30", "2026-02-13T18:00", "not be in the future"],
    ["2025-12-01T00:00", "2026-01-12T18:30", "look back to 22 Dec 2025"],
  ])("says what is wrong with %j to %j", async (start, end, problem) => {
    await open();
    await show(start, end);
    expect(calendar().problem).toContain(problem);
    expect(chosen).toEqual([]);
  });

  it("begins with what there is of the first day", async () => {
    await open();
    await show("2025-12-22T00:00", "2025-12-23T00:00", true);
    expect(chosen).toEqual([
      { start: NOW - 31 * 86_400_000, end: Date.UTC(2025, 11, 22, 23) },
    ]);
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
    calendar().dispatchEvent(
      new KeyboardEvent("keydown", { key: "Escape", bubbles: true })
    );
    await picker.updateComplete;
    expect(findAll(picker, "hp-date-range")).toHaveLength(0);
    expect(picker.shadowRoot?.activeElement).toBe(find(picker, ".opener"));
  });
});
