/** Small windows above the page that open at a button and close by a click beside them. */
import type { LitElement, ReactiveController } from "lit";

const MARGIN = 8;
/** px; a button with nothing but a symbol is no wider. */
const SMALL = 64;

/** px; less than this is no room to read in. */
const LEAST_ROOM = 160;

/**
 * Shows `popover` below `anchor`, above it where there is more room; it never covers it and scrolls where
 * there is too little. Their left edges agree unless that leaves the screen, of a small button the
 * right ones.
 */
export const openPopover = (popover: HTMLElement, anchor: Element): void => {
  if ("showPopover" in popover) popover.showPopover();
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const edge = at.width < SMALL ? at.right - width : at.left;
  const left = Math.min(edge, innerWidth - width - MARGIN);
  const [above, below] = [at.top - MARGIN, innerHeight - at.bottom - MARGIN];
  const isBelow = height <= below || below >= above;
  const room = Math.max(LEAST_ROOM, isBelow ? below : above);
  const top = isBelow ? at.bottom : at.top - Math.min(height, room);
  popover.style.maxHeight = `${room}px`;
  popover.style.left = `${Math.max(MARGIN, left)}px`;
  popover.style.top = `${Math.max(MARGIN, top)}px`;
};

/** The popover of a host, its element with class `popover`: open or not, and what closes it. */
export class Popover implements ReactiveController {
  open = false;
  /** px; where the opener was when it opened. */
  private openedAt = 0;

  /** `onShow` puts the focus where it belongs when the popover was opened by its button. */
  constructor(
    private readonly host: LitElement,
    private readonly opener: () => HTMLElement,
    private readonly onShow: (element: HTMLElement) => void = () => undefined,
    private readonly onClose: () => void = () => undefined
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.close();
  }

  private get element(): HTMLElement | null {
    return this.host.renderRoot.querySelector(".popover");
  }

  /** Opens it beside its opener; gives back its element, null where it closed meanwhile. */
  async show(): Promise<HTMLElement | null> {
    this.open = true;
    this.host.requestUpdate();
    await this.host.updateComplete;
    const { element } = this;
    // Its page may have been left meanwhile, or before a timer was up.
    if (!element?.isConnected) {
      this.open = false;
      this.host.requestUpdate();
      return null;
    }
    openPopover(element, this.opener());
    this.openedAt = this.opener().getBoundingClientRect().top;
    window.addEventListener("scroll", this.scrolled);
    // It lies over every sheet.
    window.addEventListener("beforeprint", this.close);
    return element;
  }

  readonly toggle = async (): Promise<void> => {
    if (this.open) {
      this.close();
      return;
    }
    const element = await this.show();
    if (element) this.onShow(element);
  };

  readonly openByKey = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowDown" || this.open) return;
    event.preventDefault();
    void this.toggle();
  };

  /** Of the popover's element. */
  readonly closeByEscape = ({ key }: KeyboardEvent): void => {
    if (key === "Escape") this.close();
  };

  /** It does not go along when the page is scrolled below it; what is told late moved it before. */
  private readonly scrolled = (): void => {
    const { top } = this.opener().getBoundingClientRect();
    if (Math.abs(top - this.openedAt) > 1) this.close();
  };

  readonly close = (): void => {
    window.removeEventListener("scroll", this.scrolled);
    window.removeEventListener("beforeprint", this.close);
    if (!this.open) return;
    const { activeElement = null } = this.host.shadowRoot ?? {};
    if (this.element?.contains(activeElement)) {
      this.opener().focus({ preventScroll: true });
    }
    this.open = false;
    this.onClose();
    this.host.requestUpdate();
  };

  /** The browser closes it by Escape and by a click elsewhere. */
  readonly toggled = (event: Event): void => {
    if ((event as ToggleEvent).newState === "closed") this.close();
  };
}
