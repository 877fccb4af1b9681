import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DateRange } from "../../src/components/date-range/date-range.js";
import "../../src/history/history-bar.js";
import type { HistoryBar } from "../../src/history/history-bar.js";
import type { HistoryPeriod } from "../../src/history/period.js";
import {
  draw,
  find,
  findAll,
  look,
  PATIENT,
  words,
} from "../components/fixture.js";

const day = (date: string) => Date.parse(`${date}T00:00Z`);

let bar: HistoryBar;
const chosen: HistoryPeriod[] = [];
const listen = (event: Event) => {
  chosen.push((event as CustomEvent<HistoryPeriod>).detail);
};

const name = () => find(bar, "button.name");
const calendar = () => find<DateRange>(bar, "hp-date-range");
const reached = () =>
  (calendar().shadowRoot?.activeElement as HTMLElement | null)?.dataset.day;

const press = (element: HTMLElement, key: string) => {
  element.dispatchEvent(
    new KeyboardEvent("keydown", {
      ...{ key, bubbles: true, cancelable: true, composed: true },
    })
  );
};

beforeEach(async () => {
  chosen.length = 0;
  document.body.addEventListener("hp-period", listen);
  bar = await draw("hp-history-bar", {
    look,
    period: { unit: "month", start: day("2026-01-01") },
    first: Date.parse("2025-11-20T13:00Z"),
    now: Date.parse("2026-01-22T20:42Z"),
  });
  press(name(), "ArrowDown");
  await vi.waitFor(() => {
    expect(reached()).toBe("2026-01-22");
  }, PATIENT);
});

afterEach(() => {
  document.body.removeEventListener("hp-period", listen);
  document.body.replaceChildren();
});

describe("hp-history-bar: jump to a date", () => {
  it("opens a calendar as the user writes days, at the period shown", () => {
    expect(name().getAttribute("aria-haspopup")).toBe("dialog");
    expect(name().getAttribute("aria-expanded")).toBe("true");
    expect(find(bar, "[role=dialog]").getAttribute("aria-label")).toBe(
      "Jump to a date"
    );
    expect(findAll(bar, "input")).toHaveLength(0);
    expect(words(find(calendar(), "th"))).toBe("Mon");
    expect(words(find(calendar(), "h3"))).toBe("January 2026");
  });

  it("leads to the period of the day, and closes", async () => {
    find(calendar(), '[data-month="-1"]').click();
    await calendar().updateComplete;
    find(calendar(), '[data-day="2025-12-24"]').click();
    await bar.updateComplete;
    expect(chosen).toEqual([{ unit: "month", start: day("2025-12-01") }]);
    expect(findAll(bar, "hp-date-range")).toHaveLength(0);
    expect(bar.shadowRoot?.activeElement).toBe(name());
  });

  it("offers the days that there are", async () => {
    find(calendar(), '[data-month="-1"]').click();
    await calendar().updateComplete;
    find(calendar(), '[data-month="-1"]').click();
    await calendar().updateComplete;
    const isOffered = (date: string) =>
      !find<HTMLButtonElement>(calendar(), `[data-day="${date}"]`).disabled;
    expect(isOffered("2025-11-19")).toBe(false);
    expect(isOffered("2025-11-20")).toBe(true);
  });

  it("keeps the arrows of the calendar for its days", async () => {
    press(find(calendar(), "table"), "ArrowLeft");
    await vi.waitFor(() => {
      expect(reached()).toBe("2026-01-21");
    });
    expect(chosen).toEqual([]);
    press(name(), "ArrowLeft");
    expect(chosen).toEqual([{ unit: "month", start: day("2025-12-01") }]);
  });

  it("is closed by Escape, with the focus on the name", async () => {
    press(calendar(), "Escape");
    await bar.updateComplete;
    expect(findAll(bar, "hp-date-range")).toHaveLength(0);
    expect(bar.shadowRoot?.activeElement).toBe(name());
  });

  it("leaves the browser its own keys", () => {
    const back = new KeyboardEvent("keydown", {
      ...{ key: "ArrowLeft", altKey: true, bubbles: true, cancelable: true },
    });
    name().dispatchEvent(back);
    find(calendar(), "table").dispatchEvent(back);
    expect(chosen).toEqual([]);
    expect(back.defaultPrevented).toBe(false);
  });

  it("keeps the focus where the button to today goes, and at the end of its arrows", async () => {
    bar.period = { unit: "month", start: day("2025-12-01") };
    await bar.updateComplete;
    const today = find(bar, ".today");
    today.focus();
    today.click();
    expect(chosen).toEqual([{ unit: "month", start: day("2026-01-01") }]);
    expect(bar.shadowRoot?.activeElement).toBe(name());
    const later = find(bar, "[data-step='1']");
    later.focus();
    bar.period = { unit: "month", start: day("2026-01-01") };
    await bar.updateComplete;
    expect(later.getAttribute("aria-disabled")).toBe("true");
    later.click();
    expect(chosen).toHaveLength(1);
    expect(bar.shadowRoot?.activeElement).toBe(later);
  });
});
