import { afterEach, beforeEach, expect, it, vi } from "vitest";
import "../../src/history/history-page.js";
import "../../src/history/history-part.js";
import "../../src/insights/insight-part.js";
import "../../src/insights/insights-page.js";
import { createTextWith } from "../../src/i18n/languages.js";
import { find, findAll, look, words } from "./fixture.js";
import { pumpInfo } from "../fixtures/heat-pump.js";
import { MockConnection, mockHass } from "../ha/mock-hass.js";

vi.mock("../../src/i18n/languages.js", { spy: true });

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.resetAllMocks();
});

it.each([
  "hp-history-page",
  "hp-insights-page",
  "hp-history-part",
  "hp-insight-part",
] as const)("%s asks again for texts that did not come", async (tag) => {
  vi.mocked(createTextWith).mockRejectedValueOnce(new TypeError("away"));
  const connection = new MockConnection();
  connection.answer = () => new Promise(() => undefined);
  const host = Object.assign(document.createElement(tag), {
    ...{ hass: mockHass(connection), look, info: pumpInfo(), parts: [] },
  });
  const settle = async () => {
    for (let i = 0; i < 6; i += 1) {
      await vi.advanceTimersByTimeAsync(0);
      await host.updateComplete;
    }
  };
  document.body.append(host);
  await host.updateComplete;
  expect(findAll(host, ".bone")).toHaveLength(1);
  await settle();
  expect(words(find(find(host, "hp-notice"), "p"))).toMatch(/again in [45] s/);
  host.remove();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(createTextWith).toHaveBeenCalledOnce();
  vi.mocked(createTextWith).mockRejectedValueOnce(new TypeError("away"));
  document.body.append(host);
  await settle();
  expect(createTextWith).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(5_000);
  await settle();
  expect(createTextWith).toHaveBeenCalledTimes(3);
  expect(findAll(host, "hp-notice")).toEqual([]);
  expect(findAll(host, "*").length).toBeGreaterThan(1);
});
