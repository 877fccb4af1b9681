import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { joinStore } from "../../src/cards/shared-store.js";
import { FakeServer, info, pumpInfo } from "../fixtures/heat-pump.js";
import { MockConnection, mockHass } from "../ha/mock-hass.js";

const NOW = Date.UTC(2026, 0, 22, 19, 42);
const server = new FakeServer(NOW, 31);
let connection: MockConnection;

const settle = () => vi.advanceTimersByTimeAsync(0);
const nobody = () => undefined;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  connection = new MockConnection();
  connection.answer = () =>
    Promise.resolve(info(pumpInfo(), pumpInfo({ id: "pump-2", name: "IVT" })));
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the stores of a page's cards", () => {
  it("ask once for what several cards show, and tell all of them", async () => {
    const [one, other] = [vi.fn(), vi.fn()];
    const first = joinStore(mockHass(connection), "pump-1", "24h", one);
    const second = joinStore(mockHass(connection), "pump-1", "24h", other);
    await settle();
    expect(connection.subscriptions).toHaveLength(1);
    one.mockClear();
    other.mockClear();
    connection.last.send(server.snapshot("24h", NOW));
    expect(one).toHaveBeenCalled();
    expect(other).toHaveBeenCalled();
    expect(first.state).toBe(second.state);
    first.release();
    second.release();
  });

  it("ask for every heat pump and every range by itself", async () => {
    const all = [
      joinStore(mockHass(connection), "pump-1", "24h", nobody),
      joinStore(mockHass(connection), "pump-2", "24h", nobody),
      joinStore(mockHass(connection), "pump-1", "7d", nobody),
    ];
    await settle();
    const asked = connection.subscriptions.map(
      ({ message: { pump, range } }) => `${String(pump)} ${String(range)}`
    );
    expect(asked.sort()).toEqual(["pump-1 24h", "pump-1 7d", "pump-2 24h"]);
    for (const { release } of all) release();
  });

  it("end with their last card, not before, and leave nothing behind", async () => {
    const first = joinStore(mockHass(connection), null, "6h", nobody);
    const second = joinStore(mockHass(connection), null, "6h", nobody);
    await settle();
    connection.last.confirm();
    await settle();
    first.release();
    first.release();
    expect(connection.last.unsubscribe).not.toHaveBeenCalled();
    second.release();
    await settle();
    expect(connection.last.unsubscribe).toHaveBeenCalledOnce();
    expect(connection.listening).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("begin anew after that", async () => {
    joinStore(mockHass(connection), null, "1h", nobody).release();
    const again = joinStore(mockHass(connection), null, "1h", nobody);
    await settle();
    expect(connection.subscriptions).toHaveLength(1);
    again.release();
  });
});
