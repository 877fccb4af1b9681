import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSession, session } from "../../src/data/session.js";
import { isPrinting } from "../../src/components/paper.js";
import "../../src/panel/heatpump-dashboard-panel.js";
import type { AppBar } from "../../src/panel/app-bar.js";
import type { HeatPumpDashboardPanel } from "../../src/panel/heatpump-dashboard-panel.js";
import { fireEvent } from "../../src/ha/fire-event.js";
import { fetched, setGone } from "../../src/ha/replaced.js";
import { find, findAll, words } from "../components/fixture.js";
import { FakeServer, info, pumpInfo } from "../fixtures/heat-pump.js";
import { MockConnection, mockHass } from "../ha/mock-hass.js";

vi.mock("../../src/charts/chart-controller.js", () => ({
  ChartController: class {
    painted = true;
    set = vi.fn();
    clear = vi.fn();
  },
}));

vi.mock("../../src/ha/replaced.js", { spy: true });

const END = Date.UTC(2026, 0, 22, 19, 42);
const server = new FakeServer(END, 31);
const two = info(pumpInfo(), pumpInfo({ id: "pump-2", name: "IVT" }));

let connection: MockConnection;
let panel: HeatPumpDashboardPanel;

const settle = async () => {
  await vi.advanceTimersByTimeAsync(0);
  await panel.updateComplete;
};

const open = async (change: Parameters<typeof mockHass>[1] = {}) => {
  panel = document.createElement("heatpump-dashboard-panel");
  panel.hass = mockHass(connection, change);
  document.body.append(panel);
  await settle();
  await settle();
};

const states = () =>
  findAll(panel, "hp-view-card").map((card) => {
    const { view, state } = find(card, "[data-view]").dataset;
    return [view, state].join(" ");
  });

const periodBar = () => find(find(panel, "hp-app-bar"), "hp-period-bar");

const figures = () => findAll(panel, "hp-kpi-card").map((card) => words(card));

beforeEach(() => {
  vi.useFakeTimers({ now: END });
  connection = new MockConnection();
  connection.answer = () => Promise.resolve(two);
  Object.assign(session, createSession());
  localStorage.clear();
  history.replaceState(null, "", "/heatpump-dashboard");
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("heatpump-dashboard-panel", () => {
  it("says the newest reason why the source does not answer", async () => {
    await open();
    const day = server.snapshot("24h", END);
    connection.last.send(day);
    for (const [source, title] of [
      ["server_error", "The database has a problem"],
      ["bucket_not_found", "The bucket or database was not found"],
      ["invalid_auth", "The login was not accepted"],
      ["ok", ""],
    ] as const) {
      connection.last.send({
        ...server.update("24h", END, END),
        status: { ...day.status, source },
      });
      await settle();
      expect(words(panel.renderRoot.querySelector(".trouble b"))).toBe(title);
    }
  });

  it.each(["", "/history", "/insights"])(
    "asks for a restart where its files are gone, on the page %s",
    async (page) => {
      history.replaceState(null, "", `/heatpump-dashboard${page}`);
      await open();
      setGone("http://ha.local:8123/gone.js");
      await settle();
      expect(words(find(panel, ".outdated"))).toContain(
        "Restart Home Assistant"
      );
      setGone(null);
      await settle();
      expect(findAll(panel, ".outdated")).toEqual([]);
    }
  );

  it.each(["history", "insights"] as const)(
    "reads the page %s again by the button of its bar, and once by its own",
    async (name) => {
      history.replaceState(null, "", `/heatpump-dashboard/${name}`);
      await open();
      const page = find(panel, `hp-${name}-page`);
      const retry = vi.fn();
      Object.assign(page, { retry });
      find(find(panel, "hp-app-bar"), ".refresh").click();
      expect(retry).toHaveBeenCalledOnce();
      fireEvent(page, "hp-retry");
      expect(retry).toHaveBeenCalledOnce();
    }
  );

  it("shows six figures and seven views, first empty, then filled", async () => {
    await open();
    expect(new Set(states().map((each) => each.split(" ")[1]))).toEqual(
      new Set(["loading"])
    );
    connection.last.send(server.snapshot("24h", END));
    await settle();
    await settle();
    expect(states()).toEqual([
      "sankey ready",
      "cop ready",
      "temperature ready",
      "runtime ready",
      "performance ready",
      "power ready",
      "valve ready",
    ]);
    expect(figures()).toHaveLength(6);
    expect(figures()[0]).toMatch(/^COP \d\.\d\d ± 0\.\d\d System/);
    expect(words(find(panel, "footer"))).toContain("flow factor of 2.7 kW/K");
  });

  it("keeps the range in the address and goes back with it", async () => {
    await open();
    expect(location.search).toBe("?range=24h");
    find(periodBar(), "[data-range='7d']").click();
    await settle();
    expect(location.search).toBe("?range=7d&pump=pump-1");
    expect(connection.last.message).toMatchObject({ range: "7d" });
    history.replaceState(null, "", "?range=24h&pump=pump-1");
    window.dispatchEvent(new PopStateEvent("popstate"));
    await settle();
    expect(connection.last.message).toMatchObject({ range: "24h" });
  });

  it("begins with what the address says", async () => {
    history.replaceState(null, "", "?pump=pump-2&range=1h");
    await open();
    expect(connection.last.message).toMatchObject({
      pump: "pump-2",
      range: "1h",
    });
    expect(location.search).toBe("?pump=pump-2&range=1h");
  });

  it("is at once where it was when the user comes back", async () => {
    await open();
    connection.last.send(server.snapshot("24h", END));
    await settle();
    panel.remove();
    expect(connection.listening).toBe(0);
    await open();
    expect(figures()[0]).toMatch(/^COP \d/);
  });

  it("follows the theme, and nothing else that Home Assistant says", async () => {
    await open();
    const drawn = vi.spyOn(panel, "render");
    panel.hass = { ...panel.hass!, language: "en" };
    await settle();
    expect(drawn).not.toHaveBeenCalled();
    panel.hass = { ...panel.hass, themes: { darkMode: true } };
    await settle();
    expect(panel.hasAttribute("dark")).toBe(true);
    const bar = find<AppBar>(panel, "hp-app-bar");
    expect(bar.look?.theme.dark).toBe(true);
  });

  it("says how old the data are and keeps them", async () => {
    await open();
    connection.last.send(server.snapshot("24h", END));
    await settle();
    const before = figures();
    await vi.advanceTimersByTimeAsync(11 * 60_000);
    await settle();
    const [card] = findAll(panel, "hp-view-card");
    expect(words(find(card!, ".stale"))).toContain("11 min ago");
    // The period's figures stay; what would be of now is blank.
    expect(figures().slice(0, 5)).toEqual(before.slice(0, 5));
    expect(figures()[5]).toMatch(/^Temperatures Outdoor \S+ … \S+ – Indoor/);
  });

  it("begins where the user was last, in another session too", async () => {
    await open();
    find(periodBar(), "[data-range='7d']").click();
    await settle();
    panel.remove();
    Object.assign(session, createSession());
    history.replaceState(null, "", "/heatpump-dashboard");
    await open();
    expect(connection.last.message).toMatchObject({ range: "7d" });
    expect(location.search).toContain("range=7d");
  });

  it("has a span in the address, and comes back to the range", async () => {
    await open();
    find(periodBar(), "[data-step='-1']").click();
    await settle();
    const end = new Date(END - 86_400_000).toISOString();
    expect(connection.last.message).toMatchObject({ end_time: end });
    expect(new URLSearchParams(location.search).get("to")).toBe(
      "2026-01-21T19:42Z"
    );
    find(find(panel, "hp-app-bar"), ".period .action").click();
    await settle();
    expect(location.search).toBe("?pump=pump-1&range=24h");
  });

  it(
    "leaves no listener behind, however often it is left",
    { timeout: 60_000 },
    async () => {
      const listeners = new Map<string, Set<unknown>>();
      const of = (type: string) => {
        const known = listeners.get(type) ?? new Set();
        listeners.set(type, known);
        return known;
      };
      for (const target of [window, document]) {
        const { addEventListener: add, removeEventListener: remove } = target;
        vi.spyOn(target, "addEventListener").mockImplementation(
          (...given: Parameters<typeof add>) => {
            of(given[0]).add(given[1]);
            add.apply(target, given);
          }
        );
        vi.spyOn(target, "removeEventListener").mockImplementation(
          (...given: Parameters<typeof remove>) => {
            of(given[0]).delete(given[1]);
            remove.apply(target, given);
          }
        );
      }
      const listening = () =>
        [...listeners].filter(([, all]) => all.size).map(([type]) => type);
      await open();
      connection.last.send(server.snapshot("1h", END));
      await settle();
      expect(listening()).toEqual(
        expect.arrayContaining(["popstate", "visibilitychange"])
      );
      for (let round = 0; round < 100; round += 1) {
        panel.remove();
        document.body.append(panel);
        await settle();
      }
      panel.remove();
      await settle();
      expect(listening()).toEqual([]);
      expect(connection.listening).toBe(0);
      expect(vi.getTimerCount()).toBe(0);
    }
  );

  it("prints by the browser's own keys once there is something to print", async () => {
    const printed = vi.fn();
    vi.doMock("../../src/print/print-page.js", () => ({ print: printed }));
    const press = () => {
      const keys = { ctrlKey: true, key: "p", cancelable: true };
      const event = new KeyboardEvent("keydown", keys);
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    await open();
    expect(press()).toBe(false);
    connection.last.send(server.snapshot("24h", END));
    await settle();
    expect(press()).toBe(true);
    await vi.waitFor(() => {
      expect(printed).toHaveBeenCalledOnce();
    });
    panel.remove();
    expect(press()).toBe(false);
    vi.doUnmock("../../src/print/print-page.js");
  });

  it("goes on the paper of the browser's own print light and with a heading", async () => {
    const themes = { ...mockHass(connection).themes, darkMode: true };
    await open({ themes });
    connection.last.send(server.snapshot("24h", END));
    await settle();
    await vi.waitFor(() => {
      expect(panel.shadowRoot!.adoptedStyleSheets.length).toBeGreaterThan(0);
    });
    const looks = () =>
      ["dark", "paper"].map((name) => panel.hasAttribute(name));
    expect(looks()).toEqual([true, false]);
    window.dispatchEvent(new Event("beforeprint"));
    // Nothing is waited for but what stands in line already.
    await panel.updateComplete;
    expect(looks()).toEqual([false, true]);
    expect(words(find(panel, ".printed"))).toContain("Thermia");
    window.dispatchEvent(new Event("afterprint"));
    await settle();
    expect(looks()).toEqual([true, false]);
    expect(findAll(panel, ".printed")).toEqual([]);
  });

  it("is off the paper where it is taken out while it is printed", async () => {
    await open();
    connection.last.send(server.snapshot("24h", END));
    await settle();
    await vi.waitFor(() => {
      expect(panel.shadowRoot!.adoptedStyleSheets.length).toBeGreaterThan(0);
    });
    window.dispatchEvent(new Event("beforeprint"));
    expect([panel.hasAttribute("paper"), isPrinting()]).toEqual([true, true]);
    panel.remove();
    expect([panel.hasAttribute("paper"), isPrinting()]).toEqual([false, false]);
  });

  it("prepares paper once where it is taken out and put back meanwhile, and again where that fails", async () => {
    const stop = vi.fn();
    const makePaper = vi.fn(() => stop);
    const come: (() => void)[] = [];
    let fail: () => void = vi.fn();
    vi.mocked(fetched).mockImplementation((load) =>
      String(load).includes("paper")
        ? new Promise((resolve, reject) => {
            come.push(() => {
              resolve({ makePaper });
            });
            fail = () => {
              reject(new TypeError("away"));
            };
          })
        : load()
    );
    await open();
    const send = async () => {
      connection.last.send(server.snapshot("24h", END));
      await settle();
    };
    await send();
    fail();
    await settle();
    await send();
    expect(come).toHaveLength(2);
    panel.remove();
    document.body.append(panel);
    await settle();
    await send();
    expect(come).toHaveLength(3);
    for (const each of come) each();
    await settle();
    expect(makePaper).toHaveBeenCalledOnce();
    panel.remove();
    expect(stop).toHaveBeenCalledOnce();
  });

  it("leads to the set-up where there is no heat pump", async () => {
    connection.answer = () => Promise.resolve({ pumps: [] });
    await open();
    expect(words(find(panel, "hp-notice"))).toContain("Open the integration");
    expect(findAll(panel, "hp-view-card")).toHaveLength(0);
  });

  it("asks somebody else where the user may not set up anything", async () => {
    connection.answer = () => Promise.resolve({ pumps: [] });
    await open({ user: { id: "user-2", is_admin: false } });
    const notice = words(find(panel, "hp-notice"));
    expect(notice).toContain("Somebody who manages this Home Assistant");
    expect(notice).not.toContain("Open the integration");
  });

  it("says that the integration is not running", async () => {
    connection.answer = () =>
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as Home Assistant does
      Promise.reject({ code: "unknown_command", message: "Unknown command." });
    await open();
    expect(words(find(panel, "hp-notice"))).toContain(
      "The integration is not running"
    );
  });
});
