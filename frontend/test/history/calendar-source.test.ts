import { beforeEach, describe, expect, it } from "vitest";
import {
  CalendarSource,
  questionsOf,
  wholeTime,
} from "../../src/history/calendar-source.js";
import type { Question } from "../../src/history/calendar-source.js";
import { MockConnection } from "../ha/mock-hass.js";
import { zone } from "../fixtures/calendar.js";
import { pumpInfo } from "../fixtures/heat-pump.js";
import { day, house, NOW } from "./fixture.js";

let now = NOW;
let connection: MockConnection;
let source: CalendarSource;

const old: Question = {
  unit: "day",
  start: day("2024-07-01"),
  end: day("2025-07-01"),
};
const running: Question = {
  unit: "day",
  start: day("2026-07-01"),
  end: day("2027-07-01"),
};

const answer =
  (options = {}) =>
  () => {
    const {
      unit,
      start_time: start,
      end_time: end,
    } = connection.asked.at(-1) as unknown as Record<string, string>;
    const rows = house(options).rows(
      unit as "day",
      Date.parse(start ?? ""),
      Date.parse(end ?? "")
    );
    return Promise.resolve({ rows });
  };

beforeEach(() => {
  now = NOW;
  connection = new MockConnection();
  connection.answer = answer();
  source = new CalendarSource(() => now);
  source.connect(connection, false);
});

const ask = (...questions: Question[]) => source.ask("pump-1", questions, zone);

describe("the calendar's source", () => {
  it("asks once for what is over, and each minute for what is running", async () => {
    expect(await ask(old, running)).toBe(true);
    expect(connection.asked).toHaveLength(2);
    expect(source.rows("pump-1", old)).toHaveLength(365);
    expect(await ask(old, running)).toBe(false);
    now += 61_000;
    await ask(old, running);
    expect(connection.asked).toHaveLength(3);
  });

  it("asks for the home's days", async () => {
    await ask(old);
    expect(connection.asked[0]).toEqual({
      ...{ type: "heatpump_dashboard/calendar", pump: "pump-1", unit: "day" },
      start_time: "2024-06-30T22:00:00.000Z",
      end_time: "2025-06-30T22:00:00.000Z",
    });
    expect(source.rows("pump-1", old)?.[0]?.day).toBe(day("2024-07-01"));
  });

  it("asks every few seconds while the past is read", async () => {
    connection.answer = answer({ unreadBefore: day("2025-01-01") });
    await ask(old);
    now += 5_000;
    await ask(old);
    expect(connection.asked).toHaveLength(2);
  });

  it("asks again for what was computed with older settings", async () => {
    connection.answer = answer({ outdatedBefore: day("2025-01-01") });
    await ask(old);
    now += 61_000;
    connection.answer = answer();
    expect(await ask(old)).toBe(true);
    expect(source.rows("pump-1", old)?.some((row) => row.outdated)).toBe(false);
    now += 61_000;
    expect(await ask(old)).toBe(false);
  });

  it("tells everyone who asks for the same that it came", async () => {
    const both = [source, source].map((each) => each.ask("p", [old], zone));
    expect(await Promise.all(both)).toEqual([true, true]);
    expect(connection.asked).toHaveLength(1);
    expect(await source.ask("p", [old], zone)).toBe(false);
  });

  it("asks anew for years that are over when a setting is another one", async () => {
    const { settings, ...more } = pumpInfo();
    const info = { ...more, id: "pump-1", settings };
    source.follow(info);
    await ask(old);
    source.follow({ ...info, settings: { ...settings } });
    expect(await ask(old)).toBe(false);
    source.follow({ ...info, settings: { ...settings, flow_factor: 1.1 } });
    expect(await ask(old)).toBe(true);
  });

  it("asks anew for years that are over when the past is another one, and shows them meanwhile", async () => {
    const of = (revision: number) => ({
      ...{ ...pumpInfo(), id: "pump-1" },
      history: { revision },
    });
    source.follow(of(1));
    await ask(old);
    now += 61_000;
    source.follow(of(1));
    expect(await ask(old)).toBe(false);
    source.follow(of(2));
    expect(source.rows("pump-1", old)).toHaveLength(365);
    expect(await ask(old)).toBe(true);
  });

  it("asks a question that is under way no second time", async () => {
    await Promise.all([ask(old), ask(old)]);
    expect(connection.asked).toHaveLength(1);
  });

  it("keeps what it knows when an answer fails, and says why", async () => {
    await ask(running);
    now += 61_000;
    connection.answer = () =>
      Promise.reject(
        Object.assign(new Error("no"), { code: "not_found", message: "no" })
      );
    expect(await ask(running)).toBe(true);
    expect(source.error?.code).toBe("not_found");
    expect(source.rows("pump-1", running)).not.toBeNull();
    connection.answer = answer();
    // Not at once: the server may have enough to do.
    expect(await ask(running)).toBe(false);
    now += 5_000;
    await ask(running);
    expect(source.error).toBeNull();
  });

  it("forgets what another connection said", async () => {
    await ask(old);
    source.connect(new MockConnection(), false);
    expect(source.rows("pump-1", old)).toBeNull();
  });

  it("has temperatures in the unit of the home", async () => {
    await ask(old);
    const celsius =
      source.rows("pump-1", old)?.[0]?.totals?.outdoor_mean ?? NaN;
    const other = new CalendarSource(() => now);
    other.connect(connection, true);
    await other.ask("pump-1", [old], zone);
    expect(other.rows("pump-1", old)?.[0]?.totals?.outdoor_mean).toBeCloseTo(
      celsius * 1.8 + 32,
      6
    );
  });

  it("asks for days by heating years, none of which is too long for one answer", () => {
    const questions = questionsOf(
      { start: day("2024-03-01"), end: day("2026-11-29") },
      NOW
    );
    expect(
      questions.map(({ start }) => new Date(start).getUTCFullYear())
    ).toEqual([2023, 2024, 2025, 2026]);
    expect(wholeTime("month", NOW).end).toBe(day("2028-01-01"));
  });
});
