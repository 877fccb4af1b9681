/** Words beside the place that is pointed at: as near to it as they are whole within the plot. */
import { css, html } from "lit";

export const tipStyles = css`
  .tips {
    position: absolute;
    inset: 0;
    z-index: 2;
    display: grid;
    pointer-events: none;
  }
  .tip {
    grid-area: 2 / 2;
    min-width: 180px;
    padding: 12px;
    border: 1px solid var(--hp-divider);
    border-radius: 12px;
    background: var(--hp-overlay);
    box-shadow: 0 4px 16px rgb(0 0 0 / 20%);
    font-size: 13px;
    line-height: 20px;
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

export const tipAt = (
  { x, width }: { x: number; width: number },
  top: number,
  plot: { width: number },
  words: unknown
) => {
  // Of a track that need not be as wide as that the tip leaves as much as there is room for.
  const beside = (room: number) => `minmax(0,${room}px)`;
  const columns =
    x > plot.width / 2
      ? `1fr max-content ${beside(plot.width - x)}`
      : `${beside(x + width)} max-content 1fr`;
  return html`<div
    class="tips"
    style="grid-template:${beside(top)} max-content/${columns}"
    aria-hidden="true"
  >
    <div class="tip">${words}</div>
  </div>`;
};
