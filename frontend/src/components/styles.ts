/** What all elements share: type, focus, the look of a card, quiet buttons. */
import { css } from "lit";

export const baseStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    color: var(--hp-text);
    font-family: var(--hp-font);
    font-size: var(--ha-font-size-m, 14px);
    line-height: 20px;
    font-variant-numeric: tabular-nums;
    -webkit-font-smoothing: antialiased;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p {
    margin: 0;
  }
  button,
  select {
    margin: 0;
    font: inherit;
    color: inherit;
  }
  button {
    padding: 0;
    border: none;
    background: none;
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--hp-compressor-text);
    outline-offset: 2px;
  }
  svg.icon {
    flex: none;
    width: 20px;
    height: 20px;
    fill: currentColor;
  }
  .no-data {
    background: repeating-linear-gradient(
      -45deg,
      var(--hp-no-data) 0 1.5px,
      transparent 1.5px 5.66px
    );
  }
`;

export const cardStyles = css`
  :host {
    overflow: hidden;
    background: var(--hp-card);
    border: var(--ha-card-border-width, 1px) solid
      var(--ha-card-border-color, var(--hp-divider));
    border-radius: var(--ha-card-border-radius, 12px);
  }
`;

export const buttonStyles = css`
  .action {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-height: 36px;
    padding: 0 16px;
    border-radius: 18px;
    color: var(--hp-compressor-text);
    background: color-mix(in srgb, var(--hp-compressor) 14%, transparent);
    font-weight: 500;
  }
  .action:hover {
    background: color-mix(in srgb, var(--hp-compressor) 22%, transparent);
  }
  @media (pointer: coarse) {
    .action {
      min-height: 44px;
      border-radius: 22px;
    }
  }
`;

/** A round button that holds an icon only. */
export const roundButtonStyles = css`
  .round {
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    border-radius: 50%;
  }
  .round:hover {
    background: color-mix(in srgb, currentColor 8%, transparent);
  }
  /* One that leads nowhere keeps the focus that it has. */
  .round[aria-disabled="true"] {
    background: none;
    cursor: default;
    opacity: 0.38;
  }
  @media (pointer: coarse) {
    .round {
      width: 44px;
      height: 44px;
    }
  }
`;

/** What `openPopover` opens: over everything, so that no card cuts it off. */
export const popoverStyles = css`
  .popover {
    position: fixed;
    inset: auto;
    z-index: 9;
    overflow: auto;
    max-width: calc(100vw - 16px);
    max-height: calc(100vh - 16px);
    margin: 0;
    border: 1px solid var(--hp-divider);
    border-radius: 12px;
    background: var(--hp-overlay);
    color: var(--hp-text);
    box-shadow: 0 4px 16px rgb(0 0 0 / 20%);
  }
`;

/** How far something is that takes minutes. */
export const progressStyles = css`
  progress {
    width: 120px;
    height: 4px;
    border: none;
    border-radius: 2px;
    overflow: hidden;
    appearance: none;
    background: color-mix(in srgb, var(--hp-text) 12%, transparent);
  }
  progress::-webkit-progress-bar {
    background: none;
  }
  progress::-webkit-progress-value {
    background: var(--hp-compressor);
  }
  progress::-moz-progress-bar {
    background: var(--hp-compressor);
  }
`;

/** What a page says of its figures, below all of them. */
export const footerStyles = css`
  footer {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    padding: 0 4px;
    color: var(--hp-secondary-text);
    font-size: var(--ha-font-size-s, 12px);
    line-height: 16px;
  }
`;

/** For those who do not see it. */
export const heardStyles = css`
  .heard {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
