/** The look of the bar of periods, in one row or two. */
import { css } from "lit";

export const historyBarStyles = css`
  :host {
    container-type: inline-size;
    border-bottom: 1px solid var(--hp-divider);
    background: linear-gradient(var(--hp-card), var(--hp-card))
      var(--hp-overlay);
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 4px 8px;
    min-height: 55px;
    padding: 0 calc(12px + var(--safe-area-content-inset-right, 0px)) 0
      calc(12px + var(--safe-area-content-inset-left, 0px));
  }
  @media print {
    .round,
    .today,
    .chips,
    svg {
      display: none !important;
    }
  }
  .period {
    position: relative;
    display: flex;
    align-items: center;
    gap: 4px;
    min-width: 0;
    touch-action: pan-y;
  }
  .name {
    display: flex;
    align-items: baseline;
    gap: 8px;
    min-width: 0;
    min-height: 40px;
    padding: 0 8px;
    border-radius: 8px;
    line-height: 40px;
    white-space: nowrap;
  }
  h2 {
    font-size: var(--ha-font-size-xl, 20px);
    font-weight: 500;
  }
  .name > span {
    overflow: hidden;
    color: var(--hp-secondary-text);
    text-overflow: ellipsis;
  }
  .name svg {
    align-self: center;
  }
  button.name:hover {
    background: color-mix(in srgb, var(--hp-text) 5%, transparent);
  }
  .popover {
    width: 320px;
    padding: 12px 16px;
  }
  /* As high as a month of five weeks, so that the window does not grow. */
  hp-date-range:not(:defined) {
    display: block;
    height: 280px;
  }
  .today,
  .chips,
  .compare {
    display: flex;
    align-items: center;
    height: 36px;
    border-radius: 18px;
    background: color-mix(in srgb, var(--hp-text) 6%, transparent);
  }
  .today {
    gap: 8px;
    padding: 0 16px 0 12px;
    font-weight: 500;
  }
  .chips {
    gap: 2px;
    margin: 0 auto;
    padding: 2px;
  }
  .chips button {
    height: 32px;
    padding: 0 14px;
    border-radius: 16px;
    color: color-mix(in srgb, currentColor 80%, transparent);
  }
  .chips button:hover {
    color: inherit;
  }
  .chips [aria-pressed="true"] {
    background: var(--hp-overlay);
    box-shadow: 0 0 0 1px var(--hp-divider);
    color: var(--hp-compressor-text);
    font-weight: 500;
  }
  .compare {
    position: relative;
    gap: 8px;
    min-width: 0;
    padding: 0 36px 0 12px;
    white-space: nowrap;
  }
  .compare b {
    overflow: hidden;
    font-weight: 500;
    text-overflow: ellipsis;
  }
  .compare label {
    color: var(--hp-secondary-text);
  }
  .compare select {
    position: absolute;
    inset: 0;
    width: 100%;
    border: none;
    border-radius: 18px;
    opacity: 0;
    cursor: pointer;
  }
  .compare:has(:focus-visible) {
    outline: 2px solid var(--hp-compressor-text);
    outline-offset: 2px;
  }
  .compare option {
    background: var(--hp-overlay);
    color: var(--hp-text);
  }
  .compare svg.icon {
    position: absolute;
    right: 10px;
    pointer-events: none;
  }
  .ghosts {
    display: flex;
    gap: 3px;
  }
  .ghosts i {
    width: 10px;
    height: 12px;
    border: 1px solid color-mix(in srgb, var(--c) 70%, transparent);
    border-radius: 2px;
    background: color-mix(in srgb, var(--c) 18%, transparent);
  }
  @media (pointer: coarse) {
    .chips,
    .today,
    .compare {
      height: 44px;
      border-radius: 22px;
    }
    .chips button {
      height: 40px;
      border-radius: 20px;
    }
  }
  @container (max-width: 1099px) {
    .bar {
      flex-wrap: wrap;
      padding-block: 6px;
    }
    .chips {
      order: 1;
      margin: 0;
    }
    .compare {
      order: 2;
    }
    .period {
      flex: 1 0 auto;
    }
  }
  @container (max-width: 699px) {
    .bar {
      padding-inline: 4px;
    }
    .period {
      flex: 1 1 100%;
    }
    .name {
      flex: 1;
      justify-content: center;
    }
    h2 {
      font-size: var(--ha-font-size-l, 16px);
    }
    .today {
      display: none;
    }
    .chips {
      flex: 1 1 100%;
      background: none;
    }
    .chips button {
      flex: 1;
      padding: 0;
    }
    .compare {
      flex: 1 1 100%;
      margin: 0 4px;
    }
  }
`;
