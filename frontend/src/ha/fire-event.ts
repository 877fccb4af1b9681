/** Sends an event that Home Assistant and whatever is around `element` can hear. */
export const fireEvent = (
  element: EventTarget,
  type: string,
  detail: unknown = null
): void => {
  element.dispatchEvent(
    new CustomEvent(type, { detail, bubbles: true, composed: true })
  );
};
