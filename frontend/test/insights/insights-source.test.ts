import { beforeEach, describe, expect, it } from "vitest";
import { InsightsSource } from "../../src/insights/insights-source.js";
import { MockConnection } from "../ha/mock-hass.js";
import { answersOf } from "./fixture.js";

let now = 1_000_000;
let connection: MockConnection;
let source: InsightsSource;
let time = 1;
let fails = false;

beforeEach(() => {
  now = 1_000_000;
  [time, fails] = [1, false];
  connection = new MockConnection();
  connection.answer = () => {
    const { type } = connection.asked.at(-1) ?? { type: "" };
    if (type.endsWith("/insights"))
      return Promise.resolve({ ...answersOf(), time });
    return fails
      ? Promise.reject(new Error("away"))
      : Promise.resolve({
          insight: { id: "house", evidence: { days: [time] } },
        });
  };
  source = new InsightsSource(() => now);
  source.connect(connection);
});

const explained = () => source.evidence("p", "house")?.evidence;

describe("the source of the insights", () => {
  it("tells everyone who asks for the same that it came", async () => {
    const both = [source.ask("p"), source.ask("p")];
    expect(await Promise.all(both)).toEqual([true, true]);
    expect(connection.asked).toHaveLength(1);
  });

  it("asks again for evidence that failed, of newer answers", async () => {
    await source.ask("p");
    await source.explain("p", ["house"]);
    expect(explained()).toEqual({ days: [1] });
    [time, fails, now] = [2, true, now + 61_000];
    await source.ask("p");
    await source.explain("p", ["house"]);
    [fails, now] = [false, now + 11_000];
    expect(await source.explain("p", ["house"])).toBe(true);
    expect(explained()).toEqual({ days: [2] });
  });

  it("takes what was asked of older answers for no newer evidence", async () => {
    await source.ask("p");
    const older = source.explain("p", ["house"]);
    [time, now] = [2, now + 61_000];
    await source.ask("p");
    await source.explain("p", ["house"]);
    await older;
    await source.explain("p", ["house"]);
    expect(explained()).toEqual({ days: [2] });
  });
});
