import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  FinerRows,
  inFinerRows,
  spanToAsk,
} from "../../src/data/finer-rows.js";
import type { ShownPart } from "../../src/data/finer-rows.js";
import type { Span } from "../../src/data/period.js";
import type { Snapshot } from "../../src/data/types.js";
import { FakeServer } from "../fixtures/heat-pump.js";
import { MockConnection } from "../ha/mock-hass.js";

const END = Date.UTC(2026, 0, 22, 19, 42);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const server = new FakeServer(END, 2);
const period = server.snapshot("24h", END);
const PART = { start: END - 5 * HOUR - 17_000, end: END - 4 * HOUR };

let connection: MockConnection;

const shown = (part: Span = PART, of: Snapshot = period): ShownPart => ({
  source: { connection, fahrenheit: false },
  period: of,
  part,
});

const followed = (what = shown()) => {
  const changed = vi.fn();
  const finer = new FinerRows(changed);
  finer.follow(what);
  return { finer, changed };
};

/** What the server is asked for, once nothing has moved for a while. */
const asked = () => {
  vi.advanceTimersByTime(300);
  const { start_time, end_time } = connection.last.message as never;
  return { start: Date.parse(start_time), end: Date.parse(end_time) };
};

/** The server's answer to what was asked last. */
const answer = () => {
  connection.last.confirm();
  const snapshot = { ...server.snapshot(asked(), END), step: 0 };
  connection.last.send(snapshot);
  return snapshot;
};

const confirmed = async () => {
  connection.subscriptions.forEach(({ confirm }) => {
    confirm();
  });
  await Promise.resolve();
  await Promise.resolve();
};

beforeEach(() => {
  vi.useFakeTimers();
  connection = new MockConnection();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("FinerRows", () => {
  it("asks for the part when it has come to rest, on the server's edges", () => {
    const { finer } = followed(shown({ start: END - HOUR, end: END }));
    vi.advanceTimersByTime(200);
    finer.follow(shown());
    vi.advanceTimersByTime(200);
    expect(connection.subscriptions).toHaveLength(0);
    expect(asked()).toEqual({
      start: Date.UTC(2026, 0, 22, 14, 40),
      end: Date.UTC(2026, 0, 22, 15, 45),
    });
    expect(connection.subscriptions).toHaveLength(1);
    finer.follow(shown());
    vi.advanceTimersByTime(1000);
    expect(connection.subscriptions).toHaveLength(1);
  });

  it("has nothing until the rows are there, and follows their updates", () => {
    const { finer, changed } = followed();
    asked();
    expect(finer.snapshot).toBeNull();
    const snapshot = answer();
    expect(finer.snapshot).toBe(snapshot);
    changed.mockClear();
    const time = [snapshot.end];
    const readings = { time, supply_temp: [33] };
    connection.last.send({ ...snapshot, type: "update", readings });
    expect(changed).toHaveBeenCalledOnce();
    expect(finer.snapshot?.readings.time.at(-1)).toBe(snapshot.end);
    expect(finer.snapshot?.readings.time.length).toBeGreaterThan(100);
  });

  it("asks once for all charts of a page, and lets go with the last", async () => {
    const [one, other] = [followed(), followed()];
    asked();
    expect(connection.subscriptions).toHaveLength(1);
    const snapshot = answer();
    expect(one.finer.snapshot).toBe(snapshot);
    expect(other.finer.snapshot).toBe(snapshot);
    await confirmed();
    one.finer.follow(null);
    expect(one.finer.snapshot).toBeNull();
    expect(connection.last.unsubscribe).not.toHaveBeenCalled();
    other.finer.release();
    expect(connection.last.unsubscribe).toHaveBeenCalledOnce();
    followed();
    asked();
    expect(connection.subscriptions).toHaveLength(2);
  });

  it("keeps what it has until what was asked for next has come", async () => {
    const { finer } = followed();
    asked();
    const hour = answer();
    await confirmed();
    const closer = { start: PART.start + HOUR / 3, end: PART.start + HOUR / 2 };
    finer.follow(shown(closer));
    expect(finer.snapshot).toBe(hour);
    // The readings themselves are as fine as it gets.
    vi.advanceTimersByTime(1000);
    expect(connection.subscriptions).toHaveLength(1);

    const beside = { start: PART.start + HOUR / 2, end: PART.end + HOUR / 2 };
    finer.follow(shown(beside));
    expect(finer.snapshot).toBeNull();
    asked();
    expect(connection.subscriptions).toHaveLength(2);
    finer.follow(shown(closer));
    expect(finer.snapshot).toBe(hour);
    vi.advanceTimersByTime(1000);
    await confirmed();
    expect(connection.subscriptions[1]!.unsubscribe).toHaveBeenCalledOnce();
    expect(connection.subscriptions[0]!.unsubscribe).not.toHaveBeenCalled();
  });

  it("asks again far closer, where the rows may be finer still", async () => {
    const month = server.snapshot("30d", END);
    const { finer } = followed(
      shown({ start: END - 40 * HOUR, end: END - 10 * HOUR }, month)
    );
    asked();
    const first = { ...server.snapshot("24h", END), step: 300 };
    connection.last.send(first);
    await confirmed();
    const part = { start: END - 15 * HOUR, end: END - 14 * HOUR };
    finer.follow(shown(part, month));
    expect(finer.snapshot).toBe(first);
    asked();
    const [before] = connection.subscriptions;
    expect(before!.unsubscribe).not.toHaveBeenCalled();
    const closer = answer();
    expect(finer.snapshot).toBe(closer);
    await confirmed();
    expect(before!.unsubscribe).toHaveBeenCalledOnce();
  });

  it("reaches beyond the present, so that it need not be asked for at each reading", () => {
    const part = { start: END - 2 * HOUR, end: END };
    expect(spanToAsk(part, period).end).toBe(END + 33 * MINUTE);
    const { finer } = followed(shown(part));
    asked();
    answer();
    const later = (minutes: number) =>
      shown(
        { start: part.start + minutes * MINUTE, end: END + minutes * MINUTE },
        { ...period, end: END + minutes * MINUTE }
      );
    finer.follow(later(20));
    expect(finer.snapshot).not.toBeNull();
    vi.advanceTimersByTime(1000);
    expect(connection.subscriptions).toHaveLength(1);
    const { status } = period;
    const soon = later(29);
    finer.follow({
      ...soon,
      period: { ...soon.period, status: { ...status, time: soon.part.end } },
    });
    expect(finer.snapshot).not.toBeNull();
    vi.advanceTimersByTime(1000);
    expect(connection.subscriptions).toHaveLength(2);
  });

  it("leaves the period as it is where the server refuses, and asks again later", async () => {
    const { finer } = followed();
    asked();
    connection.last.refuse({ code: "too_many", message: "Enough" });
    await Promise.resolve();
    await Promise.resolve();
    expect(finer.snapshot).toBeNull();
    finer.follow(shown());
    vi.advanceTimersByTime(30_000);
    finer.follow(shown());
    vi.advanceTimersByTime(1000);
    expect(connection.subscriptions).toHaveLength(1);
    vi.advanceTimersByTime(60_000);
    finer.follow(shown());
    vi.advanceTimersByTime(1000);
    expect(connection.subscriptions).toHaveLength(2);
    const snapshot = answer();
    expect(finer.snapshot).toBe(snapshot);
  });

  it("has nothing of another heat pump, or that is no finer", () => {
    const { finer } = followed();
    asked();
    const snapshot = answer();
    finer.follow(shown(PART, { ...period, pump: "pump-2" }));
    expect(finer.snapshot).toBeNull();
    finer.follow(shown());
    connection.last.send({ ...snapshot, step: period.step });
    expect(finer.snapshot).toBeNull();
  });

  it("asks for nothing where the period shows the readings themselves", () => {
    followed(shown(PART, server.snapshot("6h", END)));
    vi.advanceTimersByTime(1000);
    expect(connection.subscriptions).toHaveLength(0);
  });

  it("is in the unit of the home", () => {
    const { finer } = followed({
      ...shown(),
      source: { connection, fahrenheit: true },
    });
    asked();
    const sent = answer();
    const [celsius, fahrenheit] = [sent, finer.snapshot!].map(
      ({ readings }) => readings.supply_temp![0]!
    );
    expect(fahrenheit).toBeCloseTo(celsius! * 1.8 + 32);
  });
});

it("puts the finer rows into the period, whose figures stay", () => {
  const finer = { ...server.snapshot(PART, END), step: 0 };
  const snapshot = inFinerRows(period, finer);
  expect(snapshot).toMatchObject({
    start: finer.start,
    end: finer.end,
    step: 0,
  });
  expect(snapshot.readings).toBe(finer.readings);
  expect(snapshot.ledger).toBe(finer.ledger);
  expect(snapshot.totals).toBe(period.totals);
  expect(snapshot.status).toBe(period.status);
  expect(snapshot.range).toBe("24h");
  expect(inFinerRows(period, finer)).toBe(snapshot);
});
