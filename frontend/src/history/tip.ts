/** Words beside the place that is pointed at. */
import { css } from "lit";

export const tipStyles = css`
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
`;
