import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../../src/components/date-range/date-range.js";
import type { DateRange } from "../../src/components/date-range/date-range.js";
import { CARDS } from "../../src/insights/cards.js";
import "../../src/insights/insights-page.js";
import type { InsightsPage } from "../../src/insights/insights-page.js";
import type { Answers, Insight } from "../../src/insights/types.js";
import { draw, find, findAll, look, words } from "../components/fixture.js";
import { MockConnection, mockHass } from "../ha/mock-hass.js";
import {
  CHECKS,
  EVIDENCE,
  NOW,
  answersOf,
  explained,
  info,
  insightOf,
  verdictOf,
  watched,
} from "./fixture.js";

let connection: MockConnection;
let page: InsightsPage;
let answers: Answers;

const answer = () => {
  const { type, insight } = connection.asked.at(-1) as unknown as {
    type: string;
    insight: string;
  };
  if (type.endsWith("/insights")) return Promise.resolve(answers);
  const found = answers.insights.find(({ id }) => id === insight);
  return Promise.resolve({
    time: answers.time,
    insight: { ...found, evidence: EVIDENCE[insight] ?? {} },
  });
};

const settle = async () => {
  for (let i = 0; i < 6; i += 1) {
    await vi.advanceTimersByTimeAsync(0);
    await page.updateComplete;
  }
};

const open = async (change: Partial<InsightsPage> = {}) => {
  page = Object.assign(document.createElement("hp-insights-page"), {
    ...{ hass: mockHass(connection), look, info },
    ...change,
  });
  document.body.append(page);
  await settle();
};

const card = (id: string) => find(page, `#card-${id}`);
const stateOf = (id: string) =>
  find(card(id), "[data-insight]").getAttribute("data-state");
const current = () => find(page, "main").dataset.state;
const asked = (type: string) =>
  connection.asked.filter((each) => each.type.endsWith(`/${type}`));

/** Where the panel would put the address. */
const follow = () => {
  const [, , , ...parts] = location.pathname.split("/");
  page.parts = parts;
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  connection = new MockConnection();
  connection.answer = answer;
  answers = answersOf();
  localStorage.clear();
  history.replaceState(null, "", "/heatpump-dashboard/insights");
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("hp-insights-page", () => {
  it("shows every answer that came, in an order that never changes", async () => {
    await open();
    expect(current()).toBe("ready");
    const ids = findAll(page, "hp-insight-card").map(({ id }) => id);
    expect(ids).toEqual(CARDS.map(({ id }) => `card-${id}`));
    for (const { id } of CARDS) expect(stateOf(id), id).toBe("ready");
    expect(words(card("house"))).toContain("How much heat does my house need?");
    expect(words(card("ground"))).toContain("Watch");
    expect(asked("insights")).toHaveLength(1);
    expect(asked("insight")).toHaveLength(CARDS.length);
  });

  it("calls the verdict an insight too", async () => {
    await open();
    const { dataset } = find(find(page, "hp-verdict-card"), "article");
    expect(dataset).toMatchObject({
      ...{ view: "verdict", insight: "verdict", state: "ready" },
    });
  });

  it("opens the letter that an address leads to", async () => {
    const letter = insightOf("letter", { state: "unknown", code: "not_yet" });
    answers = { ...answers, insights: [...answers.insights, letter] };
    await open({ parts: ["letter"] });
    await vi.dynamicImportSettled();
    await settle();
    const dialog = find(page, "hp-letter-dialog");
    expect(find(dialog, "dialog").dataset.insight).toBe("letter");
    expect(words(dialog)).toContain("There is no letter yet.");
  });

  it("leaves out what the server does not answer", async () => {
    answers = { ...answers, insights: answers.insights.slice(0, 4) };
    await open();
    expect(findAll(page, "hp-insight-card")).toHaveLength(4);
    expect(findAll(page, "section")).toHaveLength(2);
  });

  it("is loading until answers come, each card of its own", async () => {
    connection.answer = () => new Promise(() => undefined);
    await open();
    expect(current()).toBe("loading");
    expect(stateOf("cop")).toBe("loading");
    expect(find(find(page, "hp-verdict-card"), "article").dataset.state).toBe(
      "loading"
    );
  });

  it("says why nothing comes, and tries again", async () => {
    connection.answer = () =>
      Promise.reject(Object.assign(new Error(), { code: "not_loaded" }));
    await open();
    expect(current()).toBe("error");
    connection.answer = answer;
    await vi.advanceTimersByTimeAsync(12_000);
    await settle();
    expect(current()).toBe("ready");
  });

  it("shows answers whose evidence does not come", async () => {
    connection.answer = () =>
      connection.asked.at(-1)?.type.endsWith("/insights")
        ? Promise.resolve(answers)
        : Promise.reject(new Error());
    await open();
    expect(stateOf("cop")).toBe("error");
    expect(words(card("cop"))).toContain("It gives what these temperatures");
  });

  it("shows days that are learned as dots, and reasons where there is no answer", async () => {
    const learning: Partial<Insight> = {
      ...{ state: "learning", code: "days", from: null, to: null },
      params: { have: 2, need: 14, missing: 12 },
    };
    const unknown: Partial<Insight> = {
      ...{ state: "unknown", code: "no_price", from: null, to: null },
    };
    answers = answersOf(watched, {
      house: learning,
      money: unknown,
      curve: {
        ...unknown,
        code: "no_metric",
        params: { metric: "indoor_temp" },
      },
    });
    await open();
    expect(stateOf("house")).toBe("learning");
    expect(findAll(card("house"), ".days i")).toHaveLength(14);
    expect(findAll(card("house"), ".days .read")).toHaveLength(2);
    expect(words(card("house"))).toContain("12 more days");
    expect(stateOf("money")).toBe("unknown");
    expect(words(find(card("money"), ".foot"))).toContain("Choose a price");
    expect(stateOf("curve")).toBe("missing");
    expect(words(card("curve"))).toContain("Indoor");
  });

  it("asks again when there are other answers, and not before", async () => {
    await open();
    const before = connection.asked.length;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(connection.asked).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(40_000);
    await settle();
    expect(asked("insights")).toHaveLength(2);
    expect(asked("insight")).toHaveLength(CARDS.length);
    answers = { ...answers, time: NOW + 60_000 };
    await vi.advanceTimersByTimeAsync(62_000);
    await settle();
    expect(asked("insight")).toHaveLength(2 * CARDS.length);
  });

  it("puts what is worth a look first among the tiles, and leaves cards alone", async () => {
    answers = answersOf(
      verdictOf("act", {
        sixty: { state: "watch", code: "not_hot", value: 17 },
        room: { state: "act", code: "cold", value: 15 },
      })
    );
    await open();
    const tiles = findAll(find(page, "hp-verdict-card"), ".tile");
    expect(tiles).toHaveLength(CHECKS.length);
    expect(tiles.slice(0, 3).map(({ dataset }) => dataset.check)).toEqual([
      ...["room", "sixty", "alarm"],
    ]);
    expect(words(find(page, "hp-verdict-card"))).toContain("Act today");
  });

  it("leads from a tile to its card, and to the charts where there is none", async () => {
    await open();
    const verdict = find(page, "hp-verdict-card");
    find(verdict, "[data-check=sixty]").click();
    await settle();
    expect(card("hot_water").hasAttribute("lit")).toBe(true);
    find(verdict, "[data-check=alarm]").click();
    expect(location.pathname).toBe("/heatpump-dashboard");
  });

  it("opens a card at an address of its own, and closes it with the way back", async () => {
    await open();
    const opener = find(card("house"), ".open");
    opener.focus();
    opener.click();
    expect(location.pathname).toBe("/heatpump-dashboard/insights/house");
    follow();
    await settle();
    const dialog = find(page, "hp-insight-dialog");
    expect(find<HTMLDialogElement>(dialog, "dialog").open).toBe(true);
    expect(words(dialog)).toContain("Heats itself above");
    expect(words(dialog)).toContain("Not the walls alone");
    const back = vi.spyOn(history, "back").mockImplementation(() => undefined);
    find(dialog, "header button").click();
    await settle();
    expect(back).toHaveBeenCalledOnce();
    page.parts = [];
    await settle();
    expect(findAll(page, "hp-insight-dialog")).toEqual([]);
    back.mockRestore();
  });

  it("gives the focus back to where it was, also by the browser's way back", async () => {
    await open();
    const opener = find(card("house"), ".open");
    opener.focus();
    opener.click();
    follow();
    await settle();
    const focus = vi.spyOn(opener, "focus");
    page.parts = [];
    await settle();
    expect(focus).toHaveBeenCalledExactlyOnceWith({ preventScroll: true });
  });

  it("is closed to the page where an address led into the detail", async () => {
    history.replaceState(null, "", "/heatpump-dashboard/insights/cop");
    await open({ parts: ["cop"] });
    find(find(page, "hp-insight-dialog"), "header button").click();
    await settle();
    expect(location.pathname).toBe("/heatpump-dashboard/insights");
  });

  it("asks about a day of one's own, which is in the address", async () => {
    const own: Insight = {
      ...explained("change"),
      ...{ value: -7, params: { changed: Date.UTC(2026, 9, 14), least: 3 } },
    };
    connection.answer = () =>
      "date" in (connection.asked.at(-1) ?? {})
        ? Promise.resolve({
            insight: { ...own, evidence: EVIDENCE.change },
          })
        : answer();
    history.replaceState(null, "", "/heatpump-dashboard/insights/change");
    await open({ parts: ["change"] });
    const dialog = find(page, "hp-insight-dialog");
    const day = find(dialog, ".day");
    expect(words(day)).toBe("Choose a day");
    day.click();
    await settle();
    const calendar = find<DateRange>(dialog, "hp-date-range");
    expect(calendar.single).toBe(true);
    find(calendar, '[data-month="-1"]').click();
    await settle();
    find(calendar, '[data-day="2026-10-14"]').click();
    await settle();
    expect(findAll(dialog, "hp-date-range")).toEqual([]);
    expect(location.pathname).toBe(
      "/heatpump-dashboard/insights/change/2026-10-14"
    );
    follow();
    await settle();
    expect(connection.asked.at(-1)).toMatchObject({
      ...{ insight: "change", date: "2026-10-14" },
    });
    expect(words(find(dialog, ".sentence"))).toContain("since 14 Oct");
    expect(words(find(dialog, "table"))).not.toContain("Heat curve");
    expect(words(day)).toContain("14 Oct");
    find(dialog, ".dates .plain").click();
    expect(dialog.shadowRoot?.activeElement).toBe(day);
    expect(location.pathname).toBe("/heatpump-dashboard/insights/change");
    expect(words(card("change"))).not.toContain("14 Oct");
  });

  it.each([
    ["invalid_range", "cannot be asked about", 1],
    ["timeout", "did not come", 2],
  ])("says of a day that fails with %s: %s", async (code, said, times) => {
    connection.answer = () =>
      "date" in (connection.asked.at(-1) ?? {})
        ? Promise.reject(Object.assign(new Error(), { code }))
        : answer();
    await open({ parts: ["change", "2026-10-14"] });
    const dialog = find(page, "hp-insight-dialog");
    expect(words(find(dialog, ".sentence"))).toContain(said);
    await vi.advanceTimersByTimeAsync(15_000);
    const dated = connection.asked.filter((each) => "date" in each);
    expect(dated).toHaveLength(times);
  });

  it("says in the detail that its picture did not come, and whose that is", async () => {
    connection.answer = () =>
      "insight" in (connection.asked.at(-1) ?? {}) &&
      (connection.asked.at(-1) as unknown as { insight: string }).insight ===
        "cop"
        ? Promise.reject(new Error())
        : answer();
    await open({ parts: ["cop"] });
    const picture = () => find(find(page, "hp-insight-dialog"), ".picture");
    expect(words(picture())).toContain("did not come");
    expect([stateOf("cop"), stateOf("house")]).toEqual(["error", "ready"]);
  });

  it("draws what another one has asked for", async () => {
    await open();
    const first = page;
    await open();
    answers = { ...answersOf(verdictOf("act")), time: NOW + 60_000 };
    await vi.advanceTimersByTimeAsync(64_000);
    await settle();
    const shown = [first, page].map(
      (each) => find(find(each, "hp-verdict-card"), "article").className
    );
    expect(shown).toEqual(["act", "act"]);
    expect(asked("insights")).toHaveLength(2);
  });

  it("leads from the days of an answer into the charts", async () => {
    await open({ parts: ["heater"] });
    const dialog = find(page, "hp-insight-dialog");
    expect(findAll(dialog, "li")).toHaveLength(3);
    find(dialog, "footer .action").click();
    expect(location.pathname).toBe("/heatpump-dashboard");
    const query = new URLSearchParams(location.search);
    expect(query.get("from")).toBe("2026-10-29T23:00Z");
    history.replaceState(null, "", "/heatpump-dashboard/insights");
    document.body.replaceChildren();
    await open({ parts: ["year"] });
    find(find(page, "hp-insight-dialog"), "footer .action").click();
    expect(location.pathname).toBe("/heatpump-dashboard/history");
  });

  it("folds what is well on a phone, and remembers what was opened", async () => {
    await open({ narrow: true });
    expect(findAll(card("cop"), ".body")).toHaveLength(0);
    expect(findAll(card("ground"), ".body")).toHaveLength(1);
    find(card("cop"), ".fold").click();
    await settle();
    expect(findAll(card("cop"), ".body")).toHaveLength(1);
    document.body.replaceChildren();
    await open({ narrow: true });
    expect(findAll(card("cop"), ".body")).toHaveLength(1);
    expect(findAll(card("house"), ".body")).toHaveLength(0);
  });

  it("asks nothing about a day that there is not", async () => {
    for (const date of ["2026-13-45", "2026-02-31"]) {
      await open({ parts: ["change", date] });
      expect(asked("insight").map(({ date: of }) => of)).not.toContain(date);
      expect(current()).toBe("ready");
      document.body.replaceChildren();
    }
  });

  it("says that readings are old, and how far the past is read", async () => {
    await open({ last: { time: NOW - 3_600_000 } });
    expect(find(page, ".line").dataset.state).toBe("stale");
    document.body.replaceChildren();
    await open({ last: { time: NOW - 3_600_000, stale_after_s: 5_400 } });
    expect(findAll(page, ".line")).toHaveLength(0);
    document.body.replaceChildren();
    await open({
      info: { ...info, history: { complete: false, progress: 0.4 } },
    });
    expect(words(find(page, ".line")).replace("\u00a0", " ")).toContain(
      "40 % of it"
    );
    page.last = {
      ...{ time: NOW, stale_after_s: 600 },
      history: { from: NOW, complete: false, progress: 0.6 },
    };
    await settle();
    expect(words(find(page, ".line")).replace("\u00a0", " ")).toContain(
      "60 % of it"
    );
  });

  it("says so until the answers rest on all of it", async () => {
    const last = {
      ...{ time: NOW, stale_after_s: 600 },
      history: { from: NOW, complete: true, progress: 1 },
    };
    answers = { ...answersOf(), whole: false };
    await open({ last });
    expect(find(page, ".line").dataset.state).toBe("reading");
    answers = { ...answersOf(), whole: true };
    await vi.advanceTimersByTimeAsync(12_000);
    await settle();
    expect(findAll(page, ".line")).toHaveLength(0);
  });
});

it("has its headings in their order, also below a title of one's own", async () => {
  const verdict = await draw("hp-verdict-card", {
    ...{ answers, look, info, heading: "Villa" },
  });
  const headings = findAll(verdict, "h2, h3");
  expect(headings.map(({ tagName }) => tagName)).toEqual(["H2", "H2", "H3"]);
  expect(words(headings[0])).toBe("Villa");
});
