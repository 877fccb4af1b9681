/** A line of parts, each of which is shown whole or, where it is too narrow, not at all. */
import { css, html } from "lit";

/** From dot to dot. */
export const wholeParts = (line: string) =>
  line.split(/ (?=·)/).map((part) => html`<span>${part}</span> `);

/** What has no room is on a line that nobody sees; the line, a block, says how high it is. */
export const wholeStyles = css`
  .whole {
    overflow: hidden;
  }
  .whole > span {
    display: inline-block;
    overflow: hidden;
    max-width: 100%;
    text-overflow: ellipsis;
    vertical-align: top;
    white-space: nowrap;
  }
`;
