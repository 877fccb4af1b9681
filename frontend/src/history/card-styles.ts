/** The look of the history's cards: head, remark, chips, grey shapes. */
import { css } from "lit";
import { heardStyles } from "../components/styles.js";

/** What is still to come. */
export const boneStyles = css`
  .bone {
    border-radius: 6px;
    background: color-mix(in srgb, var(--hp-text) 8%, transparent);
    animation: pulse 2s ease-in-out infinite;
  }
  @keyframes pulse {
    50% {
      opacity: 0.5;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .bone {
      animation: none;
    }
  }
`;

export const historyCardStyles = [
  boneStyles,
  heardStyles,
  css`
    article {
      display: flex;
      flex-direction: column;
      height: 100%;
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 8px;
      min-height: 48px;
      padding: 8px 16px 0;
    }
    .head h2 {
      font-size: var(--ha-font-size-l, 16px);
      font-weight: 500;
      line-height: 24px;
    }
    .remark {
      overflow: hidden;
      color: var(--hp-secondary-text);
      text-overflow: ellipsis;
    }
    .head .space {
      flex: 1;
    }
    .chips {
      display: flex;
      padding: 2px;
      border-radius: 16px;
      background: color-mix(in srgb, var(--hp-text) 6%, transparent);
    }
    .chips button {
      min-height: 28px;
      padding: 0 12px;
      border-radius: 14px;
      color: color-mix(in srgb, var(--hp-text) 80%, transparent);
      font-size: 13px;
    }
    .chips [aria-pressed="true"] {
      background: var(--hp-overlay);
      box-shadow: 0 0 0 1px var(--hp-divider);
      color: var(--hp-compressor-text);
      font-weight: 500;
    }
    @media (pointer: coarse) {
      .chips button {
        min-height: 40px;
        border-radius: 20px;
      }
      .chips {
        border-radius: 22px;
      }
    }
    .tip {
      position: absolute;
      z-index: 2;
      min-width: 180px;
      padding: 12px;
      border: 1px solid var(--hp-divider);
      border-radius: 12px;
      background: var(--hp-overlay);
      box-shadow: 0 4px 16px rgb(0 0 0 / 20%);
      font-size: 13px;
      line-height: 20px;
      pointer-events: none;
      white-space: nowrap;
    }
    .tip table {
      width: 100%;
      border-spacing: 0;
    }
    .tip th {
      font-weight: 400;
      text-align: left;
    }
    .tip caption,
    .tip thead th {
      font-weight: 500;
      text-align: left;
    }
    .tip td {
      padding-left: 16px;
      font-weight: 500;
      text-align: right;
    }
    .tip td + td,
    .tip thead td {
      color: var(--hp-secondary-text);
      font-weight: 400;
    }
    .tip th > :is(i, svg) {
      display: inline-block;
      margin-right: 8px;
      vertical-align: middle;
    }
  `,
];
