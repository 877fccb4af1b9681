/** One time axis for all charts of a page: what one shows and points at, the others do too. */
import type { TimeWindow } from "./frame.js";

export interface Linked {
  whole: TimeWindow | null;
  /** The part of it that is shown, null where it is the whole. */
  window: TimeWindow | null;
  /** Shows a part of the period as another chart does. */
  follow: (window: TimeWindow | null) => void;
  /** Marks the moment another chart points at. */
  mark: (moment: number | null) => void;
}

const members = new Set<Linked>();

/** Not on touch screens: there one looks at one chart at a time. */
const WIDE = "(hover: hover) and (pointer: fine) and (min-width: 940px)";

export const isSameWindow = (
  one: TimeWindow | null,
  other: TimeWindow | null
): boolean => one?.start === other?.start && one?.end === other?.end;

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
    (other) => whole && other !== one && isSameWindow(other.whole, whole)
  );
};

/** Does something to all other charts of the same period. */
export const tell = (one: Linked, what: (other: Linked) => void): void => {
  if (matchMedia(WIDE).matches) peers(one).forEach(what);
};

/** The part of the period that all other charts of it show, null where they differ. */
export const shared = (one: Linked): TimeWindow | null => {
  const [first = null, ...rest] = peers(one).map(({ window }) => window);
  return rest.every((window) => isSameWindow(window, first)) ? first : null;
};
