import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../../src/insights/verdict-line.js";
import type { Answers } from "../../src/insights/types.js";
import { find, look, words } from "../components/fixture.js";
import { MockConnection } from "../ha/mock-hass.js";
import { NOW, answersOf, info, verdictOf } from "./fixture.js";

let connection: MockConnection;
let answers: Answers;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  connection = new MockConnection();
  connection.answer = () => Promise.resolve(answers);
  answers = answersOf();
  history.replaceState(null, "", "/heatpump-dashboard/insights");
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("hp-verdict-line", () => {
  const draw = async () => {
    const line = Object.assign(document.createElement("hp-verdict-line"), {
      ...{ look, info, connection, address: "/heatpump-dashboard/insights" },
    });
    document.body.append(line);
    for (let i = 0; i < 3; i += 1) {
      await vi.advanceTimersByTimeAsync(0);
      await line.updateComplete;
    }
    return line;
  };

  it("says whether all is well, and leads to the insights", async () => {
    const line = await draw();
    expect(words(line)).toMatch(
      /One thing to look at Brine flow is 25.% below/
    );
    history.replaceState(null, "", "/heatpump-dashboard");
    find(line, "a").click();
    expect(location.pathname).toBe("/heatpump-dashboard/insights");
  });

  it("is not there where nothing can be said", async () => {
    answers = answersOf(verdictOf("unknown"));
    expect((await draw()).hidden).toBe(true);
    connection = new MockConnection();
    connection.answer = () => Promise.reject(new Error());
    expect((await draw()).hidden).toBe(true);
  });

  it("keeps its place until it knows", async () => {
    connection.answer = () => new Promise(() => undefined);
    expect((await draw()).hidden).toBe(false);
  });
});
