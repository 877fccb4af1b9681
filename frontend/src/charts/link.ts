/** One time axis for all charts of a page: what one shows and points at, the others do too. */
import type { TimeWindow } from "./frame.js";

export interface Linked {
  whole: TimeWindow | null;
  /** Shows a part of the period as another chart does. */
  follow: (window: TimeWindow | null) => void;
  /** Marks the moment another chart points at. */
  mark: (moment: number | null) => void;
}

const members = new Set<Linked>();

/** Not on touch screens: there one looks at one chart at a time. */
const WIDE = "(hover: hover) and (pointer: fine) and (min-width: 940px)";

export const join = (member: Linked): void => {
  members.add(member);
};

export const leave = (member: Linked): void => {
  members.delete(member);
};

/** Does something to all other charts of the same period. */
export const tell = (one: Linked, what: (other: Linked) => void): void => {
  const { whole } = one;
  if (!whole || !matchMedia(WIDE).matches) return;
  for (const other of members) {
    const same =
      other.whole?.start === whole.start && other.whole.end === whole.end;
    if (other !== one && same) what(other);
  }
};
