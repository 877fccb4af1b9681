/** One time axis for all charts of a page: what one shows and points at, the others do too. */
import { isSameSpan } from "../data/period.js";
import type { Span } from "../data/period.js";

export interface Linked {
  whole: Span | null;
  /** The part of it that is shown, null where it is the whole. */
  part: Span | null;
  /** Shows a part of the period as another chart does. */
  follow: (part: Span | null) => void;
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

/** The other charts of the same period. */
const peers = (one: Linked): Linked[] => {
  const { whole } = one;
  return [...members].filter(
    (other) => whole && other !== one && isSameSpan(other.whole, whole)
  );
};

/** Does something to all other charts of the same period. */
export const eachPeer = (one: Linked, what: (other: Linked) => void): void => {
  if (matchMedia(WIDE).matches) peers(one).forEach(what);
};

/** The part of the period that all other charts of it show, null where they differ. */
export const partOfPeers = (one: Linked): Span | null => {
  const [first = null, ...rest] = peers(one).map(({ part }) => part);
  return rest.every((part) => isSameSpan(part, first)) ? first : null;
};
