import { beforeEach, describe, expect, it } from "vitest";
import { InsightsSource } from "../../src/insights/insights-source.js";
import { MockConnection } from "../ha/mock-hass.js";
import { answersOf } from "./fixture.js";

let now = 1_000_000;
let connection: MockConnection;
let source: InsightsSource;
let time = 1;
let fails = false;
let failure = new Error("away");

beforeEach(() => {
  now = 1_000_000;
  [time, fails, failure] = [1, false, new Error("away")];
  connection = new MockConnection();
  connection.answer = () => {
    const { type } = connection.asked.at(-1) ?? { type: "" };
    if (type.endsWith("/insights"))
      return Promise.resolve({ ...answersOf(), time });
    return fails
      ? Promise.reject(failure)
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

  it("keeps why something did not come by heat pump and by question", async () => {
    await Promise.all([source.ask("p"), source.ask("q")]);
    fails = true;
    await source.explain("p", ["house"]);
    expect(source.error("p", "house")?.message).toBe("away");
    expect(source.error("p")).toBeNull();
    expect(source.error("q", "house")).toBeNull();
    fails = false;
    await source.explain("p", ["cop"]);
    expect(source.error("p", "cop")).toBeNull();
    expect(source.error("p", "house")).not.toBeNull();
    source.forget("p");
    expect(source.error("p", "house")).toBeNull();
    expect([source.answers("p"), source.answers("q")]).toEqual([
      null,
      expect.anything(),
    ]);
  });

  it("asks what was refused again only where there are other answers", async () => {
    [fails, failure] = [
      true,
      Object.assign(new Error(), { code: "invalid_range" }),
    ];
    await source.ask("p");
    await source.explain("p", ["house"]);
    const asked = connection.asked.length;
    now += 50_000;
    await source.explain("p", ["house"]);
    expect(connection.asked).toHaveLength(asked);
    expect(source.error("p", "house")?.retryAt).toBeNull();
    [fails, time, now] = [false, 2, now + 61_000];
    await source.ask("p");
    await source.explain("p", ["house"]);
    expect(source.error("p", "house")).toBeNull();
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
