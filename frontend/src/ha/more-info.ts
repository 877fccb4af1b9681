/** Opens Home Assistant's dialog with an entity's details. */
export const moreInfo = (element: HTMLElement, entityId: string): void => {
  element.dispatchEvent(
    new CustomEvent("hass-more-info", {
      detail: { entityId },
      bubbles: true,
      composed: true,
    })
  );
};
