import { describe, expect, it, vi } from "vitest";
import { subscribe } from "../../src/data/subscription.js";
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
});
