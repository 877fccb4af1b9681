/** The look of the calendar: days in a grid, those chosen as one band with round ends. */
import { css } from "lit";

export const dateRangeStyles = css`
  form {
    display: grid;
    gap: 12px;
  }
  .dark input {
    color-scheme: dark;
  }
  .edges {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
  }
  .date {
    width: 100%;
    min-height: 52px;
    padding: 6px 12px;
    border: 1px solid var(--hp-divider);
    border-radius: 8px;
    font-weight: 500;
    text-align: left;
    white-space: nowrap;
  }
  .date[aria-pressed="true"] {
    border-color: var(--hp-compressor-text);
    box-shadow: inset 0 0 0 1px var(--hp-compressor-text);
  }
  small {
    display: block;
    color: var(--hp-secondary-text);
    font-size: var(--ha-font-size-s, 12px);
    font-weight: 400;
    line-height: 16px;
  }
  .time {
    display: flex;
    gap: 4px;
    margin-top: 8px;
  }
  .time input {
    flex: 1;
    width: 0;
    min-height: 44px;
    padding: 0 12px;
    border: 1px solid var(--hp-secondary-text);
    border-radius: 8px;
    background: none;
    color: var(--hp-text);
    font: inherit;
    font-size: 16px;
    font-variant-numeric: tabular-nums;
  }
  .time input[aria-invalid="true"] {
    border-color: var(--hp-alarm);
  }
  .half {
    min-width: 48px;
    border-radius: 8px;
    background: color-mix(in srgb, var(--hp-text) 6%, transparent);
  }
  .month {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  h3 {
    font-size: inherit;
    font-weight: 500;
  }
  h3::first-letter {
    text-transform: uppercase;
  }
  table {
    width: 100%;
    border-spacing: 0 2px;
    table-layout: fixed;
  }
  th {
    height: 28px;
    padding: 0;
    color: var(--hp-secondary-text);
    font-size: var(--ha-font-size-s, 12px);
    font-weight: 400;
  }
  td {
    padding: 0;
  }
  td button {
    width: 100%;
    height: 40px;
    border-radius: 20px;
  }
  td button:disabled {
    cursor: default;
    opacity: 0.38;
  }
  td button:enabled:hover {
    background: color-mix(in srgb, var(--hp-text) 8%, transparent);
  }
  td button:focus-visible {
    outline-offset: -2px;
  }
  .today button {
    color: var(--hp-compressor-text);
    font-weight: 500;
  }
  .between {
    background: color-mix(in srgb, var(--hp-compressor) 16%, transparent);
  }
  .from {
    border-start-start-radius: 20px;
    border-end-start-radius: 20px;
  }
  .to {
    border-start-end-radius: 20px;
    border-end-end-radius: 20px;
  }
  :is(.from, .to) button:enabled {
    background: var(--hp-compressor-text);
    color: var(--hp-overlay);
    font-weight: 500;
  }
  .by-time {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 32px;
    cursor: pointer;
  }
  .by-time input {
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--hp-compressor-text);
  }
  .error {
    color: var(--hp-alarm-text);
  }
  .action {
    justify-content: center;
  }
`;
