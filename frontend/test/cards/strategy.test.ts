import { describe, expect, it, vi } from "vitest";
import { checked } from "../../src/cards/config.js";
import type { CardKind } from "../../src/cards/config.js";
import {
  dashboardOf,
  HeatPumpDashboardStrategy,
} from "../../src/cards/strategy.js";
import { info, pumpInfo } from "../fixtures/heat-pump.js";
import { MockConnection, mockHass } from "../ha/mock-hass.js";
import { english } from "../i18n/english.js";

const cardsOf = (dashboard: ReturnType<typeof dashboardOf>) =>
  dashboard.views.flatMap((view) =>
    "sections" in view ? view.sections.flatMap(({ cards }) => cards) : []
  );

describe("the dashboard made of the cards", () => {
  it("has a view for every heat pump, with addresses of their own", () => {
    const two = info(pumpInfo(), pumpInfo({ id: "Pump 2", name: "IVT" }));
    const { views } = dashboardOf(two, undefined, english);
    expect(views.map(({ title }) => title)).toEqual([pumpInfo().name, "IVT"]);
    expect(views).toMatchObject([{ path: "pump-1" }, { path: "pump-2" }]);
  });

  it("holds configurations that its cards accept", () => {
    const cards = cardsOf(dashboardOf(info(pumpInfo()), "7d", english));
    expect(cards.length).toBe(14);
    for (const card of cards) {
      const [, kind = ""] =
        /^custom:heatpump-dashboard-(\w+)-card$/.exec(card.type) ?? [];
      checked(kind as CardKind, card, english);
      expect(card.pump).toBe("pump-1");
    }
  });

  it("leaves out the charts a heat pump has no readings for", () => {
    const views = { ...pumpInfo().views, power: { available: false } };
    const cards = cardsOf(
      dashboardOf(info(pumpInfo({ views })), undefined, english)
    );
    const shown = cards.map(({ view }) => view);
    expect(shown).toContain("cop");
    expect(shown).toContain("events");
    expect(shown).not.toContain("power");
  });

  it.each([
    ["all charts", pumpInfo().views],
    ["one chart less", { ...pumpInfo().views, power: { available: false } }],
  ])("leaves no hole in its two columns, with %s", (_, views) => {
    const [view] = dashboardOf(
      info(pumpInfo({ views })),
      undefined,
      english
    ).views;
    const { sections } = view as { sections: { column_span?: number }[] };
    let filled = 0;
    for (const { column_span: span = 1 } of sections) {
      expect(filled + span, "a wide section begins a row").toBeLessThan(3);
      filled = (filled + span) % 2;
    }
    expect(filled).toBe(0);
  });

  it.each([
    ["all charts", pumpInfo().views],
    ["one chart less", { ...pumpInfo().views, power: { available: false } }],
    [
      "hardly any",
      Object.fromEntries(
        Object.keys(pumpInfo().views).map((key) => [key, { available: false }])
      ) as ReturnType<typeof pumpInfo>["views"],
    ],
  ])("lets what stands side by side end together, with %s", (_, views) => {
    const [view] = dashboardOf(
      info(pumpInfo({ views })),
      undefined,
      english
    ).views;
    interface Sized {
      grid_options: { rows?: number };
    }
    const { sections } = view as unknown as {
      sections: { column_span?: number; cards: Sized[] }[];
    };
    const tall = sections
      .filter(({ column_span: span = 1 }) => span === 1)
      .map(({ cards }) =>
        cards.reduce(
          (all, { grid_options: { rows = NaN } }) => all + 64 * rows,
          0
        )
      );
    expect(tall.length % 2).toBe(0);
    for (let i = 0; i < tall.length; i += 2) expect(tall[i]).toBe(tall[i + 1]);
  });

  it("says so where there is no heat pump", () => {
    const { views } = dashboardOf({ pumps: [] }, undefined, english);
    expect(views).toMatchObject([{ title: "No heat pump yet" }]);
  });

  it("is made of what Home Assistant knows when it is opened", async () => {
    const connection = new MockConnection();
    connection.answer = () => Promise.resolve(info(pumpInfo()));
    const hass = mockHass(connection);
    const made = await HeatPumpDashboardStrategy.generate(
      { range: "nonsense" },
      hass
    );
    expect(made.views).toHaveLength(1);
    expect(cardsOf(made).every(({ range }) => range === undefined)).toBe(true);
  });

  it("waits while Home Assistant starts, and says at last why it cannot be made", async () => {
    vi.useFakeTimers();
    const connection = new MockConnection();
    const refused = { code: "unknown_command", message: "Unknown command." };
    // Home Assistant refuses with what is no Error.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    connection.answer = () => Promise.reject(refused);
    const made = HeatPumpDashboardStrategy.generate({}, mockHass(connection));
    await vi.advanceTimersByTimeAsync(10_000);
    connection.answer = () => Promise.resolve(info(pumpInfo()));
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await made).views).toHaveLength(1);
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    connection.answer = () => Promise.reject(refused);
    const failed = HeatPumpDashboardStrategy.generate({}, mockHass(connection));
    const refusal = expect(failed).rejects.toThrow("Unknown command.");
    await vi.advanceTimersByTimeAsync(400_000);
    await refusal;
    vi.useRealTimers();
  });

  it("suggests neither the name nor the icon of the panel", async () => {
    const hass = mockHass(new MockConnection());
    for (const [language, panel] of [
      ["en", "Heat pump"],
      ["sv", "Värmepump"],
    ] as const) {
      const home = { ...hass, locale: { ...hass.locale, language } };
      const { title, icon } =
        await HeatPumpDashboardStrategy.getCreateSuggestions(home);
      expect(title).toContain(panel);
      expect(title).not.toBe(panel);
      expect(icon).toBe("mdi:heat-pump-outline");
    }
  });
});
