import { afterEach, expect, it } from "vitest";
import "../../src/components/legend.js";
import { draw, findAll } from "./fixture.js";

const item = (key: string) => ({
  key,
  name: key,
  color: "#cf4314",
  style: "solid" as const,
  value: "38°",
  hidden: false,
});

afterEach(() => {
  document.body.replaceChildren();
});

it("is one stop of the keyboard, with the arrows from entry to entry", async () => {
  const items = ["supply", "return", "outdoor"].map(item);
  const legend = await draw("hp-legend", { items, label: "Series" });
  const stops = () =>
    findAll(legend, "button")
      .filter(({ tabIndex }) => tabIndex === 0)
      .map(({ dataset }) => dataset.series);
  const press = async (key: string) => {
    const { activeElement } = legend.shadowRoot!;
    const event = new KeyboardEvent("keydown", {
      key,
      bubbles: true,
      cancelable: true,
    });
    activeElement!.dispatchEvent(event);
    await legend.updateComplete;
    const now = legend.shadowRoot!.activeElement as HTMLElement;
    return [now.dataset.series, ...stops()];
  };
  expect(stops()).toEqual(["supply"]);
  findAll(legend, "button")[0]!.focus();
  expect(await press("ArrowRight")).toEqual(["return", "return"]);
  expect(await press("End")).toEqual(["outdoor", "outdoor"]);
  expect(await press("ArrowDown")).toEqual(["supply", "supply"]);
  expect(await press("ArrowLeft")).toEqual(["outdoor", "outdoor"]);
  expect(await press("Home")).toEqual(["supply", "supply"]);
  await press("End");
  legend.items = items.slice(0, 2);
  await legend.updateComplete;
  expect(stops()).toEqual(["return"]);
});
