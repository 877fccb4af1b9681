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

  const stateOf = (line: HTMLElement) =>
    find(line, '[data-view="verdict"]').dataset.state;

  it.each(["unknown", "learning"] as const)(
    "says that nothing can be said yet while all is %s",
    async (state) => {
      answers = answersOf(verdictOf(state));
      const line = await draw();
      expect(line.hidden).toBe(false);
      expect(stateOf(line)).toBe(state);
      expect(words(line)).toMatch(/Nothing can be said yet .* of .* checks/);
    }
  );

  it("is not seen where nobody can say it", async () => {
    connection.answer = () => Promise.reject(new Error());
    const line = await draw();
    expect(line.hidden).toBe(true);
    expect(stateOf(line)).toBe("error");
  });

  it("keeps its place until it knows", async () => {
    connection.answer = () => new Promise(() => undefined);
    const line = await draw();
    expect(line.hidden).toBe(false);
    expect(stateOf(line)).toBe("loading");
    expect(words(line).trim()).toBe("");
  });
});
