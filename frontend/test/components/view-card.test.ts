import { describe, expect, it, vi } from "vitest";
import type { ChartLegend } from "../../src/components/legend.js";
import type { ViewCard } from "../../src/components/view-card.js";
import type { ChartTable } from "../../src/components/view-table.js";
import { FakeServer, pumpInfo } from "../fixtures/heat-pump.js";
import { MockConnection } from "../ha/mock-hass.js";
import { chart } from "./fake-chart.js";
import { PATIENT, find, findAll, words } from "./fixture.js";
import {
  END,
  build,
  card,
  item,
  option,
  result,
  snapshot,
  state,
  view,
} from "./view-cards.js";

vi.mock(
  "../../src/charts/chart-controller.js",
  () => import("./fake-chart.js")
);

/** 17:00 to 18:30 in Stockholm. */
const PART = {
  start: Date.UTC(2026, 0, 22, 16),
  end: Date.UTC(2026, 0, 22, 17, 30),
};

describe("hp-view-card", () => {
  it("is loading until the chart has painted, then ready", async () => {
    const element = await card();
    expect(find(element, "article").dataset.view).toBe("cop");
    expect(state(element)).toBe("loading");
    expect(findAll(element, ".bones")).toHaveLength(1);
    expect(chart.set).toHaveBeenLastCalledWith(option, "line");
    chart.painted = true;
    chart.host?.requestUpdate();
    await element.updateComplete;
    expect(state(element)).toBe("ready");
    expect(findAll(element, ".bones")).toHaveLength(0);
  });

  it("shows its title and grey shapes before there are data", async () => {
    const element = await card({ snapshot: null });
    expect(state(element)).toBe("loading");
    expect(words(element)).toBe("COP");
    expect(chart.set).not.toHaveBeenCalled();
  });

  it("says what went wrong where there is nothing to show", async () => {
    const error = { code: "timeout", message: null, retryAt: null };
    const element = await card({ snapshot: null, error });
    expect(state(element)).toBe("error");
    expect(words(find(element, "hp-notice"))).toContain("does not answer");
  });

  it("keeps the picture when an error comes later", async () => {
    chart.painted = true;
    const error = { code: "timeout", message: null, retryAt: null };
    expect(state(await card({ error }))).toBe("ready");
  });

  it("is missing as soon as the pump says so", async () => {
    const info = pumpInfo();
    info.views.cop = { available: false, reason: "no_power" };
    const element = await card({ info, snapshot: null });
    expect(state(element)).toBe("missing");
    expect(words(find(element, "hp-notice"))).toContain(
      "COP needs electricity"
    );
    expect(build).not.toHaveBeenCalled();
    expect(findAll(element, ".canvas")).toHaveLength(0);
  });

  it.each(["empty", "missing"] as const)("can be %s", async (wanted) => {
    build.mockReturnValue(result({ state: wanted, reason: "no_heat" }));
    const element = await card();
    expect(state(element)).toBe(wanted);
    expect(chart.clear).toHaveBeenCalled();
  });

  it("hides a series, remembers it and brings it back", async () => {
    build.mockImplementation(({ hidden }) =>
      result({ legend: [item("cop", hidden.has("cop"))] })
    );
    const click = async (element: ViewCard) => {
      const legend = find<ChartLegend>(element, "hp-legend");
      await legend.updateComplete;
      find(legend, "[data-series=cop]").click();
      await element.updateComplete;
      await legend.updateComplete;
      return find(legend, "[data-series=cop]").getAttribute("aria-pressed");
    };
    expect(await click(await card())).toBe("false");
    document.body.replaceChildren();
    const again = await card();
    expect([...(build.mock.lastCall?.[0].hidden ?? [])]).toEqual(["cop"]);
    expect(await click(again)).toBe("true");
  });

  it("offers the way back only where the user has zoomed", async () => {
    const element = await card();
    expect(findAll(element, ".reset")).toHaveLength(0);
    chart.part = PART;
    chart.host?.requestUpdate();
    await element.updateComplete;
    find(element, ".reset").click();
    expect(chart.resetZoom).toHaveBeenCalledOnce();
  });

  it("names the part that is seen, and makes it the period where one is chosen", async () => {
    build.mockReturnValue(result({ remark: "°C" }));
    const element = await card({ choosesPeriod: true });
    expect(words(find(element, ".remark"))).toBe("°C");
    chart.part = PART;
    chart.host?.requestUpdate();
    await element.updateComplete;
    expect(words(find(element, ".remark"))).toBe("17:00–18:30 · °C");
    const chosen = vi.fn();
    element.addEventListener("hp-range", chosen);
    find(element, ".use").click();
    expect((chosen.mock.lastCall as [CustomEvent])[0].detail).toEqual(PART);
    element.choosesPeriod = false;
    await element.updateComplete;
    expect(findAll(element, ".use")).toHaveLength(0);
  });

  it("draws the part in finer rows as soon as they are there, and whole again after", async () => {
    vi.useFakeTimers();
    const connection = new MockConnection();
    const element = await card({ connection });
    const built = () => build.mock.lastCall![0];
    expect(built().snapshot).toBe(snapshot);
    chart.part = PART;
    chart.host?.requestUpdate();
    await element.updateComplete;
    vi.advanceTimersByTime(300);
    vi.useRealTimers();
    expect(built().snapshot).toBe(snapshot);
    const finer = { ...snapshot, range: null, step: 0, start: PART.start };
    connection.last.send(finer);
    await element.updateComplete;
    expect(built().snapshot).toMatchObject({ step: 0, start: PART.start });
    expect(built().period).toBe(snapshot);
    // Where nothing was read in the part, the period says more.
    build.mockImplementation(({ snapshot: of }) =>
      result({ state: of.step ? "ready" : "empty" })
    );
    connection.last.send({ ...finer });
    await element.updateComplete;
    expect(built().snapshot).toBe(snapshot);
    expect(state(element)).toBe("loading");
    expect(chart.clear).not.toHaveBeenCalled();
    chart.part = null;
    chart.host?.requestUpdate();
    await element.updateComplete;
    expect(built().snapshot).toBe(snapshot);
    connection.last.confirm();
    await vi.waitFor(() => {
      expect(connection.last.unsubscribe).toHaveBeenCalledOnce();
    });
  });

  it("looks at the part of the period it is led to, once", async () => {
    const closeUp = { start: END - 3_600_000, end: END };
    const element = await card({ closeUp });
    chart.host?.requestUpdate();
    await element.updateComplete;
    expect(chart.show).toHaveBeenCalledExactlyOnceWith(closeUp);
  });

  it("sees another period whole, and stays where it is in the same one", async () => {
    const server = new FakeServer(END, 2);
    const element = await card({ snapshot: server.snapshot("24h", END) });
    chart.part = PART;
    element.snapshot = server.snapshot("24h", END + 30_000);
    await element.updateComplete;
    expect(chart.resetZoom).not.toHaveBeenCalled();
    element.snapshot = server.snapshot("6h", END);
    await element.updateComplete;
    expect(chart.resetZoom).toHaveBeenCalledOnce();
  });

  it("takes the way back away with a zoom that the chart let go of", async () => {
    const server = new FakeServer(END, 2);
    const element = await card({ snapshot: server.snapshot("24h", END) });
    chart.part = PART;
    chart.host?.requestUpdate();
    await element.updateComplete;
    expect(findAll(element, ".reset")).toHaveLength(1);
    // Another length of the period is seen whole by the chart itself.
    chart.set.mockImplementationOnce(() => {
      chart.part = null;
    });
    build.mockReturnValue(result());
    element.snapshot = server.snapshot("6h", END);
    await element.updateComplete;
    await element.updateComplete;
    expect(findAll(element, ".reset")).toHaveLength(0);
  });

  it("sees another period whole also where nothing was known between", async () => {
    const server = new FakeServer(END, 2);
    const element = await card({ snapshot: server.snapshot("24h", END) });
    element.snapshot = null;
    await element.updateComplete;
    chart.part = PART;
    element.snapshot = server.snapshot("1h", END);
    await element.updateComplete;
    expect(chart.resetZoom).toHaveBeenCalledOnce();
  });

  it("shows itself as a table, and says the essence for those who hear it", async () => {
    const table = {
      first: "Time",
      columns: [{ name: "COP", unit: "" }],
      rows: () => [{ head: "20:42", cells: [{ text: "3.5", value: 3.5 }] }],
    };
    build.mockReturnValue(result({ table, summary: "COP 3 to 4" }));
    const element = await card();
    chart.part = PART;
    const label = find(element, ".canvas").getAttribute("aria-label");
    expect(label).toContain("COP 3 to 4");
    const button = find(element, ".aside");
    expect(words(button)).toBe("Show as table");
    button.click();
    await vi.waitFor(() => {
      expect(customElements.get("hp-view-table")).toBeDefined();
    }, PATIENT);
    await element.updateComplete;
    const shown = find<ChartTable>(element, "hp-view-table");
    await shown.updateComplete;
    expect(words(find(shown, "tbody"))).toBe("20:42 3.5");
    expect(words(button)).toBe("Show as chart");
    find(element, "hp-menu").dispatchEvent(
      new CustomEvent("hp-menu", { detail: "table" })
    );
    await element.updateComplete;
    expect(findAll(element, "hp-view-table")).toHaveLength(0);
    expect(findAll(element, ".reset")).toHaveLength(1);
  });

  it("keeps its menu under the hand while a period loads", async () => {
    const table = { first: "Time", columns: [], rows: () => [] };
    build.mockReturnValue(result({ table }));
    const element = await card();
    const menu = find(element, "hp-menu");
    element.snapshot = null;
    await element.updateComplete;
    expect(state(element)).toBe("loading");
    expect(find(element, "hp-menu")).toBe(menu);
    menu.dispatchEvent(new CustomEvent("hp-menu", { detail: "table" }));
    await element.updateComplete;
    expect(findAll(element, "hp-view-table")).toHaveLength(0);

    element.snapshot = snapshot;
    await element.updateComplete;
    expect(find(element, "hp-menu")).toBe(menu);
    await vi.waitFor(() => {
      expect(findAll(element, "hp-view-table")).toHaveLength(1);
    }, PATIENT);
    // What can be said in words has nothing to choose from.
    build.mockReturnValue(result({ state: "empty" }));
    element.snapshot = { ...snapshot };
    await element.updateComplete;
    expect(findAll(element, "hp-menu")).toHaveLength(0);
  });

  it("says how old the last reading is", async () => {
    const element = await card({ staleUntil: END + 262 * 60_000 });
    expect(words(find(element, ".stale"))).toBe(
      "Last reading Thu 22 Jan, 20:42, 4 h 22 min ago"
    );
  });

  it("says how far the past has been read", async () => {
    const status = {
      ...snapshot.status,
      history: { from: Date.now() - 11.4 * 86_400_000, complete: false },
    };
    const element = await card({
      snapshot: {
        ...snapshot,
        start: Date.now() - 30 * 86_400_000,
        status,
      },
    });
    expect(words(find(element, ".line"))).toMatch(
      /^Reading history: day 12 of 31\. Figures since \w+ \d+ \w+, \d\d:\d\d$/
    );
    const progress = find<HTMLProgressElement>(element, "progress");
    expect([progress.value, progress.max]).toEqual([12, 31]);
  });

  it("has the figure of its remark stronger, and parts of others whole", async () => {
    const free = { remark: "68 % of the heat is free", figure: "68 %" };
    build.mockReturnValue(result(free));
    const strong = await card();
    expect(words(find(strong, ".remark"))).toBe(free.remark);
    expect(words(find(strong, ".remark b"))).toBe("68 %");
    build.mockReturnValue(result({ remark: "51° · Heating the house" }));
    const parts = findAll(await card(), ".remark > span");
    expect(parts.map(words)).toEqual(["51°", "· Heating the house"]);
  });

  it("has the runtime's table for a legend", async () => {
    const row = { ...item("heating", false), duration: "16 h 04 min" };
    build.mockReturnValue(
      result({
        rows: [
          { ...row, share: "68.7 %" },
          { ...row, share: null },
        ],
        note: "Beside the compressor: 34 min",
      })
    );
    const element = await card({ view: view("runtime") });
    expect(findAll(element, "tr").map((each) => words(each))).toEqual([
      "heating 16 h 04 min 68.7 %",
      "heating 16 h 04 min",
    ]);
    expect(words(find(element, ".note"))).toContain("34 min");
  });
});
