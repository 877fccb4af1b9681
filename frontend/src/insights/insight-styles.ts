/** The look of a card: question, sentence, picture, action. */
import { css } from "lit";

export const insightStyles = css`
  article {
    display: flex;
    flex-direction: column;
    height: 100%;
  }
  .head {
    display: flex;
    flex-wrap: nowrap;
    align-items: center;
    gap: 8px;
    min-height: 44px;
    padding: 8px 16px 0;
  }
  .head > svg.icon {
    width: 18px;
    height: 18px;
    color: var(--hp-secondary-text);
  }
  h3 {
    min-width: 0;
    color: var(--hp-secondary-text);
    font-size: inherit;
    font-weight: 500;
    line-height: 20px;
  }
  .fold {
    display: grid;
    flex: none;
    place-items: center;
    width: 40px;
    height: 40px;
    margin: -8px -12px -8px -4px;
    border-radius: 50%;
    color: var(--hp-secondary-text);
  }
  :host([folded]) .fold svg.icon {
    transform: none;
  }
  .fold svg.icon {
    transform: rotate(180deg);
  }
  .sentence {
    min-height: 60px;
    padding: 0 16px 4px;
    font-size: var(--ha-font-size-xl, 20px);
    line-height: 28px;
    text-wrap: pretty;
  }
  .sentence b {
    font-weight: 500;
  }
  .sentence small {
    color: var(--hp-secondary-text);
    font-size: var(--ha-font-size-m, 14px);
    white-space: nowrap;
  }
  .body {
    flex: 1;
    min-height: 200px;
    padding: 0 16px;
  }
  .foot {
    display: flex;
    flex: none;
    align-items: center;
    gap: 12px;
    min-height: 48px;
    margin-top: auto;
    padding: 0 16px;
    border-top: 1px solid var(--hp-divider);
  }
  .foot button {
    min-height: 40px;
    color: var(--hp-compressor-text);
    font-weight: 500;
    text-align: left;
  }
  .foot button:hover {
    text-decoration: underline;
  }
  .basis {
    margin-left: auto;
    color: var(--hp-secondary-text);
    font-size: var(--ha-font-size-s, 12px);
    line-height: 16px;
    text-align: right;
  }
  .nothing {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 12px;
    height: 100%;
    color: var(--hp-secondary-text);
    text-align: center;
  }
  .nothing > svg.icon {
    width: 32px;
    height: 32px;
  }
  .nothing p {
    max-width: 260px;
    text-wrap: balance;
  }
  .days {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 6px;
    max-width: 280px;
  }
  .days i {
    width: 10px;
    height: 10px;
    border-radius: 50%;
    background: color-mix(in srgb, var(--hp-text) 10%, transparent);
  }
  .days .read {
    background: var(--hp-compressor);
  }
  .slider {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 32px;
    color: var(--hp-secondary-text);
    font-size: 13px;
  }
  .slider output {
    min-width: 44px;
    color: var(--hp-text);
    font-weight: 500;
    text-align: right;
  }
  .slider input {
    flex: 1;
    min-width: 0;
    height: 40px;
    margin: 0;
    appearance: none;
    background: none;
    cursor: pointer;
  }
  .slider input::-webkit-slider-runnable-track {
    height: 4px;
    border-radius: 2px;
    background: color-mix(in srgb, var(--hp-compressor) 36%, transparent);
  }
  .slider input::-moz-range-track {
    height: 4px;
    border-radius: 2px;
    background: color-mix(in srgb, var(--hp-compressor) 36%, transparent);
  }
  .slider input::-webkit-slider-thumb {
    width: 20px;
    height: 20px;
    margin-top: -8px;
    border-radius: 50%;
    appearance: none;
    background: var(--hp-compressor);
  }
  .slider input::-moz-range-thumb {
    width: 20px;
    height: 20px;
    border: none;
    border-radius: 50%;
    background: var(--hp-compressor);
  }
  :host([state="watch"]) {
    border-color: var(--hp-watch-line);
  }
  :host([state="act"]) {
    border-color: var(--hp-alarm);
  }
  :host([lit]) {
    outline: 2px solid var(--hp-compressor);
    outline-offset: 2px;
  }
  .bone {
    margin: 16px 0 8px;
    height: calc(100% - 32px);
  }
  :host([folded]) .sentence {
    min-height: 0;
    padding-bottom: 12px;
    font-size: var(--ha-font-size-l, 16px);
    line-height: 24px;
  }
`;
