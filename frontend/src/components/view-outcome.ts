/** What there is to show in a view's card: a chart, a sentence, or neither yet. Pure. */
import type { ViewDefinition, ViewInput, ViewResult } from "../charts/types.js";
import type { PanelError } from "../data/error.js";
import { inFinerRows } from "../data/finer-rows.js";
import type { PumpInfo, Snapshot } from "../data/types.js";
import type { Look } from "./context.js";
import {
  blankNotice,
  emptyNotice,
  errorNotice,
  missingNotice,
  sourceError,
} from "./view-state.js";
import type { Notice } from "./view-state.js";

export interface Viewed {
  view: ViewDefinition;
  info: PumpInfo;
  snapshot: Snapshot | null;
  /** Of the part that is seen, where there are any. */
  finerRows: Snapshot | null;
  look: Look;
  error: PanelError | null;
  width: number;
  hidden: ReadonlySet<string>;
  admin: boolean;
}

export interface Outcome {
  result: ViewResult | null;
  notice: Notice | null;
}

const missing = ({ view, info, look, admin }: Viewed, reason?: string) => {
  const title = look.text(view.title);
  return missingNotice(view.key, title, reason, info.name, admin, look);
};

/** A part in which nothing was read is shown as the period has it. */
const built = ({ view, finerRows }: Viewed, input: ViewInput): ViewResult => {
  if (finerRows) {
    const snapshot = inFinerRows(input.period, finerRows);
    const result = view.build({ ...input, snapshot });
    if (result.state === "ready") return result;
  }
  return view.build(input);
};

const noticeOf = (
  viewed: Viewed,
  snapshot: Snapshot,
  { state, reason, blank }: ViewResult
): Notice | null => {
  const { info, look } = viewed;
  const trouble = sourceError(snapshot);
  if (trouble) return errorNotice(trouble, look);
  if (state === "missing") return missing(viewed, reason);
  if (state === "ready") return null;
  return blank && blank !== "no_readings"
    ? blankNotice(blank, snapshot, look)
    : emptyNotice(snapshot, info, Date.now(), look);
};

export const viewOutcome = (viewed: Viewed): Outcome => {
  const { view, info, snapshot, look, error, width, hidden } = viewed;
  const { available, reason } = info.views[view.key];
  if (!available) return { result: null, notice: missing(viewed, reason) };
  if (!snapshot)
    return { result: null, notice: error && errorNotice(error, look) };
  const result = built(viewed, {
    snapshot,
    period: snapshot,
    info,
    ...look,
    width,
    hidden,
  });
  const notice = noticeOf(viewed, snapshot, result);
  return { result: notice ? null : result, notice };
};
