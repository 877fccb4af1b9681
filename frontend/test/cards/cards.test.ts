import {
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  vi,
} from "vitest";
import { setGone } from "../../src/ha/replaced.js";
import { CONTENTS } from "../../src/cards/card.js";
import type { HeatPumpCard } from "../../src/cards/card.js";
import type { CardContent } from "../../src/cards/content.js";
import "../../src/cards/cards.js";
import "../../src/cards/contents.js";
import type { HistoryPart } from "../../src/history/history-part.js";
import type { InsightPart } from "../../src/insights/insight-part.js";
import { session } from "../../src/data/session.js";
import type { Snapshot } from "../../src/data/types.js";
import type { HomeAssistant } from "../../src/ha/types.js";
import { find, findAll, words } from "../components/fixture.js";
import { FakeServer, info, pumpInfo } from "../fixtures/heat-pump.js";
import { MockConnection, mockHass } from "../ha/mock-hass.js";
import { answersOf } from "../insights/fixture.js";

vi.mock("../../src/charts/chart-controller.js", () => ({
  ChartController: class {
    painted = true;
    set = vi.fn();
    clear = vi.fn();
  },
}));

const NOW = Date.UTC(2026, 0, 22, 19, 42);
const server = new FakeServer(NOW, 31);
let connection: MockConnection;

const contentOf = (card: HeatPumpCard) => card.firstElementChild as CardContent;

const settle = async (card?: HeatPumpCard) => {
  for (let turn = 0; turn < 3; turn += 1) {
    await vi.advanceTimersByTimeAsync(0);
    if (card?.firstElementChild) await contentOf(card).updateComplete;
  }
};

const put = async (
  kind: string,
  config: object = {},
  hass: HomeAssistant = mockHass(connection)
) => {
  const tag = `heatpump-dashboard-${kind}-card`;
  const card = document.createElement(tag) as unknown as HeatPumpCard;
  card.setConfig({ type: `custom:${tag}`, ...config });
  card.hass = hass;
  document.body.append(card);
  await settle(card);
  return card;
};

const answer = async (card: HeatPumpCard, range: "24h" | "7d" = "24h") => {
  connection.last.send(server.snapshot(range, NOW));
  await settle(card);
};

beforeAll(() => customElements.whenDefined("heatpump-dashboard-view-card"));

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  session.snapshots.clear();
  connection = new MockConnection();
  connection.answer = () => Promise.resolve(info(pumpInfo()));
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("the cards", () => {
  it("show the chosen chart of the chosen range", async () => {
    const card = await put("view", { view: "cop", range: "7d" });
    expect(connection.last.message).toMatchObject({ range: "7d" });
    await answer(card, "7d");
    const view = find(find(contentOf(card), "hp-view-card"), "[data-view]");
    expect(view.dataset).toMatchObject({ view: "cop", state: "ready" });
  });

  it("show the part of the history that was chosen, of the period and what it is compared with", async () => {
    connection.answer = () =>
      Promise.resolve(
        connection.asked.at(-1)?.type.endsWith("/info")
          ? info(pumpInfo())
          : { rows: [] }
      );
    for (const [show, element] of [
      ["bars", "hp-history-energy"],
      ["table", "hp-history-table"],
      ["map", "hp-history-map"],
    ] as const) {
      const card = await put("history", { show, period: "month", title: "X" });
      await import("../../src/history/history-part.js");
      await settle(card);
      const part = find<HistoryPart>(contentOf(card), "hp-history-part");
      await part.updateComplete;
      expect(part).toMatchObject({ unit: "month", comparison: "year" });
      expect(words(find(find(part, element), "h2"))).toBe("X");
      card.remove();
    }
    expect(connection.asked.map(({ type }) => type)).toContain(
      "heatpump_dashboard/calendar"
    );
  });

  it("show the answer that was chosen, and lead to it on its page", async () => {
    connection.answer = () => {
      const { type } = connection.asked.at(-1) ?? { type: "" };
      if (type.endsWith("/info")) return Promise.resolve(info(pumpInfo()));
      return type.endsWith("/insights")
        ? Promise.resolve(answersOf())
        : Promise.reject(new Error());
    };
    await import("../../src/insights/insight-part.js");
    for (const [insight, element, heading, page] of [
      ["verdict", "hp-verdict-card", "h2", "insights"],
      ["house", "hp-insight-card", "h3", "insights/house"],
    ] as const) {
      const card = await put("insight", { insight, title: "Villa" });
      const part = find<InsightPart>(contentOf(card), "hp-insight-part");
      await vi.advanceTimersByTimeAsync(0);
      await part.updateComplete;
      const shown = find(part, element);
      expect(words(find(shown, heading))).toBe("Villa");
      expect(card.getCardSize()).toBeGreaterThan(5);
      expect(card.getGridOptions().rows).toBe("auto");
      find(shown, "article").click();
      expect(location.pathname).toBe(`/heatpump-dashboard/${page}`);
      card.remove();
    }
    const asked = connection.asked.flatMap((each) =>
      "insight" in each ? [each.insight] : []
    );
    expect(asked).toEqual(["house"]);
  });

  it("show the events", async () => {
    const card = await put("view", { view: "events" });
    await answer(card);
    expect(words(find(contentOf(card), "hp-events"))).toContain("Events");
  });

  it("show the chosen figures in their order, empty until they are there", async () => {
    const card = await put("kpi", { figures: ["compressor", "cop"] });
    expect(findAll(contentOf(card), "hp-kpi-card")).toHaveLength(2);
    await answer(card);
    const figures = findAll(contentOf(card), "hp-kpi-card").map((each) =>
      words(each)
    );
    expect(figures[0]).toMatch(/^Compressor/);
    expect(figures[1]).toMatch(/^COP/);
  });

  it("hand the present to the drawing and the status", async () => {
    for (const [kind, element] of [
      ["schematic", "hp-schematic"],
      ["status", "hp-pills"],
    ] as const) {
      const card = await put(kind);
      await answer(card);
      const inner = find<HTMLElement & Record<string, unknown>>(
        contentOf(card),
        element
      );
      expect(inner.snapshot).toMatchObject({ pump: "pump-1" });
      expect(inner.info).toMatchObject({ id: "pump-1" });
      card.remove();
    }
  });

  it("say that their heat pump is gone, and never show another one", async () => {
    const card = await put("kpi", { pump: "sold" });
    await answer(card);
    expect(findAll(contentOf(card), "hp-kpi-card")).toHaveLength(0);
    expect(words(find(contentOf(card), "hp-notice"))).toContain(
      "no longer here"
    );
  });

  it("say that there is no heat pump", async () => {
    connection.answer = () => Promise.resolve({ pumps: [] });
    const card = await put("status");
    expect(words(find(contentOf(card), "hp-notice"))).toContain(
      "No heat pump yet"
    );
  });

  it.each(["kpi", "schematic", "status", "view"])(
    "%s: say why there is nothing to see, until there is",
    async (kind) => {
      const card = await put(kind, { view: "events" });
      connection.last.refuse({ code: "not_found", translation_key: "refused" });
      await settle(card);
      expect(words(find(contentOf(card), "hp-notice"))).toContain(
        "The database does not answer"
      );
      await vi.advanceTimersByTimeAsync(5_000);
      await answer(card);
      expect(findAll(contentOf(card), "hp-notice")).toHaveLength(0);
    }
  );

  it("leave it to a chart to say what keeps it from being drawn", async () => {
    const card = await put("view", { view: "cop" });
    connection.last.refuse({ code: "not_found", translation_key: "refused" });
    await settle(card);
    const view = find(find(contentOf(card), "hp-view-card"), "[data-view]");
    expect(view.dataset).toMatchObject({ view: "cop", state: "error" });
  });

  it("show a wider range where a chart offers it", async () => {
    const card = await put("view", { view: "cop", range: "24h" });
    await answer(card);
    find(contentOf(card), "hp-view-card").dispatchEvent(
      new CustomEvent("hp-range", {
        detail: "7d",
        bubbles: true,
        composed: true,
      })
    );
    await settle(card);
    expect(connection.last.message).toMatchObject({ range: "7d" });
  });

  it("give their subscription back and take it again", async () => {
    const card = await put("kpi");
    connection.last.confirm();
    await settle(card);
    const { last } = connection;
    card.remove();
    await settle(card);
    expect(last.unsubscribe).toHaveBeenCalledOnce();
    document.body.append(card);
    await settle(card);
    expect(connection.subscriptions).toHaveLength(2);
  });

  it("ask again for what is on them when it did not come", async () => {
    const fetch = vi.spyOn(CONTENTS, "fetch");
    fetch.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    const card = await put("kpi");
    expect(card.firstElementChild).toBeNull();
    card.remove();
    document.body.append(card);
    await settle(card);
    await answer(card);
    expect(findAll(contentOf(card), "hp-kpi-card")).not.toHaveLength(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(card.childElementCount).toBe(1);

    fetch.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    const other = await put("status");
    expect(other.firstElementChild).toBeNull();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(contentOf(other).localName).toBe("hp-status-content");
    fetch.mockRestore();
  });

  it("ask for a restart where what is on them is gone", async () => {
    const fetch = vi.spyOn(CONTENTS, "fetch");
    fetch.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    setGone("http://ha.local:8123/gone.js");
    const card = await put("kpi");
    expect(card.textContent).toContain("Restart Home Assistant");
    await vi.advanceTimersByTimeAsync(5_000);
    await answer(card);
    expect(card.textContent).toBe("");
    expect(contentOf(card).localName).toBe("hp-kpi-content");
    fetch.mockRestore();
  });

  it("keep what a dashboard says of their place", () => {
    const card = document.createElement("heatpump-dashboard-kpi-card");
    card.style.gridArea = "pump";
    document.body.append(card);
    expect(card.style.gridArea).toContain("pump");
    expect(card.style.display).toBe("block");
  });

  it("do not draw themselves for what does not concern them", async () => {
    const card = await put("kpi");
    await answer(card);
    const drawn = vi.spyOn(contentOf(card), "render");
    card.hass = mockHass(connection, {
      locale: card.hass?.locale,
      config: card.hass?.config,
      themes: card.hass?.themes,
      user: card.hass?.user,
    } as Partial<HomeAssistant>);
    await settle(card);
    expect(drawn).not.toHaveBeenCalled();
  });

  it("bear the title they are given, and a chart no legend where none is wanted", async () => {
    for (const [kind, place] of [
      ["kpi", null],
      ["status", null],
      ["schematic", "hp-schematic"],
      ["view", "hp-view-card"],
    ] as const) {
      const card = await put(kind, {
        view: "cop",
        title: "Villa",
        legend: false,
      });
      await answer(card);
      const content = contentOf(card);
      const heading = find(place ? find(content, place) : content, "h2");
      expect(words(heading)).toBe(
        kind === "kpi" ? "Villa Last 24 hours" : "Villa"
      );
      if (kind === "view") {
        expect(findAll(find(content, "hp-view-card"), "hp-legend")).toEqual([]);
      }
      card.remove();
    }
    const events = await put("view", { view: "events", title: "Villa" });
    await answer(events);
    expect(words(find(find(contentOf(events), "hp-events"), "h2"))).toBe(
      "Villa"
    );
  });

  it("have a legend and their own titles otherwise", async () => {
    const card = await put("view", { view: "cop" });
    await answer(card);
    const view = find(contentOf(card), "hp-view-card");
    expect(words(find(view, "h2"))).toBe("COP");
    expect(findAll(view, "hp-legend")).toHaveLength(1);
    expect(findAll(contentOf(await put("status")), "h2")).toHaveLength(0);
  });

  it("say what their figures are of, as soon as they are there", async () => {
    for (const [range, name] of [
      [undefined, "Last 24 hours"],
      ["7d", "Last 7 days"],
    ]) {
      const card = await put("kpi", { figures: ["heat"], range });
      expect(words(find(contentOf(card), "h2"))).toBe(name);
    }
  });

  it("have a size in both kinds of dashboards", async () => {
    for (const kind of ["kpi", "schematic", "status", "view"]) {
      const card = await put(kind, { view: "cop" });
      expect(card.getCardSize()).toBeGreaterThan(0);
      expect(card.getGridOptions().columns).toBeTruthy();
      card.remove();
    }
  });

  it("follow the unit of the home as it is changed", async () => {
    const card = await put("schematic");
    await answer(card);
    const told = () =>
      find<HTMLElement & { snapshot: Snapshot }>(
        contentOf(card),
        "hp-schematic"
      ).snapshot.status.metrics.outdoor_temp!;
    const celsius = told();
    const unit_system = { temperature: "°F" };
    card.hass = mockHass(connection, {
      config: { time_zone: "Europe/Stockholm", unit_system },
    });
    await settle(card);
    await answer(card);
    expect(told()).toBeCloseTo(celsius * 1.8 + 32);
  });
});
