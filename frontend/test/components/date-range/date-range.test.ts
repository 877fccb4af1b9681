import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Look } from "../../../src/components/context.js";
import "../../../src/components/date-range/date-range.js";
import type {
  ChosenSpan,
  DateRange,
} from "../../../src/components/date-range/date-range.js";
import { dayAfterKey } from "../../../src/components/date-range/day-after-key.js";
import { createFormat } from "../../../src/format/format.js";
import { draw, find, findAll, look, words } from "../fixture.js";

const at = (local: string) => look.format.zone.utc(Date.parse(`${local}Z`));
const NOW = at("2026-01-22T20:42");

let range: DateRange;
const chosen: ChosenSpan[] = [];
const listen = (event: Event) => {
  chosen.push((event as CustomEvent<ChosenSpan>).detail);
};

const open = async (given: Partial<DateRange> = {}, own: Look = look) => {
  range = await draw("hp-date-range", {
    look: own,
    start: NOW - 86_400_000,
    end: NOW,
    earliest: at("2025-12-22T20:42"),
    latest: NOW,
    ...given,
  });
};

const day = (date: string) => find(range, `[data-day="${date}"]`);
const field = (name: string) =>
  find<HTMLInputElement>(range, `input[name=${name}]`);
const click = async (element: HTMLElement) => {
  element.click();
  await range.updateComplete;
};
const selected = () =>
  findAll(range, "td[aria-selected=true] button").map(
    (button) => button.dataset.day
  );
const show = () => {
  find(range, "form").dispatchEvent(
    new Event("submit", { cancelable: true, bubbles: true })
  );
  return chosen.at(-1);
};
const press = async (key: string) => {
  find(range, "table").dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })
  );
  await range.focusDay();
};
const type = async (name: string, value: string) => {
  field(name).value = value;
  field(name).dispatchEvent(new Event("change"));
  await range.updateComplete;
};
const switchTimes = async () => {
  find(range, ".by-time input").dispatchEvent(new Event("change"));
  await range.updateComplete;
};

beforeEach(() => {
  chosen.length = 0;
  document.body.addEventListener("hp-span", listen);
});

afterEach(() => {
  document.body.removeEventListener("hp-span", listen);
  document.body.replaceChildren();
});

describe("hp-date-range", () => {
  const MOMENTS = {
    start: at("2026-01-10T06:00"),
    end: at("2026-01-10T18:30"),
  };

  it("begins with the days of what is shown", async () => {
    await open();
    expect(selected()).toEqual(["2026-01-21", "2026-01-22"]);
    expect(words(find(range, "h3"))).toBe("January 2026");
    expect(findAll(range, "input[name]")).toHaveLength(0);
  });

  it("takes a day, and with the next one a span of days", async () => {
    await open();
    await click(day("2026-01-10"));
    expect(selected()).toEqual(["2026-01-10"]);
    await click(day("2026-01-12"));
    expect(selected()).toEqual(["2026-01-10", "2026-01-11", "2026-01-12"]);
    expect(show()).toEqual({
      start: at("2026-01-10T00:00"),
      end: at("2026-01-13T00:00"),
      whole: true,
    });
  });

  it("begins anew with a day before the first", async () => {
    await open();
    await click(day("2026-01-10"));
    await click(day("2026-01-05"));
    expect(selected()).toEqual(["2026-01-05"]);
    await click(day("2026-01-06"));
    expect(selected()).toEqual(["2026-01-05", "2026-01-06"]);
  });

  it("changes the end alone where that is asked for", async () => {
    await open();
    await click(find(range, "[data-edge=end]"));
    await click(day("2026-01-21"));
    expect(selected()).toEqual(["2026-01-21"]);
  });

  it("is the calendar alone for a single day, chosen by its click", async () => {
    const [start, end] = [at("2026-01-01T00:00"), at("2026-02-01T00:00")];
    await open({ single: true, start, end });
    expect(findAll(range, "form, input, [data-edge]")).toHaveLength(0);
    expect(selected()).toHaveLength(31);
    // Of the month that runs, the keyboard is at today.
    expect(find(range, "td [tabindex='0']")).toBe(day("2026-01-22"));
    await click(day("2026-01-10"));
    expect(chosen).toEqual([
      {
        start: at("2026-01-10T00:00"),
        end: at("2026-01-11T00:00"),
        whole: true,
      },
    ]);
  });

  it("shows the moments of a span that has them, and changes them", async () => {
    await open(MOMENTS);
    expect([field("start").value, field("end").value]).toEqual([
      "06:00",
      "18:30",
    ]);
    await type("start", "715");
    expect(field("start").value).toBe("07:15");
    await click(day("2026-01-09"));
    expect(show()).toEqual({
      start: at("2026-01-09T07:15"),
      end: MOMENTS.end,
      whole: false,
    });
  });

  it("goes from whole days to moments and back", async () => {
    await open();
    await switchTimes();
    // It does not reach beyond now.
    expect(show()).toEqual({
      start: at("2026-01-21T00:00"),
      end: NOW,
      whole: false,
    });
    await switchTimes();
    expect(selected()).toEqual(["2026-01-21", "2026-01-22"]);
    expect(show()?.end).toBe(at("2026-01-23T00:00"));
  });

  it("keeps a time that it does not understand, to be mended", async () => {
    await open(MOMENTS);
    await type("end", "soon");
    expect(field("end").value).toBe("soon");
    expect(show()?.end).toBeNaN();
    await type("end", "19");
    expect(show()?.end).toBe(at("2026-01-10T19:00"));
  });

  it("says what is wrong beside the fields", async () => {
    await open({ ...MOMENTS, problem: "No." });
    expect(words(find(range, "[role=alert]"))).toBe("No.");
    expect(field("start").getAttribute("aria-describedby")).toBe("error");
    expect(field("start").getAttribute("aria-invalid")).toBe("true");
  });

  it("has halves of the day for those whose clock has, and their weeks", async () => {
    const format = createFormat(
      {
        language: "en",
        number_format: "language",
        time_format: "12",
        date_format: "language",
        time_zone: "server",
        first_weekday: "language",
      },
      "Europe/Stockholm"
    );
    await open(MOMENTS, { ...look, format });
    expect(field("end").value).toBe("6:30");
    expect(words(find(range, "[data-half=end]"))).toBe("PM");
    await click(find(range, "[data-half=end]"));
    expect(show()?.end).toBe(at("2026-01-10T06:30"));
    expect(words(find(range, "th"))).toBe("Sun");
  });

  it("offers no day before the first or after today", async () => {
    await open();
    const disabled = (element: HTMLElement) =>
      element.hasAttribute("disabled") ||
      element.getAttribute("aria-disabled") === "true";
    expect(disabled(day("2026-01-23"))).toBe(true);
    expect(disabled(find(range, '[data-month="1"]'))).toBe(true);
    await click(find(range, '[data-month="-1"]'));
    expect(words(find(range, "h3"))).toBe("December 2025");
    expect(disabled(day("2025-12-21"))).toBe(true);
    expect(disabled(day("2025-12-22"))).toBe(false);
    expect(disabled(find(range, '[data-month="-1"]'))).toBe(true);
  });

  it("is one stop, and walked through by the arrows", async () => {
    await open();
    const reached = () =>
      (range.shadowRoot?.activeElement as HTMLElement | null)?.dataset.day;
    expect(findAll(range, "td [tabindex='0']")).toHaveLength(1);
    await press("ArrowLeft");
    expect(reached()).toBe("2026-01-21");
    await press("ArrowUp");
    await press("Home");
    expect(reached()).toBe("2026-01-12");
    await press("PageUp");
    // As far as there is anything.
    expect(reached()).toBe("2025-12-22");
    await press("End");
    expect(reached()).toBe("2025-12-28");
    await press("PageDown");
    expect(reached()).toBe("2026-01-22");
  });

  it("names days in full, and today", async () => {
    await open();
    const today = day("2026-01-22");
    expect(today.getAttribute("aria-label")).toBe("Thursday, January 22, 2026");
    expect(today.getAttribute("aria-current")).toBe("date");
  });
});

it.each([
  ["ArrowRight", false, "2026-01-23"],
  ["ArrowDown", false, "2026-01-29"],
  ["End", false, "2026-01-25"],
  ["PageUp", true, "2025-01-22"],
  ["PageDown", true, "2027-01-22"],
])("%s (shift: %s) leads to %s", (key, shiftKey, date) => {
  const from = Date.UTC(2026, 0, 22);
  expect(dayAfterKey({ key, shiftKey }, from, 1)).toBe(Date.parse(date));
  expect(dayAfterKey({ key: "a", shiftKey }, from, 1)).toBeUndefined();
});
