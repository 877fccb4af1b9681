import { describe, expect, it } from "vitest";
import { hoursCsv } from "../../src/history/hours.js";
import { pumpInfo } from "../fixtures/heat-pump.js";
import { MockConnection } from "../ha/mock-hass.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Answers each span with its hours, of which those of the first day are not known. */
class Hours extends MockConnection {
  step = 3600;
  /** The last hour is no longer than up to then. */
  until = Infinity;
  known = (at: number) => at >= FIRST + DAY;
  readonly spans: [number, number][] = [];

  override subscribeMessage: MockConnection["subscribeMessage"] = (
    send,
    message
  ) => {
    const { start_time: from = "", end_time: to = "" } =
      message as unknown as Record<string, string>;
    const [start, asked] = [Date.parse(from), Date.parse(to)];
    this.spans.push([start, asked]);
    const end = Math.min(asked, this.until);
    const time = Array.from(
      { length: Math.ceil((end - start) / HOUR) },
      (_, i) => start + i * HOUR
    );
    const { known } = this;
    send({
      ...{ type: "snapshot", pump: "villa", start, end, step: this.step },
      readings: {
        time,
        outdoor_temp: time.map((at) => (known(at) ? -3 : null)),
        power: time.map(() => 900),
      },
      ledger: {
        ...{ step: this.step, time },
        uncovered_s: time.map((at) =>
          known(at) ? 0 : Math.min(HOUR, end - at) / 1000
        ),
        electricity_kwh: time.map((at) => (known(at) ? 1.5 : 0)),
      },
    });
    return Promise.resolve(() => Promise.resolve());
  };
}

const FIRST = Date.UTC(2026, 0, 1);
const file = (connection: MockConnection, start: number, end: number) =>
  hoursCsv(connection, pumpInfo(), { start, end }, false);

describe("a file of hours", () => {
  it("has each hour of the period once, asked for in pieces of hours", async () => {
    const connection = new Hours();
    const end = FIRST + 45 * DAY + HOUR / 2;
    const [head, ...rows] = await file(connection, FIRST, end);
    expect(connection.spans).toEqual([
      [FIRST + 15 * DAY + HOUR, FIRST + 45 * DAY + HOUR],
      [FIRST - 15 * DAY + HOUR, FIRST + 15 * DAY + HOUR],
    ]);
    expect(head).toEqual([
      ...["time", "uncovered [s]", "electricity [kWh]", "outdoor_temp [°C]"],
    ]);
    expect(rows).toHaveLength(45 * 24 + 1);
    expect(rows[24]).toEqual(["2026-01-02T00:00:00Z", 0, 1.5, -3]);
    expect(new Set(rows.map(([time]) => time)).size).toBe(rows.length);
  });

  it("says nothing of an hour of which nothing is known", async () => {
    const [, first] = await file(new Hours(), FIRST, FIRST + 2 * DAY);
    expect(first).toEqual(["2026-01-01T00:00:00Z", 3600, null, null]);
  });

  it("says nothing of the hour that is running where nothing of it is known", async () => {
    const until = FIRST + 2 * DAY + HOUR / 4;
    const running = async (known: (at: number) => boolean) => {
      const connection = Object.assign(new Hours(), { until, known });
      return (await file(connection, FIRST, until)).at(-1);
    };
    expect(await running((at) => at < FIRST + 2 * DAY)).toEqual([
      ...["2026-01-03T00:00:00Z", 900, null, null],
    ]);
    expect(await running(() => true)).toEqual([
      "2026-01-03T00:00:00Z",
      0,
      1.5,
      -3,
    ]);
  });

  it("is none where the rows are no hours", async () => {
    const connection = Object.assign(new Hours(), { step: 900 });
    await expect(file(connection, FIRST, FIRST + DAY)).rejects.toThrow("900");
  });
});
