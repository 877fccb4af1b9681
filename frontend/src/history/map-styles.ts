/** The look of the calendar of days and of its scale. */
import { css } from "lit";

export const mapStyles = css`
  .plot {
    position: relative;
    margin: 4px 16px 0;
    border-radius: 4px;
  }
  svg {
    display: block;
    width: 100%;
  }
  text {
    fill: var(--hp-secondary-text);
    font-size: 12px;
  }
  text.strong {
    fill: var(--hp-text);
    font-weight: 500;
  }
  .cell {
    cursor: pointer;
  }
  .future {
    fill: none;
    stroke: var(--hp-divider);
    cursor: default;
  }
  /* It was read, and of this nothing is known. */
  .blank {
    fill: transparent;
    stroke: var(--hp-divider);
  }
  .unread {
    fill: color-mix(in srgb, var(--hp-text) 8%, transparent);
  }
  .none {
    fill: url(#gap);
    stroke: var(--hp-divider);
  }
  .partly {
    fill: url(#gap);
    pointer-events: none;
  }
  .at {
    fill: none;
    stroke: var(--hp-text);
    stroke-width: 1.5px;
    pointer-events: none;
  }
  .ring {
    fill: none;
    stroke: var(--hp-text);
    stroke-width: 1.5px;
    pointer-events: none;
  }
  .ring.lit {
    stroke-width: 3px;
  }
  .badge {
    fill: var(--hp-text);
    pointer-events: none;
  }
  text.number {
    fill: var(--hp-overlay);
    font-size: 10px;
    font-weight: 500;
    text-anchor: middle;
    pointer-events: none;
  }
  .edge {
    fill: none;
    stroke: color-mix(in srgb, var(--hp-secondary-text) 55%, transparent);
  }
  .scale {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 3px;
    padding: 8px 16px 14px;
    color: var(--hp-secondary-text);
    font-size: var(--ha-font-size-s, 12px);
    line-height: 16px;
  }
  .scale i {
    width: 18px;
    height: 12px;
    border-radius: 3px;
  }
  .scale span {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    margin-left: 16px;
  }
  .scale .no-data {
    border: 1px solid var(--hp-divider);
  }
  .scale .odd-sample {
    width: 12px;
    border: 1.5px solid var(--hp-text);
  }
  .known {
    fill: var(--step);
  }
  @container (max-width: 699px) {
    .chips {
      flex: 1 1 100%;
    }
    .chips button {
      flex: 1;
      padding: 0 4px;
    }
  }
`;
