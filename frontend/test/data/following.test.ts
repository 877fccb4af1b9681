import { describe, expect, it } from "vitest";
import { patience, START, step } from "../../src/data/following.js";
import type {
  Action,
  Following,
  FollowingEvent,
  Phase,
} from "../../src/data/following.js";

const at = (phase: Phase, change: Partial<Following> = {}): Following => ({
  ...START,
  attempt: 7,
  phase,
  ...change,
});

const PHASES: readonly Phase[] = [
  "away",
  "asking",
  "empty",
  "holding",
  "subscribed",
  "following",
  "lost",
  "resuming",
  "failed",
  "refused",
];

const answered = {
  type: "answered",
  attempt: 7,
  pump: true,
  old: false,
} as const;
const chosen = { type: "chosen", pump: true, old: true, hold: true } as const;

type Row = [Phase, FollowingEvent, Phase | null, Action[]];

const leads = (rows: readonly Row[]) => {
  for (const [from, event, to, actions] of rows) {
    const taken = step(at(from), event);
    expect([from, event.type, taken?.next.phase ?? null]).toEqual([
      from,
      event.type,
      to,
    ]);
    expect(taken?.actions ?? []).toEqual(actions);
  }
};

describe("following a heat pump", () => {
  it("begins by asking what there is, from wherever it was", () => {
    leads(PHASES.map((from) => [from, { type: "connect" }, "asking", ["ask"]]));
  });

  it("subscribes when the answer is there, and holds an old picture for a moment", () => {
    leads([
      ["asking", answered, "subscribed", ["unsubscribe", "subscribe"]],
      [
        "asking",
        { ...answered, old: true },
        "holding",
        ["unsubscribe", "subscribe"],
      ],
      ["asking", { ...answered, pump: false }, "empty", ["unsubscribe"]],
      ["holding", { type: "timeout" }, "subscribed", ["drop"]],
    ]);
  });

  it("ignores the answer to an earlier question, and one nobody waits for", () => {
    leads([
      ["asking", { ...answered, attempt: 6 }, null, []],
      ["following", answered, null, []],
    ]);
    const again = step(at("asking"), { type: "retry" })!.next;
    expect(step(again, answered)).toBeNull();
  });

  it("follows another choice at once, and never shows one pump's picture for another", () => {
    const anew = ["unsubscribe", "subscribe"] as Action[];
    leads([
      ["following", chosen, "holding", anew],
      ["following", { ...chosen, old: false }, "subscribed", anew],
      [
        "following",
        { ...chosen, hold: false },
        "subscribed",
        ["unsubscribe", "drop", "subscribe"],
      ],
      ["failed", chosen, "holding", anew],
      ["refused", chosen, "holding", anew],
      ["lost", chosen, "holding", anew],
      ["following", { ...chosen, pump: false }, "empty", ["unsubscribe"]],
    ]);
  });

  it("lets the answer lead on where something is chosen meanwhile", () => {
    leads([
      ["asking", chosen, "asking", ["drop"]],
      ["away", chosen, "away", ["drop"]],
      ["away", { ...chosen, old: false }, "away", []],
    ]);
  });

  it("follows once readings come, also after a loss", () => {
    leads([
      ["holding", { type: "data" }, "following", []],
      ["subscribed", { type: "data" }, "following", []],
      ["resuming", { type: "data" }, "following", []],
      ["following", { type: "data" }, "following", []],
      // Of the subscription before, until the answer is there.
      ["asking", { type: "data" }, "asking", []],
      ["away", { type: "data" }, null, []],
    ]);
  });

  it("asks again after a silence", () => {
    leads([
      ["subscribed", { type: "timeout" }, "asking", ["ask"]],
      ["following", { type: "timeout" }, "asking", ["ask"]],
      ["resuming", { type: "timeout" }, "asking", ["ask"]],
      ["failed", { type: "timeout" }, "asking", ["ask"]],
      ["lost", { type: "timeout" }, null, []],
      ["away", { type: "timeout" }, null, []],
    ]);
  });

  it("waits for the connection, then for Home Assistant to take the subscription up", () => {
    leads([
      ["following", { type: "lost" }, "lost", []],
      ["holding", { type: "lost" }, "lost", ["drop"]],
      ["lost", { type: "ready" }, "resuming", ["refresh"]],
      ["following", { type: "ready" }, "resuming", ["refresh"]],
      ["failed", { type: "lost" }, null, []],
      ["failed", { type: "ready" }, "asking", ["ask"]],
      ["asking", { type: "lost" }, null, []],
      ["asking", { type: "ready" }, null, []],
    ]);
  });

  it("tries again after a failure, less and less often, unless it cannot work", () => {
    leads([
      ["asking", { type: "failed", final: false }, "failed", ["unsubscribe"]],
      [
        "following",
        { type: "failed", final: true },
        "refused",
        ["unsubscribe"],
      ],
    ]);
    let state = at("asking");
    const waits = Array.from({ length: 6 }, () => {
      state = step(state, { type: "failed", final: false })!.next;
      return patience(state);
    });
    expect(waits).toEqual([5_000, 10_000, 20_000, 30_000, 30_000, 30_000]);
    state = step(state, { type: "retry" })!.next;
    expect(state.failures).toBe(6);
    expect(step(state, { type: "data" })!.next.failures).toBe(0);
    expect(patience(at("refused", { failures: 1 }))).toBeNull();
  });

  it("hears nothing any more when it is left", () => {
    leads(
      PHASES.slice(1).map((from) => [
        from,
        { type: "disconnect" },
        "away",
        ["unsubscribe"],
      ])
    );
    const left = step(at("asking"), { type: "disconnect" })!.next;
    expect(step(left, answered)).toBeNull();
    expect(step(left, { type: "retry" })).toBeNull();
    expect(left.attempt).toBe(8);
  });

  it("waits with a limit only where something is to come", () => {
    const limited = PHASES.filter((phase) => patience(at(phase)) !== null);
    expect(limited).toEqual([
      "holding",
      "subscribed",
      "following",
      "resuming",
      "failed",
    ]);
  });
});
