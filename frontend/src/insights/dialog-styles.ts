/** The look of the detail: a window of 1120 px, on a phone the whole screen. */
import { css } from "lit";

export const dialogStyles = css`
  dialog {
    display: flex;
    flex-direction: column;
    width: min(1120px, calc(100vw - 48px));
    max-height: calc(100vh - 48px);
    max-height: calc(100dvh - 48px);
    padding: 0;
    border: none;
    border-radius: 24px;
    background: var(--hp-overlay);
    box-shadow: 0 8px 32px rgb(0 0 0 / 32%);
    color: var(--hp-text);
  }
  dialog:not([open]) {
    display: none;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 48%);
  }
  header {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    padding: 12px 24px 0 12px;
  }
  header .round {
    flex: none;
  }
  h2:focus-visible {
    outline: none;
  }
  h2 {
    font-size: var(--ha-font-size-xl, 20px);
    font-weight: 400;
    line-height: 28px;
  }
  .content {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 344px;
    gap: 0 32px;
    overflow: auto;
    padding: 4px 24px 24px;
  }
  .content:focus-visible {
    outline-offset: -3px;
  }
  .sentence {
    grid-column: 1 / -1;
    margin-bottom: 16px;
    font-size: 28px;
    line-height: 36px;
    text-wrap: pretty;
  }
  .sentence b {
    font-weight: 500;
  }
  .sentence small {
    color: var(--hp-secondary-text);
    font-size: 18px;
    white-space: nowrap;
  }
  .dates {
    display: flex;
    flex-wrap: wrap;
    grid-column: 1 / -1;
    align-items: center;
    gap: 8px 16px;
    margin-bottom: 16px;
    color: var(--hp-secondary-text);
  }
  .day {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 40px;
    padding: 0 8px 0 12px;
    border: 1px solid var(--hp-divider);
    border-radius: 8px;
    color: var(--hp-text);
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
  .picture {
    min-height: 408px;
  }
  .bone {
    height: 380px;
    margin-top: 24px;
  }
  .why {
    color: var(--hp-secondary-text);
  }
  table {
    width: 100%;
    margin-bottom: 8px;
    border-spacing: 0;
  }
  th,
  td {
    padding: 8px 0;
    border-bottom: 1px solid var(--hp-divider);
    font-weight: 400;
    text-align: left;
  }
  th small {
    display: block;
    color: var(--hp-secondary-text);
    font-size: var(--ha-font-size-s, 12px);
    line-height: 16px;
  }
  td {
    padding-left: 16px;
    font-weight: 500;
    text-align: right;
    white-space: nowrap;
  }
  .beside h3 {
    margin: 16px 0 4px;
    font-size: inherit;
    font-weight: 500;
  }
  .beside p {
    color: var(--hp-secondary-text);
    text-wrap: pretty;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li button {
    display: flex;
    gap: 8px;
    width: 100%;
    min-height: 32px;
    align-items: center;
    text-align: left;
  }
  li button:hover {
    background: color-mix(in srgb, var(--hp-text) 5%, transparent);
  }
  li small {
    overflow: hidden;
    color: var(--hp-secondary-text);
    font-size: 13px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  li b {
    flex: none;
    margin-left: auto;
    font-weight: 500;
  }
  footer {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 8px;
    padding: 12px 16px;
    border-top: 1px solid var(--hp-divider);
  }
  .plain {
    background: none;
  }
  .csv {
    margin-left: auto;
  }
  @media (max-width: 899px) {
    .content {
      grid-template-columns: minmax(0, 1fr);
    }
    .picture {
      min-height: 320px;
      margin-bottom: 16px;
    }
  }
  @media (max-width: 699px) {
    dialog {
      width: 100vw;
      max-width: none;
      height: 100vh;
      height: 100dvh;
      max-height: none;
      border-radius: 0;
    }
    .content {
      padding: 4px 16px 16px;
    }
    .sentence {
      font-size: 24px;
      line-height: 32px;
    }
    footer {
      margin-top: auto;
    }
  }
`;
