/** The look of the main picture. */
import { css } from "lit";

export const energyStyles = css`
  hp-legend {
    padding: 0 10px;
  }
  /* The names of the axes say the same, and a finger needs not be told to tap. */
  @container (max-width: 480px) {
    .remark {
      display: none;
    }
  }
  .plot {
    position: relative;
    flex: 1;
    min-height: var(--hp-plot-height, 300px);
  }
  .picture {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  text.cop {
    fill: var(--hp-text);
  }
  .shade {
    fill: color-mix(in srgb, var(--hp-text) 5%, transparent);
  }
  .tick {
    stroke: var(--hp-text);
    stroke-opacity: 0.75;
    stroke-width: 2px;
  }
  .cop-line {
    stroke: var(--hp-text);
    stroke-width: 1.5px;
    stroke-dasharray: 4 3;
  }
  .cop-band {
    fill: color-mix(in srgb, var(--hp-text) 5%, transparent);
  }
  .point {
    fill: var(--hp-compressor);
  }
  .hollow {
    fill: var(--hp-overlay);
    stroke: var(--hp-ghost);
    stroke-width: 1.5px;
  }
  .outdoor {
    fill: none;
    stroke: var(--hp-outdoor);
    stroke-width: 2px;
    stroke-linejoin: round;
  }
  .outdoor.before {
    stroke: var(--hp-ghost);
    stroke-width: 1.5px;
    stroke-dasharray: 4 3;
  }
  rect.auxiliary.series:not(.ghost) {
    fill: url(#hatched);
  }
  .hits {
    position: absolute;
    top: 0;
    bottom: 0;
    display: flex;
  }
  .hits button {
    flex: 1 1 0;
    min-width: 0;
    border-radius: 8px;
  }
  .hits button:focus-visible {
    outline-offset: -2px;
  }
  .hits button:disabled {
    cursor: default;
  }
`;
