import { fireEvent } from "./fire-event.js";

/** Opens Home Assistant's dialog with an entity's details. */
export const moreInfo = (element: HTMLElement, entityId: string): void => {
  fireEvent(element, "hass-more-info", { entityId });
};
