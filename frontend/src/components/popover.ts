/** Small windows above the page that open at a button and close by a click beside them. */

const MARGIN = 8;
/** px; a button with nothing but a symbol is no wider. */
const SMALL = 64;

/**
 * Shows `popover` below `anchor`, above it where there is no room below: their left edges agree
 * unless that leaves the screen, of a small button the right ones.
 */
export const openPopover = (popover: HTMLElement, anchor: Element): void => {
  if ("showPopover" in popover) popover.showPopover();
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const edge = at.width < SMALL ? at.right - width : at.left;
  const left = Math.min(edge, innerWidth - width - MARGIN);
  const below = at.bottom + height + MARGIN <= innerHeight;
  const top = below ? at.bottom : at.top - height;
  popover.style.left = `${Math.max(MARGIN, left)}px`;
  popover.style.top = `${Math.max(MARGIN, top)}px`;
};
