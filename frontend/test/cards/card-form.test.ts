import {
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  vi,
} from "vitest";
import type { HeatPumpCard } from "../../src/cards/card.js";
import "../../src/cards/cards.js";
import { info, pumpInfo } from "../fixtures/heat-pump.js";
import { MockConnection, mockHass } from "../ha/mock-hass.js";

const NOW = Date.UTC(2026, 0, 22, 19, 42);
let connection: MockConnection;

beforeAll(() => customElements.whenDefined("heatpump-dashboard-view-card"));

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  connection = new MockConnection();
  connection.answer = () => Promise.resolve(info(pumpInfo()));
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("the form of a card", () => {
  type Form = typeof HeatPumpCard & {
    getConfigForm: () => Promise<{
      schema: { name: string; selector: { select: { options: object[] } } }[];
      computeLabel: (field: { name: string }) => string;
      assertConfig: (config: unknown) => void;
    }>;
    getStubConfig: () => object;
  };

  const elementOf = (kind: string) =>
    customElements.get(`heatpump-dashboard-${kind}-card`) as unknown as Form;

  const root = () => {
    const element = document.createElement("home-assistant");
    Object.assign(element, { hass: mockHass(connection) });
    document.body.append(element);
  };

  it("offers the heat pumps there are, and the ranges", async () => {
    root();
    const { schema, computeLabel } = await elementOf("view").getConfigForm();
    expect(schema.map(({ name }) => name)).toEqual([
      "pump",
      "range",
      "view",
      "title",
      "legend",
    ]);
    expect(schema[0]?.selector.select.options).toEqual([
      { value: "pump-1", label: pumpInfo().name },
    ]);
    expect(schema.map(computeLabel)).toEqual([
      "Heat pump",
      "Period",
      "Chart",
      "Title",
      "Show the legend",
    ]);
  });

  it("accepts what it begins with, and refuses what is wrong", async () => {
    for (const kind of ["kpi", "schematic", "status", "view", "insight"]) {
      const element = elementOf(kind);
      const { assertConfig } = await element.getConfigForm();
      assertConfig(element.getStubConfig());
      expect(() => {
        assertConfig({ view: "cop", pump: 1 });
      }).toThrow();
    }
  });
});
