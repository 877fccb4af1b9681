/** Small windows above the page that open at a button and close by a click beside them. */

const MARGIN = 8;

/**
 * Shows `popover` below `anchor`, its right edge at the anchor's unless that leaves the screen;
 * above the anchor where there is no room below.
 */
export const openPopover = (popover: HTMLElement, anchor: Element): void => {
  if ("showPopover" in popover) popover.showPopover();
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const left = Math.min(at.right - width, innerWidth - width - MARGIN);
  const below = at.bottom + height + MARGIN <= innerHeight;
  const top = below ? at.bottom : at.top - height;
  popover.style.left = `${Math.max(MARGIN, left)}px`;
  popover.style.top = `${Math.max(MARGIN, top)}px`;
};
