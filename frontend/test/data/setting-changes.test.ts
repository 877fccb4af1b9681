import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { eventsOf, SettingChanges } from "../../src/data/setting-changes.js";
import type { HeatPumpEvent, Snapshot } from "../../src/data/types.js";
import { DAY } from "../../src/format/milliseconds.js";
import { FakeServer } from "../fixtures/heat-pump.js";
import { MockConnection } from "../ha/mock-hass.js";

const END = Date.UTC(2026, 0, 22, 19, 42);
const KEY = "pump-1 1y";

const eventAt = (time: number, kind = "setting"): HeatPumpEvent => ({
  ...{ time, kind, value: 38, text: null },
  ...{ setting: "heating_stop", from: 17, to: 18 },
});

const spanOf = (days: number, events: HeatPumpEvent[] = []): Snapshot => ({
  ...new FakeServer(END, 1).snapshot("1h", END),
  ...{ start: END - days * DAY, end: END, events },
});

let connection: MockConnection;
let changes: SettingChanges;

beforeEach(() => {
  vi.useFakeTimers({ now: END });
  connection = new MockConnection();
  connection.answer = () =>
    Promise.resolve({ events: [eventAt(END - 2 * DAY)], more: false });
  changes = new SettingChanges();
});

afterEach(() => {
  vi.useRealTimers();
});

it("asks for the next page as the last one says, until there is none", async () => {
  const pages = [
    { events: [eventAt(3), eventAt(2)], more: true, next: "2:1" },
    { events: [eventAt(2), eventAt(1)], more: false, next: null },
  ];
  connection.answer = () => Promise.resolve(pages.shift());
  const asked = { pump: "p", kinds: ["setting"], start_time: "", end_time: "" };
  const found = await eventsOf(connection, asked, false);
  expect(found.map(({ time }) => time)).toEqual([3, 2, 2, 1]);
  expect(connection.asked.map((each) => each.before)).toEqual([
    undefined,
    "2:1",
  ]);
});

it("has settings in the unit of the home", async () => {
  const asked = { pump: "p", kinds: ["setting"], start_time: "", end_time: "" };
  const [found] = await eventsOf(connection, asked, true);
  expect(found).toMatchObject({ from: 62.6, to: 64.4 });
});

it("puts what was set among the events of a long span", async () => {
  const alarms = [eventAt(END - 3 * DAY, "alarm"), eventAt(END - DAY, "alarm")];
  const year = changes.with(spanOf(365, alarms), KEY);
  expect(await changes.ask(connection, year, false)).toBe(true);
  const kinds = (snapshot: Snapshot) => snapshot.events.map(({ kind }) => kind);
  const whole = changes.with(year, KEY);
  expect(kinds(whole)).toEqual(["alarm", "setting", "alarm"]);
  // Again with an update, and none twice.
  expect(kinds(changes.with(whole, KEY))).toEqual(kinds(whole));
});

it("asks again after a while, and of another period at once", async () => {
  const ask = async (key: string, days = 365) =>
    changes.ask(connection, changes.with(spanOf(days), key), false);
  expect(await ask(KEY)).toBe(true);
  expect(await ask(KEY)).toBe(false);
  vi.advanceTimersByTime(300_000);
  expect(await ask(KEY)).toBe(true);
  expect(await ask("pump-1 90d", 90)).toBe(true);
});

it("asks for nothing of a month, which comes with all", async () => {
  const month = changes.with(spanOf(30), "pump-1 30d");
  expect(await changes.ask(connection, month, false)).toBe(false);
  expect(connection.asked).toEqual([]);
});

it("leaves a span as it is while nobody answers", async () => {
  connection.answer = () => Promise.reject(new Error());
  const year = changes.with(spanOf(365, [eventAt(END - DAY)]), KEY);
  expect(await changes.ask(connection, year, false)).toBe(false);
  expect(changes.with(year, KEY)).toBe(year);
});
