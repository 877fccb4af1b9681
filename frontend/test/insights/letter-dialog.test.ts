import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../../src/insights/letter-dialog.js";
import type { LetterDialog } from "../../src/insights/letter-dialog.js";
import type { Insight } from "../../src/insights/types.js";
import { draw, find, look, words } from "../components/fixture.js";
import { MockConnection, mockHass } from "../ha/mock-hass.js";
import { NOW, info, insightOf } from "./fixture.js";

const COMMON = "component.heatpump_dashboard.common.letter_";
const RESOURCES = {
  [`${COMMON}title`]: "{name}: the week",
  [`${COMMON}verdict_watch`]: "Worth a look: {checks}.",
  [`${COMMON}check_ground`]: "the flow of brine",
  [`${COMMON}used_cost`]: "It used {kwh} kWh, for {cost} {currency}.",
  [`${COMMON}heater`]: "The heater took {kwh} kWh, mostly {cause}.",
  [`${COMMON}cause_hygiene`]: "to heat the tank",
};

const LETTER = insightOf("letter", {
  ...{ code: "letter", from: NOW - 7 * 86_400_000, to: NOW },
  params: {
    sentences: [
      { code: "verdict_watch", params: { checks: ["ground"] } },
      { code: "used_cost", params: { kwh: 203.44, cost: 305.4 } },
      { code: "heater", params: { kwh: 3.42, cause: "hygiene" } },
    ],
  } as never,
});

let connection: MockConnection;
let letter: LetterDialog;

const open = async (insight: Insight | null) => {
  const hass = mockHass(connection);
  letter = await draw("hp-letter-dialog", { hass, look, info, insight });
  await vi.advanceTimersByTimeAsync(0);
  await letter.updateComplete;
};

const current = () => find(letter, "dialog").dataset.state;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  connection = new MockConnection();
  connection.answer = () => Promise.resolve({ resources: RESOURCES });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("hp-letter-dialog", () => {
  it("says the letter in Home Assistant's words", async () => {
    await open(LETTER);
    expect(current()).toBe("ready");
    const said = words(letter);
    expect(said).toContain(`${info.name}: the week`);
    expect(said).toContain("Worth a look: the flow of brine.");
    expect(said).toMatch(/It used 203 kWh, for .*305/);
    expect(said).toContain("The heater took 3.4 kWh, mostly to heat the tank.");
  });

  it.each([
    ["unknown", insightOf("letter", { state: "unknown", code: "not_yet" })],
    ["learning", insightOf("letter", { state: "learning", code: "days" })],
    ["unknown", null],
  ])("says that there is no letter yet: %s", async (state, insight) => {
    await open(insight);
    expect(current()).toBe(state);
    expect(words(letter)).toContain("There is no letter yet.");
  });

  it("asks for its words again where they did not come", async () => {
    connection.answer = () => Promise.reject(new Error());
    await open(LETTER);
    expect(current()).toBe("error");
    connection.answer = () => Promise.resolve({ resources: RESOURCES });
    await vi.advanceTimersByTimeAsync(10_000);
    await letter.updateComplete;
    expect(current()).toBe("ready");
    expect(connection.asked).toHaveLength(2);
  });

  it("asks no more when it is gone", async () => {
    connection.answer = () => Promise.reject(new Error());
    await open(LETTER);
    letter.remove();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.asked).toHaveLength(1);
  });
});
