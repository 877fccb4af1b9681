import { describe, expect, it, vi } from "vitest";
import { firstOf, subscribe } from "../../src/data/subscription.js";
import { MockConnection } from "../ha/mock-hass.js";

const start = () => {
  const connection = new MockConnection();
  const onResult = vi.fn();
  const onError = vi.fn();
  const stop = subscribe(connection, { type: "x" }, onResult, onError);
  return { connection, onResult, onError, stop, last: connection.last };
};

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("subscribe", () => {
  it("passes on what arrives until it is stopped", async () => {
    const { last, onResult, stop } = start();
    last.confirm();
    await settled();
    last.send(1);
    stop();
    last.send(2);
    expect(onResult.mock.calls).toEqual([[1]]);
    expect(last.unsubscribe).toHaveBeenCalledOnce();
  });

  it("ends a subscription that is confirmed after it was stopped", async () => {
    const { last, onResult, stop } = start();
    stop();
    last.send(1);
    last.confirm();
    await settled();
    expect(last.unsubscribe).toHaveBeenCalledOnce();
    expect(onResult).not.toHaveBeenCalled();
  });

  it("ends only once", async () => {
    const { last, stop } = start();
    last.confirm();
    await settled();
    stop();
    stop();
    expect(last.unsubscribe).toHaveBeenCalledOnce();
  });

  it("reports a refusal, unless nobody listens any more", async () => {
    const one = start();
    one.last.refuse({ code: "not_found" });
    const other = start();
    other.stop();
    other.last.refuse({ code: "not_found" });
    await settled();
    expect(one.onError).toHaveBeenCalledWith({ code: "not_found" });
    expect(other.onError).not.toHaveBeenCalled();
  });

  it("does not mind that the connection is gone when it ends", async () => {
    const { last, stop } = start();
    last.unsubscribe.mockRejectedValue(new Error("lost"));
    last.confirm();
    await settled();
    stop();
    await settled();
    expect(last.unsubscribe).toHaveBeenCalledOnce();
  });

  it("begins anew after a lost connection, and ends what it has then", async () => {
    const { connection, last, onResult, stop } = start();
    last.confirm();
    await settled();
    connection.fire("disconnected");
    connection.fire("ready");
    expect([...connection.open.values()]).toEqual([{ type: "x" }]);
    connection.last.send(2);
    connection.last.confirm();
    await settled();
    stop();
    expect(connection.open.size).toBe(0);
    expect(onResult).toHaveBeenCalledWith(2);
  });

  it("never ends what others have got its number since", async () => {
    const { connection, last, onError, stop } = start();
    last.confirm();
    await settled();
    connection.fire("disconnected");
    connection.fire("ready");
    connection.last.refuse({ code: "unknown_command" });
    await settled();
    expect(onError).toHaveBeenCalledOnce();
    connection.fire("disconnected");
    connection.connected = true;
    void connection.subscribeMessage(vi.fn(), { type: "other" });
    stop();
    expect([...connection.open.values()]).toEqual([{ type: "other" }]);
    expect(connection.listening).toBe(0);
  });

  it("is not taken up again where it was stopped without a connection", async () => {
    const { connection, last, stop } = start();
    last.confirm();
    await settled();
    connection.fire("disconnected");
    stop();
    connection.fire("ready");
    expect(connection.open.size).toBe(0);
  });

  it("waits for a connection", () => {
    const connection = new MockConnection();
    connection.fire("disconnected");
    const onResult = vi.fn();
    subscribe(connection, { type: "x" }, onResult, vi.fn());
    connection.fire("ready");
    connection.last.send(1);
    expect(onResult).toHaveBeenCalledWith(1);
    expect(connection.subscriptions).toHaveLength(1);
  });
});

describe("firstOf", () => {
  const lost = { code: "connection_lost" };

  it("fails at once without a connection", async () => {
    const connection = new MockConnection();
    connection.fire("disconnected");
    await expect(firstOf(connection, { type: "x" })).rejects.toMatchObject(
      lost
    );
    await settled();
    expect(connection.listening).toBe(0);
  });

  it("fails with the connection, and leaves all others their news of that", async () => {
    const connection = new MockConnection();
    const first = firstOf(connection, { type: "x" });
    const told = vi.fn();
    connection.addEventListener("disconnected", told);
    connection.fire("disconnected");
    await expect(first).rejects.toMatchObject(lost);
    expect(told).toHaveBeenCalledOnce();
    connection.fire("ready");
    expect(connection.open.size).toBe(0);
    expect(connection.listening).toBe(1);
  });
});
