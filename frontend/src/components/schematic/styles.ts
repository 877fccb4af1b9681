/** The schematic's colours and movement. A part's colour is `--c`: grey unless a class says so. */
import { css } from "lit";

export const schematicStyles = css`
  :host {
    overflow: hidden;
    padding-bottom: 16px;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 8px;
    min-height: 48px;
    padding: 12px 16px 0;
  }
  h2 {
    font-size: var(--ha-font-size-l, 16px);
    font-weight: 500;
    line-height: 24px;
  }
  header span {
    color: var(--hp-secondary-text);
  }
  header .alarm.on {
    color: var(--hp-alarm-text);
    font-weight: 500;
  }
  header .old {
    color: var(--hp-auxiliary-text);
    font-weight: 500;
  }
  .sentence {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    clip-path: inset(50%);
  }
  .frame {
    position: relative;
    margin: 0 auto;
  }
  .picture {
    display: block;
    overflow: visible;
    width: 100%;
  }
  .picture.above {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  .figure,
  .flows,
  .flows div,
  .flows svg {
    position: absolute;
  }
  .flows {
    top: 0;
    left: 0;
    transform-origin: 0 0;
    pointer-events: none;
  }
  .waiting {
    animation: wait 2s ease-in-out infinite;
  }
  @keyframes wait {
    50% {
      opacity: 0.5;
    }
  }
  .picture,
  .flows {
    --c: var(--hp-idle);
    --ink: var(--hp-secondary-text);
  }
  .supply {
    --c: var(--hp-supply);
  }
  .return {
    --c: var(--hp-return);
  }
  .hot-water {
    --c: var(--hp-hot-water);
  }
  .brine-in {
    --c: var(--hp-brine-in);
  }
  .brine-out {
    --c: var(--hp-brine-out);
  }
  .compressor {
    --c: var(--hp-compressor);
    --ink: var(--hp-compressor-text);
  }
  .auxiliary {
    --c: var(--hp-auxiliary);
    --ink: var(--hp-text);
  }
  .bed,
  .ring circle,
  .coil,
  .line,
  .circuit,
  .house,
  .way,
  .soil-line {
    fill: none;
    stroke: var(--c);
    stroke-width: 2px;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .bed {
    stroke: color-mix(in srgb, var(--c) var(--bed, 26%), var(--hp-overlay));
    stroke-width: 8px;
    stroke-linecap: butt;
  }
  /* Grey needs more of its colour to be seen. */
  [class="pipe"] {
    --bed: 60%;
  }
  /* Only transform moves: what else did would be drawn anew each time. */
  .flows svg {
    overflow: visible;
    inset: 0;
  }
  .run {
    overflow: hidden;
    height: 3px;
    margin-top: -1.5px;
    transform-origin: 0 1.5px;
  }
  .run .dash {
    inset: 0 0 0 -18px;
    background: linear-gradient(90deg, var(--c) 10px, transparent 0) 0 0 / 18px
      100%;
  }
  .run .moving {
    animation: flow 1.4s steps(18) infinite;
  }
  @keyframes flow {
    to {
      transform: translateX(18px);
    }
  }
  .bend {
    overflow: hidden;
  }
  .bend .dash {
    inset: 0;
  }
  .ring circle {
    stroke-width: 3px;
    stroke-linecap: butt;
  }
  .bend .moving {
    animation: bend 1.4s steps(18) infinite;
  }
  @keyframes bend {
    to {
      transform: rotate(var(--turn));
    }
  }
  .rotor.moving {
    animation: turn 6s steps(78) infinite;
  }
  .fan .rotor.moving {
    animation-duration: 3s;
  }
  @keyframes turn {
    to {
      transform: rotate(360deg);
    }
  }
  .coil {
    stroke-width: 3px;
  }
  .way {
    stroke-width: 4px;
    stroke-linecap: butt;
    stroke-linejoin: miter;
  }
  .valve {
    stroke: var(--hp-secondary-text);
    stroke-width: 2px;
  }
  .ink {
    stroke: var(--ink);
  }
  .plate {
    fill: var(--hp-overlay);
  }
  .pump {
    fill: color-mix(in srgb, var(--hp-text) 5%, var(--hp-overlay));
    stroke: var(--c);
    stroke-width: 2px;
  }
  .unit {
    fill: color-mix(in srgb, var(--hp-text) 5%, var(--hp-overlay));
    stroke: var(--hp-secondary-text);
    stroke-opacity: 0.6;
    stroke-width: 2px;
  }
  .circuit + .coil ~ .plate {
    stroke: var(--hp-secondary-text);
  }
  .full {
    fill: var(--c);
  }
  .tint {
    fill: color-mix(in srgb, var(--c) 16%, transparent);
  }
  .heater.auxiliary .tint {
    fill: color-mix(in srgb, var(--c) 70%, transparent);
  }
  .motor:not(.compressor) .tint,
  .heater:not(.auxiliary) .tint {
    fill: none;
  }
  .radiator rect {
    fill: var(--c);
  }
  .house {
    stroke: color-mix(in srgb, var(--hp-secondary-text) 55%, var(--hp-overlay));
  }
  .soil {
    fill: var(--hp-soil);
  }
  .soil-line {
    stroke: var(--hp-soil-line);
    stroke-width: 1.5px;
  }
  .grass {
    stroke-width: 2px;
  }
  text {
    fill: var(--hp-secondary-text);
    /* As large as the drawing has room for, whatever a theme has. */
    font-size: 14px;
  }
  .value,
  .big {
    fill: var(--hp-text);
  }
  .big {
    font-size: 28px;
  }
  .middle {
    font-size: 20px;
    font-weight: 500;
  }
  .value.small,
  .state,
  .mode {
    font-weight: 500;
  }
  .supply_temp .name {
    fill: var(--hp-supply);
  }
  .return_temp .name {
    fill: var(--hp-return-text);
  }
  .hot_water_temp .name,
  .mode.hot_water {
    fill: var(--hp-hot-water);
  }
  .brine_in_temp .name {
    fill: var(--hp-brine-in);
  }
  .brine_out_temp .name {
    fill: var(--hp-brine-out-text);
  }
  .outdoor_temp .name {
    fill: var(--hp-outdoor);
  }
  .mode.heating {
    fill: var(--hp-heating-text);
  }
  .mode.auxiliary {
    fill: var(--hp-auxiliary-text);
  }
  .mode.faint,
  .still .name,
  .still .value,
  .still .big {
    fill: var(--hp-secondary-text);
  }
  .target {
    fill: transparent;
  }
  [role="button"] {
    pointer-events: auto;
    cursor: pointer;
  }
  [role="button"]:focus-visible {
    outline: none;
  }
  [role="button"]:hover .target {
    fill: color-mix(in srgb, var(--hp-text) 6%, transparent);
  }
  [role="button"]:focus-visible .target {
    stroke: var(--hp-compressor-text);
    stroke-width: 2px;
  }
`;
