import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EventsCard } from "../../../src/components/events/events.js";
import "../../../src/components/events/events.js";
import type { HeatPumpEvent, Snapshot } from "../../../src/data/types.js";
import { END, HOUR, MINUTE, snapshot, text } from "../../charts/fixture.js";
import { FakeServer, pumpInfo } from "../../fixtures/heat-pump.js";
import { draw, find, findAll, look, words } from "../fixture.js";

const saveEvents = vi.hoisted(() =>
  vi.fn<(runs: unknown, of: { snapshot: Snapshot }) => void>()
);
vi.mock("../../../src/export/export.js", () => ({ saveEvents }));

const sights: ((isIntersecting: boolean) => void)[] = [];

class Sight {
  constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
    sights.push((isIntersecting) => {
      callback([{ isIntersecting }]);
    });
  }
  observe = vi.fn();
  disconnect = vi.fn();
}

const at = (
  minute: number,
  kind: string,
  value: number,
  change: Partial<HeatPumpEvent> = {}
): HeatPumpEvent => ({
  time: END - HOUR + minute * MINUTE,
  kind,
  value,
  text: null,
  ...change,
});

const hour = (
  events: HeatPumpEvent[],
  status: Partial<Snapshot["status"]> = {}
): Snapshot => {
  const base = snapshot();
  return { ...base, events, status: { ...base.status, ...status } };
};

const card = (change: Partial<EventsCard> = {}) =>
  draw("hp-events", { info: pumpInfo(), look, ...change });

const rows = (element: Element) =>
  findAll(element, "li button").map((row) => words(row));

beforeEach(() => {
  sights.length = 0;
  vi.stubGlobal("IntersectionObserver", Sight);
});

afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
  saveEvents.mockReset();
});

describe("hp-events", () => {
  it("does not say that an alarm is over whose series went silent", async () => {
    const raised = at(30, "alarm", 1020, { change: "raised", text: "Low" });
    const alarm = { active: null, code: null, text: null };
    const element = await card({ snapshot: hour([raised], { alarm }) });
    expect(rows(element)).toEqual([
      "20:12 Low code 1020 · not known whether it still is",
    ]);
  });

  it("tells every kind in the user's words", async () => {
    const events = [
      at(2, "compressor", 1),
      at(4, "hot_water", 1),
      at(14, "hot_water", 0, {
        duration_s: 600,
        from: 43,
        to: 52,
        heat_kwh: 2.04,
        electricity_kwh: 0.7,
        cop: 2.9,
        outdoor: -4.4,
      }),
      at(16, "compressor", 0, {
        duration_s: 840,
        heat_kwh: 3.64,
        electricity_kwh: 0.9,
        cop: 4,
        outdoor: -4.6,
      }),
      at(20, "auxiliary", 33),
      at(26, "auxiliary", 0, {
        duration_s: 360,
        energy_kwh: 0.3,
        outdoor: -12.2,
      }),
      at(30, "alarm", 20, {
        change: "raised",
        text: "Lågtryck",
        texts: { en: "Low pressure" },
      }),
      at(33, "alarm", 20, { change: "cleared", texts: { en: "Low pressure" } }),
      at(40, "compressor", 1),
    ];
    const status = { metrics: { compressor: 1 } };
    const element = await card({ snapshot: hour(events, status) });
    expect(rows(element)).toEqual([
      "20:22 Compressor running for 20 min",
      "20:12 Low pressure code 20 · cleared 3 min",
      "20:02 Auxiliary heater 33\u00a0% 0.3 kWh · −12\u2009°C outdoors 6 min",
      "19:44 Compressor ran 3.6 kWh heat · COP 4.0 · 0.9 kWh used · −5\u2009°C outdoors 14 min",
      "19:46 of which hot water to 52\u2009°C from 43\u2009°C · 2.0 kWh heat · COP 2.9 · 0.7 kWh used · −4\u2009°C outdoors 10 min",
    ]);
    // Alone it is no part of what is above it.
    find(element, "[data-kind=hot_water]").click();
    await element.updateComplete;
    expect(rows(element)).toEqual([
      expect.stringMatching(/^19:46 Hot water charge to/),
    ]);
    expect(words(find(element, ".head"))).toBe("Events 5 in 1 h");
    expect(words(find(element, "h3"))).toBe("Today");
  });

  it("says what went on after a period that is over", async () => {
    const events = [at(30, "alarm", 20), at(40, "compressor", 1)];
    const status = { metrics: { compressor: 1 }, time: END + HOUR };
    const past = { ...hour(events, status), range: null };
    const element = await card({ snapshot: past });
    expect(rows(element)).toEqual([
      "20:22 Compressor ran until after the period over 20 min",
      "20:12 Alarm until after the period · code 20 over 30 min",
    ]);
  });

  it("filters by kind, with counts", async () => {
    const day = new FakeServer(END, 2).snapshot("24h", END);
    const element = await card({ snapshot: day });
    const chips = findAll(element, ".chips button");
    const count = rows(element).length;
    expect(words(chips[0])).toBe(`All ${count}`);
    const hotWater = find(element, "[data-kind=hot_water]");
    hotWater.click();
    await element.updateComplete;
    expect(hotWater.getAttribute("aria-pressed")).toBe("true");
    expect(words(hotWater)).toBe(`Hot water ${rows(element).length}`);
    expect(rows(element).every((row) => row.includes("water"))).toBe(true);
    expect(rows(element).length).toBeLessThan(count);
  });

  it("keeps what it filters by while another period loads", async () => {
    const day = new FakeServer(END, 2).snapshot("24h", END);
    const element = await card({ snapshot: day });
    find(element, "[data-kind=hot_water]").click();
    element.snapshot = null;
    await element.updateComplete;
    element.snapshot = { ...day, start: day.start - HOUR };
    await element.updateComplete;
    const hotWater = find(element, "[data-kind=hot_water]");
    expect(hotWater.getAttribute("aria-pressed")).toBe("true");
    // Where nothing of that kind happened, all is shown.
    element.snapshot = hour([at(2, "compressor", 1)]);
    await element.updateComplete;
    expect(rows(element)).toHaveLength(1);
  });

  it("keeps its menu while another period loads, and saves when it is there", async () => {
    const day = new FakeServer(END, 2).snapshot("24h", END);
    const element = await card({ snapshot: day });
    const menu = find(element, "hp-menu");
    element.snapshot = null;
    await element.updateComplete;
    expect(find(element, "hp-menu")).toBe(menu);
    menu.dispatchEvent(new CustomEvent("hp-menu", { detail: "csv" }));
    await element.updateComplete;
    expect(saveEvents).not.toHaveBeenCalled();

    element.snapshot = day;
    await vi.waitFor(() => {
      expect(saveEvents).toHaveBeenCalledOnce();
    });
    expect(saveEvents.mock.lastCall?.[1].snapshot).toBe(day);
    // Nothing that happened has nothing to save.
    element.snapshot = hour([]);
    await element.updateComplete;
    expect(findAll(element, "hp-menu")).toHaveLength(0);
  });

  it("makes rows as one scrolls to them", async () => {
    const events = Array.from({ length: 4000 }, (_, i) =>
      at(i / 100, "circulation_pump", (i + 1) % 2, { duration_s: 0.6 })
    );
    const element = await card({ snapshot: hour(events) });
    expect(rows(element)).toHaveLength(60);
    sights.at(-1)!(true);
    await element.updateComplete;
    expect(rows(element)).toHaveLength(120);
    expect(words(find(element, ".show-all"))).toBe("Show all 2,000 events");
  });

  it("names the days", async () => {
    const week = new FakeServer(END, 4).snapshot("7d", END);
    const element = await card({ snapshot: week });
    const days = findAll(element, "h3").map((day) => words(day));
    expect(days.slice(0, 2)).toEqual(["Today", "Yesterday"]);
    expect(new Set(days).size).toBe(days.length);
  });

  it("begins a month with its days, and shows the events of one", async () => {
    const month = new FakeServer(END, 31).snapshot("30d", END);
    const element = await card({ snapshot: month });
    const days = findAll(element, ".day");
    expect(findAll(element, "li button")).toHaveLength(days.length);
    expect(words(days[0]).startsWith("Today")).toBe(true);
    expect(words(days[1])).toMatch(
      /^Yesterday .*compressor \d+ h \d+ min · [\d.]+ kWh heat · COP \d\.\d · [\d.]+ kWh used \d+$/
    );
    expect(words(find(element, ".show-all"))).toBe(
      `Show all ${days.length} days`
    );
    days[1]!.click();
    await element.updateComplete;
    expect(days[1]!.getAttribute("aria-expanded")).toBe("true");
    const count = Number(words(days[1]).split(" ").at(-1));
    expect(findAll(element, "li button")).toHaveLength(
      Math.min(60, days.length + count)
    );
    find(element, "[data-kind=hot_water]").click();
    await element.updateComplete;
    expect(words(findAll(element, ".day")[2])).toMatch(/ \d+ charges · /);
  });

  it("takes the keyboard back to the event that led to the charts", async () => {
    const events = [at(2, "compressor", 1), at(16, "compressor", 0)];
    const more = [...events, at(20, "auxiliary", 33), at(30, "auxiliary", 0)];
    const element = await card({ snapshot: hour(more) });
    const second = findAll(element, "li button")[1]!;
    second.focus();
    second.click();
    second.blur();
    element.scrollIntoView = vi.fn();
    element.comeBack();
    await element.updateComplete;
    await Promise.resolve();
    expect(element.shadowRoot!.activeElement).toBe(second);
  });

  it("calls no day of a span long ago today", async () => {
    const day = new FakeServer(END, 2).snapshot("24h", END);
    const element = await card({ snapshot: { ...day, range: null } });
    expect(words(find(element, "h3"))).toBe("22 Jan 2026");
  });

  it("leads to its moment in the charts", async () => {
    const events = [at(2, "compressor", 1), at(16, "compressor", 0)];
    const element = await card({ snapshot: hour(events) });
    const shown = vi.fn();
    document.body.addEventListener("hp-show-time", (event) => {
      shown((event as CustomEvent).detail);
    });
    find(element, "li button").click();
    expect(shown).toHaveBeenCalledWith({
      from: events[0]!.time,
      to: events[1]!.time,
    });
  });

  it("is one stop of the tab key, and arrows go on from there", async () => {
    const events = [at(2, "compressor", 1), at(16, "compressor", 0)];
    const more = [...events, at(20, "auxiliary", 33), at(30, "auxiliary", 0)];
    const element = await card({ snapshot: hour(more) });
    const [first, second] = findAll(element, "li button");
    first!.focus();
    const down = new KeyboardEvent("keydown", {
      key: "ArrowDown",
      bubbles: true,
    });
    first!.dispatchEvent(down);
    await element.updateComplete;
    await Promise.resolve();
    await element.updateComplete;
    expect(element.shadowRoot!.activeElement).toBe(second);
    expect([first!.tabIndex, second!.tabIndex]).toEqual([-1, 0]);
  });

  it("says that nothing happened", async () => {
    const element = await card({ snapshot: hour([]) });
    expect(find(element, "article").dataset.state).toBe("empty");
    expect(words(find(element, "hp-notice"))).toBe(text("events.none"));
  });

  it("has grey shapes before there are data", async () => {
    const element = await card();
    expect(find(element, "article").dataset.state).toBe("loading");
    expect(findAll(element, ".bone").length).toBeGreaterThan(3);
  });

  it("says why it has none where nothing can be read", async () => {
    const error = { code: "timeout", message: null, retryAt: null };
    const element = await card({ error });
    const article = find(element, "article");
    expect(article.dataset.state).toBe("error");
    expect(article.getAttribute("aria-busy")).toBe("false");
    expect(findAll(element, ".bone")).toEqual([]);
    expect(words(find(element, "hp-notice"))).toContain(
      text("error.timeout.title")
    );
  });
});
