import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSession } from "../../src/data/session.js";
import type { Session } from "../../src/data/session.js";
import { PanelStore } from "../../src/data/store.js";
import { FakeServer, info, pumpInfo } from "../fixtures/heat-pump.js";
import { MockConnection, mockHass } from "../ha/mock-hass.js";

const END = Date.UTC(2026, 0, 22, 19, 42);
const server = new FakeServer(END, 2);
const two = info(pumpInfo(), pumpInfo({ id: "pump-2", name: "IVT" }));

let connection: MockConnection;
let session: Session;
let changes: number;

const build = () =>
  new PanelStore(() => {
    changes += 1;
  }, session);

const settled = () => vi.advanceTimersByTimeAsync(0);

const connected = async () => {
  const store = build();
  store.connect(mockHass(connection));
  await settled();
  return store;
};

beforeEach(() => {
  vi.useFakeTimers({ now: END });
  connection = new MockConnection();
  connection.answer = () => Promise.resolve(two);
  session = createSession();
  changes = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

describe("PanelStore", () => {
  it("asks what there is and follows the first pump for 24 h", async () => {
    const store = await connected();
    expect(connection.asked).toEqual([{ type: "heatpump_dashboard/info" }]);
    expect(connection.last.message).toEqual({
      type: "heatpump_dashboard/subscribe",
      pump: "pump-1",
      range: "24h",
    });
    expect(store.state.pump?.id).toBe("pump-1");
  });

  it("has changed settings among the events of a long span", async () => {
    const setting = { time: END - 60_000, kind: "setting", value: 1 };
    connection.answer = () =>
      Promise.resolve(
        connection.asked.at(-1)?.type.endsWith("/events")
          ? { events: [{ ...setting, text: null }], more: false, next: null }
          : two
      );
    const store = await connected();
    const year = {
      ...server.snapshot("24h", END),
      start: END - 365 * 86_400_000,
    };
    connection.last.send(year);
    await settled();
    expect(connection.asked.at(-1)).toMatchObject({
      ...{ type: "heatpump_dashboard/events", pump: "pump-1" },
      kinds: ["setting"],
    });
    const kinds = () =>
      store.state.snapshot?.events.filter(({ kind }) => kind === "setting");
    expect(kinds()).toHaveLength(1);
    connection.last.send({ ...year, type: "update", events: [] });
    expect(kinds()).toHaveLength(1);
  });

  it("asks what there is when the past is another one", async () => {
    await connected();
    const now = server.snapshot("24h", END);
    const of = (revision: number) => ({
      ...now,
      status: { ...now.status, history: { ...now.status.history, revision } },
    });
    connection.last.send(of(1));
    const before = connection.asked.length;
    connection.last.send(of(1));
    expect(connection.asked).toHaveLength(before);
    connection.last.send(of(2));
    expect(connection.asked.slice(before)).toEqual([
      { type: "heatpump_dashboard/info" },
    ]);
  });

  it("keeps the snapshot up to date", async () => {
    const store = await connected();
    connection.last.send(server.snapshot("24h", END - 600_000));
    connection.last.send(server.update("24h", END - 600_000, END));
    expect(store.state.snapshot).toEqual(server.snapshot("24h", END));
  });

  it("starts anew with a snapshot, as after a lost connection", async () => {
    const store = await connected();
    connection.last.send(server.snapshot("24h", END - 600_000));
    connection.last.send(server.snapshot("24h", END));
    expect(store.state.snapshot).toEqual(server.snapshot("24h", END));
  });

  it("ignores an update that comes before any snapshot", async () => {
    const store = await connected();
    connection.last.send(server.update("24h", END - 600_000, END));
    expect(store.state.snapshot).toBeNull();
  });

  it("keeps the old picture for a moment when the range changes", async () => {
    const store = await connected();
    connection.last.send(server.snapshot("24h", END));
    const before = connection.last;
    store.select(null, "7d");
    expect(before).not.toBe(connection.last);
    expect(connection.last.message).toMatchObject({ range: "7d" });
    expect(store.state.snapshot?.range).toBe("24h");
    await vi.advanceTimersByTimeAsync(400);
    expect(store.state.snapshot).toBeNull();
  });

  it("shows what it remembers of a range at once", async () => {
    const store = await connected();
    const day = server.snapshot("24h", END);
    connection.last.send(day);
    store.select(null, "1h");
    connection.last.send(server.snapshot("1h", END));
    store.select(null, "24h");
    expect(store.state.snapshot).toBe(day);
  });

  it("never shows one pump's picture for another", async () => {
    const store = await connected();
    connection.last.send(server.snapshot("24h", END));
    store.select("pump-2", null);
    expect(store.state.pump?.id).toBe("pump-2");
    expect(store.state.snapshot).toBeNull();
    expect(connection.last.message).toMatchObject({ pump: "pump-2" });
  });

  it("keeps what it knows of a heat pump that is being loaded", async () => {
    const store = await connected();
    connection.last.send(server.snapshot("24h", END));
    const unloaded = pumpInfo({
      ...{ name: "Renamed", metrics: {}, first_reading: null },
      history: { complete: false, revision: null },
    });
    connection.answer = () => Promise.resolve(info(unloaded));
    store.retry();
    await settled();
    expect(store.state.pump).toEqual({ ...pumpInfo(), name: "Renamed" });
  });

  it("says that a heat pump is gone, and shows no other one for it", async () => {
    const store = await connected();
    const shown = server.snapshot("24h", END);
    connection.last.send(shown);
    connection.answer = () =>
      Promise.resolve(info(pumpInfo({ id: "pump-2", name: "IVT" })));
    const status = { ...shown.status, source: "not_found" };
    connection.last.send({ ...shown, status });
    await settled();
    expect(store.state).toMatchObject({
      ...{ pump: null, snapshot: null, error: { code: "not_found" } },
      info: { pumps: [{ id: "pump-2" }] },
    });
    expect(connection.last.unsubscribe).toBeDefined();
    store.select("pump-2", null);
    expect(connection.last.message).toMatchObject({ pump: "pump-2" });
    expect(store.state.pump?.id).toBe("pump-2");
  });

  it("shows no other heat pump for one that went while nothing was heard", async () => {
    const store = await connected();
    connection.last.send(server.snapshot("24h", END));
    connection.answer = () => Promise.resolve(info(pumpInfo({ id: "pump-2" })));
    connection.last.refuse({ code: "not_found", message: "Gone" });
    await vi.advanceTimersByTimeAsync(6_000);
    expect(store.state.pump).toBeNull();
    expect(store.state.error?.code).toBe("not_found");
    store.retry();
    await settled();
    expect(store.state.pump?.id).toBe("pump-2");
  });

  it("stays with the first pump when the wanted one is gone", async () => {
    const store = await connected();
    store.select("removed", null);
    expect(store.state.pump?.id).toBe("pump-1");
  });

  it("shows what the session knows before anything has arrived", async () => {
    const first = await connected();
    first.select(null, "1h");
    connection.last.send(server.snapshot("1h", END));
    first.disconnect();
    const second = build();
    expect(second.state.range).toBe("1h");
    expect(second.state.snapshot).toEqual(server.snapshot("1h", END));
  });

  it("looks at a span, and knows where to come back to", async () => {
    const store = await connected();
    connection.last.send(server.snapshot("24h", END));
    const span = { start: END - 7_200_000, end: END - 3_600_000 };
    store.select(null, "1h");
    store.select(null, span);
    expect(connection.last.message).toEqual({
      type: "heatpump_dashboard/subscribe",
      pump: "pump-1",
      start_time: "2026-01-22T17:42:00.000Z",
      end_time: "2026-01-22T18:42:00.000Z",
    });
    expect(store.state).toMatchObject({ period: span, range: "1h" });
    const past = { ...server.snapshot("1h", span.end), range: null };
    connection.last.send(past);
    expect(store.state.snapshot).toBe(past);
    store.select(null, { start: span.start - 1, end: span.end });
    await vi.advanceTimersByTimeAsync(400);
    expect(store.state.snapshot).toBeNull();
    store.select(null, span);
    expect(store.state.snapshot).toBe(past);
  });

  it("does not ask again for a period that cannot be shown", async () => {
    const store = await connected();
    store.select(null, { start: 0, end: 1 });
    connection.last.refuse({ code: "invalid_range", message: "Too early" });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(store.state.error).toMatchObject({ retryAt: null });
    expect(connection.subscriptions).toHaveLength(2);
    store.select(null, "24h");
    expect(connection.last.message).toMatchObject({ range: "24h" });
  });

  it("asks again what there is when the connection is back", async () => {
    const store = await connected();
    connection.answer = () => Promise.resolve({ ...two, bundle: "panel-2.js" });
    connection.fire("disconnected");
    connection.fire("ready");
    await settled();
    expect(store.state.info?.bundle).toBe("panel-2.js");
    expect(connection.asked).toHaveLength(2);
    expect(connection.open.size).toBe(1);
  });

  it("tries again after a refusal, less and less often", async () => {
    connection.answer = () =>
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as Home Assistant does
      Promise.reject({ code: "unknown_command", message: "No" });
    const store = await connected();
    expect(store.state.error).toEqual({
      code: "unknown_command",
      message: "No",
      retryAt: END + 5_000,
    });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(connection.asked).toHaveLength(2);
    expect(store.state.error?.retryAt).toBe(END + 15_000);
    connection.answer = () => Promise.resolve(two);
    await vi.advanceTimersByTimeAsync(10_000);
    connection.last.send(server.snapshot("24h", END));
    expect(store.state.error).toBeNull();
  });

  it("names the cause where Home Assistant tells it", async () => {
    const store = await connected();
    const error = { code: "not_found", translation_key: "refused" };
    connection.last.refuse({ ...error, message: "Not loaded" });
    await settled();
    expect(store.state.error?.code).toBe("refused");
  });

  it("tries at once when asked to", async () => {
    const store = await connected();
    connection.last.refuse({ code: "not_found", message: "Gone" });
    await settled();
    expect(store.state.error?.code).toBe("not_found");
    store.retry();
    await settled();
    expect(connection.asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.asked).toHaveLength(2);
  });

  it("subscribes again when the subscription taken up again brings nothing", async () => {
    const store = await connected();
    connection.last.send(server.snapshot("24h", END));
    connection.fire("disconnected");
    expect(store.state.connected).toBe(false);
    connection.fire("ready");
    expect(store.state.connected).toBe(true);
    const before = connection.subscriptions.length;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(connection.subscriptions).toHaveLength(before + 1);
  });

  it("leaves a subscription alone that was taken up again", async () => {
    await connected();
    connection.last.send(server.snapshot("24h", END));
    connection.fire("disconnected");
    connection.fire("ready");
    connection.last.send(server.snapshot("24h", END));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.subscriptions).toHaveLength(2);
  });

  it("harms nobody's subscription where a restarted Home Assistant is not ready yet", async () => {
    // So that what is taken up again gets another number.
    void connection.subscribeMessage(() => undefined, { type: "short" });
    connection.last.confirm();
    await connection.last.unsubscribe();
    const store = await connected();
    connection.last.confirm();
    connection.last.send(server.snapshot("24h", END));
    await settled();
    connection.fire("disconnected");
    connection.fire("ready");
    connection.last.refuse({ code: "unknown_command", message: "No" });
    void connection.subscribeMessage(() => undefined, { type: "other" });
    await vi.advanceTimersByTimeAsync(6_000);
    const types = [...connection.open.values()].map(({ type }) => type);
    expect(types.toSorted()).toEqual(["heatpump_dashboard/subscribe", "other"]);
    connection.last.send(server.snapshot("24h", END));
    expect(store.state.error).toBeNull();
  });

  it("follows one period only where another was chosen without a connection", async () => {
    const store = await connected();
    connection.last.confirm();
    connection.last.send(server.snapshot("24h", END));
    await settled();
    connection.fire("disconnected");
    store.select(null, "7d");
    connection.fire("ready");
    await settled();
    const all = [...connection.open.values()];
    expect(all).toMatchObject([{ range: "7d" }]);
  });

  it("asks again what there is when all of the past has been read", async () => {
    await connected();
    const snapshot = server.snapshot("24h", END);
    const status = (complete: boolean) => ({
      ...snapshot,
      status: { ...snapshot.status, history: { from: END, complete } },
    });
    connection.last.send(status(false));
    connection.last.send(status(false));
    expect(connection.asked).toHaveLength(1);
    connection.last.send(status(true));
    expect(connection.asked).toHaveLength(2);
    expect(connection.subscriptions).toHaveLength(1);
  });

  it("asks again what there is when the heat pump is loaded anew", async () => {
    await connected();
    const snapshot = server.snapshot("24h", END);
    const away = { ...snapshot.status, source: "not_loaded" };
    connection.last.send({ ...snapshot, status: away });
    expect(connection.asked).toHaveLength(1);
    connection.last.send(snapshot);
    expect(connection.asked).toHaveLength(2);
  });

  it("knows usual settings of a pump that is not loaded", async () => {
    const bare = { ...pumpInfo(), settings: {} };
    connection.answer = () => Promise.resolve({ pumps: [bare] });
    const { settings } = (await connected()).state.pump!;
    expect(settings).toMatchObject({ digits: {}, flow_factor: 2.7 });
  });

  it("leaves nothing behind", async () => {
    const store = await connected();
    const { last } = connection;
    last.confirm();
    await settled();
    store.disconnect();
    const seen = changes;
    last.send(server.snapshot("24h", END));
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(last.unsubscribe).toHaveBeenCalledOnce();
    expect(connection.listening).toBe(0);
    expect(connection.asked).toHaveLength(1);
    expect(changes).toBe(seen);
    expect(vi.getTimerCount()).toBe(0);
  });
});
