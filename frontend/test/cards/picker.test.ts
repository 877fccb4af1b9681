import { beforeEach, describe, expect, it } from "vitest";
import { announce } from "../../src/cards/picker.js";
import { english } from "../i18n/english.js";
import { MockConnection, mockHass } from "../ha/mock-hass.js";

const hass = mockHass(new MockConnection(), {
  entities: {
    "sensor.villa_cop": { platform: "heatpump_dashboard" },
    "sensor.villa_hot_water_temperature": { platform: "heatpump_dashboard" },
    "sensor.other_cop": { platform: "template" },
  },
});

const suggested = (entity: string) =>
  (window.customCards ?? []).flatMap(
    (card) => card.getEntitySuggestion(hass, entity)?.config ?? []
  );

beforeEach(() => {
  delete window.customCards;
  delete window.customStrategies;
});

describe("the pickers of Home Assistant", () => {
  it("list every card once, and the dashboard", () => {
    announce(english);
    announce(english);
    expect(window.customCards?.map(({ type }) => type)).toEqual([
      "heatpump-dashboard-kpi-card",
      "heatpump-dashboard-schematic-card",
      "heatpump-dashboard-status-card",
      "heatpump-dashboard-view-card",
    ]);
    expect(window.customStrategies).toMatchObject([
      { type: "heatpump-dashboard", strategyType: "dashboard" },
    ]);
    for (const { name, description, preview } of window.customCards ?? []) {
      expect(name).not.toContain("cards.");
      expect(description).not.toContain("cards.");
      expect(preview).toBe(true);
    }
  });

  it("leave the cards of others where they are", () => {
    window.customCards = [{ type: "other" } as never];
    announce(english);
    expect(window.customCards).toHaveLength(5);
  });

  it("suggest cards for our entities, with the chart that shows them", () => {
    announce(english);
    expect(suggested("sensor.villa_cop")).toContainEqual({
      type: "custom:heatpump-dashboard-view-card",
      view: "cop",
    });
    expect(suggested("sensor.villa_hot_water_temperature")).toContainEqual({
      type: "custom:heatpump-dashboard-view-card",
      view: "valve",
    });
  });

  it("suggest nothing for the entities of others", () => {
    announce(english);
    expect(suggested("sensor.other_cop")).toEqual([]);
    expect(suggested("sensor.unknown")).toEqual([]);
  });
});
