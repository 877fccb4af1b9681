/** Elements on a page, with everything they need to be drawn. */
import type { LitElement } from "lit";
import type { Look } from "../../src/components/context.js";
import { lookOf } from "../../src/components/look.js";
import { english } from "../i18n/english.js";
import { buildTheme } from "../../src/theme/tokens.js";

/** For what is imported when it is needed; a busy machine is slow. */
export const PATIENT = { timeout: 60_000 };

const locale = {
  language: "en",
  number_format: "language",
  time_format: "24",
  date_format: "DMY",
  time_zone: "server",
  first_weekday: "monday",
};

export const look: Look = lookOf(
  {
    locale,
    config: {
      time_zone: "Europe/Stockholm",
      unit_system: { temperature: "°C" },
    },
  },
  buildTheme(false, () => "", "Roboto"),
  english
);

/** A new element with `properties`, connected and drawn. */
export const draw = async <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>
): Promise<HTMLElementTagNameMap[Name]> => {
  const element = Object.assign(document.createElement(name), properties);
  document.body.append(element);
  await (element as unknown as LitElement).updateComplete;
  return element;
};

/** What is inside, as the user reads it. */
export const words = (element: Element | null | undefined): string => {
  const root = element?.shadowRoot ?? element;
  const copy = root?.cloneNode(true) as ParentNode | undefined;
  copy?.querySelectorAll("style").forEach((style) => {
    style.remove();
  });
  return (copy?.textContent ?? "").replace(/[^\S\u2009\u00a0]+/g, " ").trim();
};

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as querySelector has it
export const find = <Found extends HTMLElement = HTMLElement>(
  element: Element,
  selector: string
): Found => {
  const found = element.shadowRoot?.querySelector<Found>(selector);
  if (!found) throw new Error(`No ${selector} in ${element.localName}`);
  return found;
};

export const findAll = (element: Element, selector: string): HTMLElement[] => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];
