import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EnergyCard } from "../../src/history/energy-card.js";
import "../../src/history/history-page.js";
import type { HistoryPage } from "../../src/history/history-page.js";
import type { CalendarOptions } from "../fixtures/calendar.js";
import { find, findAll, look, words } from "../components/fixture.js";
import { pumpInfo } from "../fixtures/heat-pump.js";
import { MockConnection, mockHass } from "../ha/mock-hass.js";
import { day, house, NOW } from "./fixture.js";

let connection: MockConnection;
let page: HistoryPage;

const answers = (options: Partial<CalendarOptions>) => () => {
  const message = connection.asked.at(-1) as unknown as Record<string, string>;
  if (message.type?.endsWith("/events")) return Promise.resolve({ events: [] });
  const [start = "", end = ""] = [message.start_time, message.end_time];
  const rows = house(options).rows(
    message.unit as "day",
    Date.parse(start),
    Date.parse(end)
  );
  return Promise.resolve({ rows });
};

const settle = async () => {
  for (let i = 0; i < 8; i += 1) {
    await vi.advanceTimersByTimeAsync(0);
    await page.updateComplete;
  }
};

const open = async (
  parts: string[],
  options: Partial<CalendarOptions> = {}
) => {
  connection.answer = answers(options);
  await show(parts);
};

const show = async (parts: string[]) => {
  history.replaceState(
    null,
    "",
    `/heatpump-dashboard/history/${parts.join("/")}`
  );
  page = Object.assign(document.createElement("hp-history-page"), {
    ...{ hass: mockHass(connection), look, parts, last: NOW },
    info: pumpInfo(),
  });
  document.body.append(page);
  await settle();
};

/** Another Home Assistant, of which nothing is known. */
const another = () => {
  page.remove();
  connection = new MockConnection();
};

/** Answers what the page subscribes to: the temperatures of its days. */
const sendTemperatures = async () => {
  const { message, send } = connection.last;
  const { start_time: from = "", end_time: to = "" } =
    message as unknown as Record<string, string>;
  send({
    ...{ type: "snapshot", step: 86_400 },
    readings: house().temperatures(Date.parse(from), Date.parse(to)),
  });
  await settle();
};

const current = () => find(page, "[data-view=history]").dataset.state;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  connection = new MockConnection();
  localStorage.clear();
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("hp-history-page", () => {
  it("shows a year with its figures and its table", async () => {
    await open(["year", "2025"]);
    expect(current()).toBe("ready");
    expect(findAll(page, "hp-history-figure")).toHaveLength(6);
    expect(words(find(page, "hp-history-bar"))).toContain("2025/26");
    expect(words(find(page, "hp-history-answer"))).toContain(
      "At the same weather"
    );
    const table = find(page, "hp-history-table");
    expect(findAll(table, "tbody tr")).toHaveLength(12);
    expect(words(find(table, "tfoot"))).toMatch(/^2025\/26/);
    expect(findAll(page, ".reading")).toHaveLength(0);
    // There is room on a phone for the others.
    const late = findAll(table, "tbody tr:first-child .late");
    expect(late.map(({ className }) => className.split(" ")[0])).toEqual([
      ...["heat", "auxiliary", "starts", "degree_days"],
      ...["per_degree_day", "coverage"],
    ]);
  });

  it("shows the temperatures of its days, asked for once", async () => {
    await open(["month", "2026-10"]);
    const card = find(page, "hp-history-temperatures");
    expect(find(card, "[data-view]").dataset.state).toBe("loading");
    const [asked, ...more] = connection.subscriptions;
    expect(more).toEqual([]);
    const { message } = asked ?? {};
    expect(message).toMatchObject({ type: "heatpump_dashboard/subscribe" });
    await sendTemperatures();
    asked?.confirm();
    await settle();
    expect(asked?.unsubscribe).toHaveBeenCalled();
    expect(find(card, "[data-view]").dataset.state).toBe("ready");
    expect(words(find(card, ".samples"))).toMatch(/^Outdoor .*its days .* … /);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(connection.subscriptions).toHaveLength(1);
  });

  it("says what of the details does not come, and tries again", async () => {
    const known = answers({});
    const error = Object.assign(new Error(), { code: "timeout" });
    connection.answer = () =>
      connection.asked.at(-1)?.type.endsWith("/events")
        ? Promise.reject(error)
        : known();
    await show(["month", "2026-10"]);
    connection.last.refuse(error);
    await settle();
    const cards = ["temperatures", "odd"].map((each) =>
      find(page, `hp-history-${each}`)
    );
    const states = () =>
      cards.map((card) => find(card, "[data-view]").dataset.state);
    expect(states()).toEqual(["error", "error"]);
    const [first] = cards;
    connection.answer = known;
    find(find(first ?? page, "hp-notice"), "button.action").click();
    await settle();
    await sendTemperatures();
    expect(states()).toEqual(["ready", "ready"]);
  });

  it.each(["2031-05", "2019-05"])(
    "asks nothing of the details of %s, when there are none",
    async (month) => {
      await open(["month", month]);
      expect(connection.subscriptions).toHaveLength(0);
      const types = connection.asked.map(({ type }) => type);
      expect(types).not.toContain("heatpump_dashboard/events");
      expect(current()).toBe("empty");
    }
  );

  it("lights an odd day in the calendar and in the list", async () => {
    const odd = { [day("2026-10-14")]: 40 };
    await open(["month", "2026-10"], { odd });
    const list = find(page, "hp-history-odd");
    const rows = findAll(list, "li button");
    expect(rows.map(words)).toEqual([
      expect.stringMatching(/^1 14 Oct · Above its weather .*\+(39|4\d) kWh/),
    ]);
    rows[0]?.dispatchEvent(new Event("pointerenter"));
    await settle();
    expect(rows[0]?.className).toBe("lit");
    const map = find<HTMLElement & { lit: unknown }>(page, "hp-history-map");
    expect(map.lit).toEqual({
      start: day("2026-10-14"),
      end: day("2026-10-15"),
    });
    find(list, "ol").dispatchEvent(new Event("pointerleave"));
    await settle();
    expect(map.lit).toBeNull();
  });

  it("counts days before the first reading as not known, in the row it is compared with", async () => {
    await open(["year", "2025"], { first: day("2025-01-01") });
    const [own, before] = findAll(find(page, "hp-history-table"), "tfoot tr");
    expect(words(own)).toMatch(/^2025\/26.*100\.0\s%$/);
    expect(words(before)).toMatch(/^2024\/25.*49\.6\s%$/);
  });

  it("has the cost only where there is a price, and winters only of all years", async () => {
    await open(["year", "2025"]);
    expect(findAll(page, "hp-history-cost")).toHaveLength(1);
    const rows = find(find(page, "hp-history-cost"), "dl");
    expect(words(rows)).toMatch(
      /Weather .*All else .*Price 1\.50 → 1\.50 kr\/kWh/
    );
    const table = find(page, "hp-history-table");
    expect(words(find(table, "thead"))).toContain("Cost, kr");
    // Nothing else may stand in a list of this kind, for those who hear it.
    expect(rows.querySelectorAll("div > :not(dt, dd)")).toHaveLength(0);
    expect(findAll(page, "hp-history-winters")).toHaveLength(0);
    another();
    await open(["year", "2025"], { price: null });
    expect(findAll(page, "hp-history-cost")).toHaveLength(0);
    another();
    await open(["all"], { first: day("2023-06-20") });
    expect(findAll(page, "hp-history-temperatures")).toHaveLength(0);
    expect(words(find(page, "hp-history-winters"))).toContain(
      "more or less than 2023/24"
    );
    expect(findAll(page, "hp-history-years")).toHaveLength(1);
  });

  it("names in its legend what it is compared with, where it is", async () => {
    const named = () => {
      const energy = find<EnergyCard>(page, "hp-history-energy");
      const items = findAll(find(energy, "hp-legend"), "[data-series]");
      return items.flatMap((item) =>
        item.dataset.series === "before" ? [words(item)] : []
      );
    };
    await open(["year", "2025"]);
    expect(named()).toEqual(["2024/25"]);
    // Points as they are drawn, not the line of the mean.
    const energy = find<EnergyCard>(page, "hp-history-energy");
    const cop = find(find(energy, "hp-legend"), "[data-series=cop]");
    expect(cop.querySelector("i")?.className).toContain("square");
    another();
    await open(["month", "2025-11"]);
    expect(named()).toEqual(["Nov 2024"]);
    another();
    await open(["year", "2025"], { first: day("2025-07-01") });
    expect(named()).toEqual([]);
  });

  it("goes to the last bar that there is with the key End", async () => {
    await open(["year", "2026"]);
    const energy = find<EnergyCard>(page, "hp-history-energy");
    const { plot } = energy as unknown as { plot: object };
    Object.assign(plot, { width: 800, height: 300 });
    energy.requestUpdate();
    await energy.updateComplete;
    const bars = findAll(energy, ".hits button");
    bars[0]?.focus();
    bars[0]?.dispatchEvent(
      new KeyboardEvent("keydown", { key: "End", bubbles: true })
    );
    const { activeElement } = energy.shadowRoot!;
    expect((activeElement as HTMLElement).dataset.start).toBe("2026-11-01");
  });

  it("is loading until something is known", async () => {
    connection.answer = () => new Promise(() => undefined);
    page = Object.assign(document.createElement("hp-history-page"), {
      ...{ hass: mockHass(connection), look, parts: [], info: pumpInfo() },
    });
    document.body.append(page);
    await settle();
    expect(current()).toBe("loading");
    const energy = find<EnergyCard>(page, "hp-history-energy");
    expect(find(energy, "[data-view]").dataset.state).toBe("loading");
  });

  it("says why nothing comes, and tries again", async () => {
    connection.answer = () =>
      Promise.reject(
        Object.assign(new Error(), { code: "not_found", message: "Gone" })
      );
    page = Object.assign(document.createElement("hp-history-page"), {
      ...{ hass: mockHass(connection), look, parts: [], info: pumpInfo() },
    });
    document.body.append(page);
    await settle();
    expect(current()).toBe("error");
    connection.answer = answers({});
    await vi.advanceTimersByTimeAsync(10_000);
    await settle();
    expect(current()).toBe("ready");
  });

  it("says that there is nothing", async () => {
    await open([], { first: NOW + 40 * 86_400_000 });
    expect(current()).toBe("empty");
  });

  it("says how far the past is read, and that what is known can be used", async () => {
    await open(["year", "2025"], { unreadBefore: day("2026-02-10") });
    const line = find(page, ".reading");
    expect(words(line)).toMatch(
      /^Reading the past: back to 10 Feb 2026, \d+ of \d+ days/
    );
    const { value, max } = find<HTMLProgressElement>(page, "progress");
    expect(value / max).toBeGreaterThan(0.1);
  });

  it("says calmly what was computed with older settings", async () => {
    const older = { outdatedBefore: day("2026-02-10") };
    await open(["year", "2025"], older);
    expect(words(find(page, "footer"))).toContain(
      "computed with older settings"
    );
  });

  it("says nothing of older settings that the period has nothing to do with", async () => {
    await open(["month", "2026-11"], { outdatedBefore: day("2025-02-10") });
    expect(words(find(page, "footer"))).not.toContain("older settings");
  });

  it("puts the period and the comparison into the address", async () => {
    await open(["year", "2025"]);
    const bar = find(page, "hp-history-bar");
    find(bar, "[data-step='-1']").click();
    expect(location.pathname).toBe("/heatpump-dashboard/history/year/2024");
    find(bar, "[data-unit=month]").click();
    expect(location.pathname).toBe("/heatpump-dashboard/history/month/2026-06");
    const select = find<HTMLSelectElement>(bar, "select");
    select.value = "none";
    select.dispatchEvent(new Event("change"));
    expect(new URLSearchParams(location.search).get("compare")).toBe("none");
  });

  it("opens a month from a year, and a day in Now", async () => {
    await open(["year", "2025"]);
    find(find(page, "hp-history-table"), "tbody button").click();
    expect(location.pathname).toBe("/heatpump-dashboard/history/month/2025-07");
    document.body.replaceChildren();
    await open(["day", "2026-11-10"]);
    expect(location.pathname).toBe("/heatpump-dashboard");
    const query = new URLSearchParams(location.search);
    expect(query.get("from")).toBe("2026-11-09T23:00Z");
    expect(query.get("to")).toBe("2026-11-10T23:00Z");
  });

  it("does not lead beyond what there is", async () => {
    await open(["year", "2026"]);
    const bar = find(page, "hp-history-bar");
    const isOver = (of: HTMLElement, step: number) =>
      find(of, `[data-step='${step}']`).getAttribute("aria-disabled");
    expect(isOver(bar, 1)).toBe("true");
    document.body.replaceChildren();
    await open(["year", "2023"]);
    const first = find(page, "hp-history-bar");
    expect(isOver(first, -1)).toBe("true");
  });

  it.each([
    [["month", "2023-05"], "Before the first reading (1 Mar 2024)."],
    [["week", "2023-05-01"], "Before the first reading (1 Mar 2024)."],
    [["month", "2031-01"], "It has not begun yet."],
  ])("says of %j once why there is nothing", async (parts, said) => {
    await open(parts);
    expect(current()).toBe("empty");
    expect(words(find(page, "hp-notice"))).toContain(said);
    expect(findAll(page, "hp-history-figure, hp-history-energy")).toEqual([]);
  });

  it("says what a heat pump without a meter does not tell", async () => {
    localStorage.setItem("heatpump_dashboard.history.measure", "cop");
    await open(["month", "2026-10"], { withoutElectricity: true, price: null });
    expect(findAll(page, "hp-history-answer")).toEqual([]);
    const said = (key: string) =>
      words(find(find(page, `[data-key=${key}]`), ".context"));
    for (const key of ["electricity", "cost", "cop"])
      expect(said(key)).toBe("Not reported");
    const map = find(page, "hp-history-map");
    const chips = findAll(map, ".chips button").map(
      ({ dataset }) => dataset.key
    );
    expect(chips).toEqual(["heat", "outdoor"]);
    expect(find(map, ".chips [aria-pressed=true]").dataset.key).toBe("heat");
    const legend = find(page, "hp-history-energy").shadowRoot?.querySelector(
      "hp-legend"
    );
    expect(legend?.items.map(({ key }) => key)).toEqual([
      ...["heating", "hot_water", "auxiliary", "outdoor", "before"],
    ]);
    const heat = find(find(page, "hp-history-table"), "td.heat");
    expect(heat.classList).not.toContain("late");
  });
});
