/** A line of parts, each of which is shown whole or, where it is too narrow, not at all. */
import { css } from "lit";

/** What has no room is on a line that nobody sees; the line says how high it is. */
export const wholeStyles = css`
  .whole {
    display: block;
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
