/** The look of the events: chips, days, rows of one line or, where it is narrow, of two. */
import { css } from "lit";

export const eventsStyles = css`
  :host {
    container-type: inline-size;
  }
  .bones {
    position: static;
    padding: 0 16px;
  }
  .bones .bone {
    display: block;
    margin: 28px 0;
  }
  .chips {
    display: flex;
    flex: none;
    gap: 8px;
    overflow-x: auto;
    padding: 6px 16px 8px;
    scrollbar-width: none;
  }
  .chips button {
    flex: none;
    min-height: 32px;
    padding: 0 12px;
    border: 1px solid var(--hp-divider);
    border-radius: 8px;
    color: var(--hp-secondary-text);
    font-size: 13px;
    font-weight: 500;
  }
  .chips [aria-pressed="true"] {
    border-color: transparent;
    background: color-mix(in srgb, var(--hp-compressor) 14%, transparent);
    color: var(--hp-compressor-text);
  }
  .scroller {
    flex: 1;
    overflow-y: auto;
    min-height: 0;
    padding: 0 16px;
  }
  @media print {
    /* Not as high as its place: it grows with what the end of a sheet moves to the next. */
    article {
      height: auto;
    }
    .scroller {
      overflow: visible;
    }
  }
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  h3 {
    padding: 10px 0 6px;
    color: var(--hp-secondary-text);
    font-size: 12px;
    font-weight: 500;
    line-height: 20px;
  }
  li {
    content-visibility: auto;
    contain-intrinsic-height: auto 44px;
  }
  li button {
    display: flex;
    align-items: baseline;
    align-content: center;
    flex-wrap: wrap;
    width: 100%;
    min-height: 44px;
    text-align: left;
  }
  /* As high as the sign beside them, so that all words stand on one base line. */
  li button > * {
    line-height: 28px;
  }
  li button > :is(i, svg) {
    align-self: center;
  }
  li:has(+ li > button) button {
    border-bottom: 1px solid var(--hp-divider);
  }
  li:has(+ li > .part) button {
    border-color: transparent;
  }
  .part > i {
    margin-left: 32px;
  }
  li button:hover {
    background: color-mix(in srgb, var(--hp-text) 4%, transparent);
  }
  li button:focus-visible {
    outline-offset: -2px;
  }
  time,
  .long,
  small {
    color: var(--hp-secondary-text);
  }
  time {
    flex: none;
    min-width: 44px;
    margin-right: 16px;
  }
  .twelve {
    min-width: 64px;
  }
  li i {
    display: grid;
    flex: none;
    place-items: center;
    width: 28px;
    height: 28px;
    margin-right: 16px;
    border-radius: 50%;
    background: color-mix(
      in srgb,
      var(--mark, var(--hp-text)) 16%,
      transparent
    );
    color: var(--sign, var(--hp-text));
  }
  li svg.icon {
    width: 16px;
    height: 16px;
  }
  .compressor {
    --mark: var(--hp-compressor);
    --sign: var(--hp-compressor-text);
  }
  .hot_water {
    --mark: var(--hp-hot-water);
    --sign: var(--hp-hot-water);
  }
  .auxiliary {
    --mark: var(--hp-auxiliary);
    --sign: var(--hp-auxiliary-text);
  }
  .alarm {
    --mark: var(--hp-alarm);
    --sign: var(--hp-alarm-text);
  }
  .brine_pump {
    --mark: var(--hp-brine-in);
    --sign: var(--hp-brine-in);
  }
  .what {
    flex: 1;
    min-width: 0;
    height: 28px;
    overflow: hidden;
  }
  .what > span {
    white-space: nowrap;
  }
  /* Clipped, it keeps its base line; hidden, it would lose it. */
  .what .whole > span {
    overflow: clip;
    vertical-align: baseline;
  }
  small {
    margin-left: 4px;
    font-size: 13px;
  }
  .day b {
    flex: none;
    min-width: 88px;
    font-weight: 500;
  }
  .day .long {
    padding-right: 8px;
  }
  .day svg.icon {
    fill: var(--hp-secondary-text);
  }
  .day[aria-expanded="true"] svg.icon {
    transform: rotate(180deg);
  }
  .long {
    flex: none;
    padding-left: 12px;
  }
  .show-all {
    display: none;
    min-height: 48px;
    padding: 0 4px;
    color: var(--hp-compressor-text);
    font-weight: 500;
  }
  @media (pointer: coarse) {
    .chips button {
      min-height: 44px;
    }
  }
  /* One line would leave out the last figures: they stand below, as far as to the right edge. */
  @container (max-width: 620px) {
    li {
      contain-intrinsic-height: auto 56px;
    }
    li button {
      min-height: 56px;
      padding-block: 6px;
    }
    li button:not(.day) {
      display: grid;
      grid-template-columns: auto auto 1fr auto;
    }
    li button:not(.day) > i {
      grid-row: span 2;
    }
    li button > *,
    .what > span {
      line-height: 20px;
    }
    .what {
      display: contents;
    }
    .what small {
      flex: 1;
      min-width: 0;
      height: auto;
      /* No line begins with a dot: it is beside what is seen. */
      margin-left: -0.5em;
      clip-path: inset(0 0 0 0.5em);
      line-height: 18px;
    }
    .what small > :first-child {
      padding-left: 0.5em;
    }
    :not(.day) > .what small {
      grid-area: 2 / 3 / 3 / -1;
    }
    :not(.day) > .long {
      grid-area: 1 / 4;
    }
    .what :is(span, small) {
      white-space: normal;
    }
  }
  @container (max-width: 480px) {
    .chips,
    .scroller {
      padding-inline: 12px;
    }
    .scroller:not(.all) li:nth-child(n + 10) {
      display: none;
    }
    .show-all {
      display: block;
    }
    .day b {
      flex: 1;
    }
    .day small {
      flex-basis: 100%;
      order: 1;
    }
    time {
      min-width: 38px;
      margin-right: 10px;
    }
    .twelve {
      min-width: 62px;
    }
    li i {
      margin-right: 10px;
    }
    .long {
      padding-left: 8px;
    }
  }
`;
