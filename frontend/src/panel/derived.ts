/** What is drawn of a snapshot, made once for everything that shows it. */
import type { Look } from "../components/context.js";
import { kpis } from "../components/kpi/figures.js";
import type { Kpi } from "../components/kpi/figures.js";
import { atEnd, isPast } from "../data/past.js";
import type { Period } from "../data/period.js";
import { isSpan } from "../data/period.js";
import { asOf } from "../data/stale.js";
import type { PumpInfo, Snapshot } from "../data/types.js";

/** The value made last, as long as it is asked for with the same things. */
const once = <Arguments extends unknown[], Value>(
  make: (...given: Arguments) => Value
) => {
  let last: { given: Arguments; value: Value } | undefined;
  return (...given: Arguments): Value => {
    if (!last || given.some((each, index) => each !== last?.given[index])) {
      last = { given, value: make(...given) };
    }
    return last.value;
  };
};

export class Derived {
  /** The snapshot at its end, or at the minute `until` while its readings are old. */
  readonly snapshot = once(
    (snapshot: Snapshot, until: number | null, period: Period): Snapshot => {
      if (isPast(snapshot)) return atEnd(snapshot);
      if (until === null) return snapshot;
      return asOf(snapshot, until, isSpan(period) ? period.end : until);
    }
  );

  readonly kpis = once(
    (
      snapshot: Snapshot,
      info: PumpInfo,
      { format, text }: Look,
      stale: boolean
    ): Kpi[] =>
      isPast(snapshot)
        ? kpis({ snapshot: atEnd(snapshot), info, format, text })
        : kpis({ snapshot, info, format, text, stale })
  );
}
