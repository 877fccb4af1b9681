import { beforeEach, describe, expect, it } from "vitest";
import translations from "../../../custom_components/heatpump_dashboard/translations/en.json" with { type: "json" };
import { announce } from "../../src/cards/picker.js";
import { english } from "../i18n/english.js";
import { MockConnection, mockHass } from "../ha/mock-hass.js";

/** Their ids are of another language: only the keys of their names tell what they are. */
const ours = (translation_key: string) => ({
  platform: "heatpump_dashboard",
  translation_key,
  device_id: "device-1",
});
const hass = mockHass(new MockConnection(), {
  entities: {
    "sensor.villa_varmefaktor": ours("cop"),
    "sensor.villa_varmvattentemperatur": ours("hot_water_temp"),
    "binary_sensor.villa_larm": ours("alarm"),
    "sensor.villa_omdome": ours("verdict"),
    "sensor.villa_framtid": ours("something_new"),
    "sensor.other_cop": { platform: "template", translation_key: "cop" },
  },
  devices: {
    "device-1": { config_entries_subentries: { entry: [null, "pump-1"] } },
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
      "heatpump-dashboard-history-card",
      "heatpump-dashboard-insight-card",
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
    expect(window.customCards).toHaveLength(7);
  });

  it("suggest cards for our entities, of their heat pump, with what shows them", () => {
    announce(english);
    const pump = "pump-1";
    expect(suggested("sensor.villa_varmefaktor")).toEqual([
      { type: "custom:heatpump-dashboard-kpi-card", pump, figures: ["cop"] },
      { type: "custom:heatpump-dashboard-view-card", pump, view: "cop" },
    ]);
    expect(suggested("sensor.villa_varmvattentemperatur")).toEqual([
      {
        type: "custom:heatpump-dashboard-kpi-card",
        pump,
        figures: ["temperatures"],
      },
      { type: "custom:heatpump-dashboard-schematic-card", pump },
      { type: "custom:heatpump-dashboard-view-card", pump, view: "valve" },
    ]);
    expect(suggested("binary_sensor.villa_larm")).toEqual([
      { type: "custom:heatpump-dashboard-status-card", pump },
      { type: "custom:heatpump-dashboard-view-card", pump, view: "events" },
    ]);
    expect(suggested("sensor.villa_omdome")).toContainEqual({
      type: "custom:heatpump-dashboard-insight-card",
      ...{ pump, insight: "verdict" },
    });
  });

  it("know all entities of the integration by the keys of their names", () => {
    announce(english);
    const { entity } = translations;
    const keys = Object.values(entity).flatMap((names) => Object.keys(names));
    const unknown = keys.filter((key) => {
      const one = { ...hass, entities: { "sensor.x": ours(key) } };
      return !window.customCards?.some(
        (card) => card.getEntitySuggestion(one, "sensor.x") !== null
      );
    });
    expect(unknown).toEqual(["degree_minutes"]);
  });

  it("suggest nothing for the entities of others", () => {
    announce(english);
    expect(suggested("sensor.other_cop")).toEqual([]);
    expect(suggested("sensor.unknown")).toEqual([]);
    expect(suggested("sensor.villa_framtid")).toEqual([]);
  });
});
