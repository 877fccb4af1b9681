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
      line-height: 1.5;
    }
    .remark {
      color: var(--hp-secondary-text);
      line-height: 1.43;
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
  `,
];
