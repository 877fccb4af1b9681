/** The look of the bar on top: Home Assistant's own bar, and a second line where it is narrow. */
import { css } from "lit";

export const appBarStyles = css`
  :host {
    padding-top: var(--safe-area-inset-top, 0px);
    /* The page scrolls below it: opaque, also where the theme's colour is not. */
    --bar: var(--app-header-background-color, var(--hp-card));
    background: linear-gradient(var(--bar), var(--bar)) var(--hp-overlay);
    color: var(--app-header-text-color, var(--hp-text));
    border-bottom: 1px solid var(--hp-divider);
  }
  header,
  .period {
    display: flex;
    align-items: center;
    column-gap: 8px;
    padding: 0 calc(12px + var(--safe-area-content-inset-right, 0px)) 0
      calc(12px + var(--safe-area-content-inset-left, 0px));
  }
  .menu,
  ha-menu-button {
    margin-left: -8px;
  }
  .menu {
    display: grid;
    place-items: center;
    width: 48px;
    height: 48px;
    border-radius: 50%;
  }
  .menu svg.icon {
    width: 24px;
    height: 24px;
  }
  h1 {
    margin: 0 8px 0 2px;
    font-size: var(--ha-font-size-xl, 20px);
    font-weight: 400;
    line-height: 28px;
    white-space: nowrap;
  }
  .pump {
    position: relative;
    display: flex;
    align-items: center;
    min-width: 0;
    height: 36px;
    border-radius: 18px;
    background: color-mix(in srgb, currentColor 6%, transparent);
    font-weight: 500;
  }
  .pump > * {
    overflow: hidden;
    min-width: 0;
    height: 36px;
    padding: 0 16px;
    border: none;
    border-radius: 18px;
    background: none;
    line-height: 36px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .pump select {
    padding-right: 36px;
    appearance: none;
    cursor: pointer;
  }
  .pump option {
    background: var(--hp-overlay);
    color: var(--hp-text);
  }
  .pump svg.icon {
    position: absolute;
    right: 10px;
    width: 20px;
    padding: 0;
    pointer-events: none;
  }
  .space {
    flex: 1 0 0px;
    /* With the line below it, the bar is as high as Home Assistant's. */
    height: 55px;
  }
  .period {
    flex-wrap: wrap;
    gap: 4px 8px;
    padding-block: 4px;
    border-top: 1px solid var(--hp-divider);
    font-weight: 500;
  }
  .period h2 {
    font: inherit;
  }
  .period .action {
    margin-left: auto;
  }
  hp-live-dot {
    margin: 0 4px 0 8px;
    color: color-mix(in srgb, currentColor 80%, transparent);
  }
  hp-menu {
    margin-right: -8px;
  }
  header > :not(.pump) {
    flex-shrink: 0;
  }
  @media (pointer: coarse) {
    .pump,
    .pump > * {
      height: 44px;
      border-radius: 22px;
      line-height: 44px;
    }
  }
  @container (max-width: 1099px) {
    hp-live-dot::part(words) {
      display: none;
    }
  }
  @container (max-width: 1299px) {
    h1.optional {
      position: absolute;
      overflow: hidden;
      width: 1px;
      height: 1px;
      clip-path: inset(50%);
    }
  }
  @container (max-width: 699px) {
    .refresh {
      display: none;
    }
    header {
      column-gap: 4px;
    }
  }
`;
