/** How far the panel is with following a heat pump, as a machine of states. Pure. */

/** What it waits for; each phase for one thing only. */
export type Phase =
  /** Not on a page. */
  | "away"
  /** Home Assistant was asked which heat pumps there are. */
  | "asking"
  /** There is none. */
  | "empty"
  /** Subscribed; the picture of the period before stays for a moment. */
  | "holding"
  /** Subscribed; nothing has come yet. */
  | "subscribed"
  /** Readings come. */
  | "following"
  /** The connection is away. */
  | "lost"
  /** The connection is back, and the subscription is taken up again. */
  | "resuming"
  /** It did not work, and is tried again. */
  | "failed"
  /** It cannot work until something else is chosen. */
  | "refused";

export interface Following {
  phase: Phase;
  /** Counts what was asked; answers to earlier ones come too late. */
  attempt: number;
  /** In a row. */
  failures: number;
}

export type FollowingEvent =
  | { type: "connect" | "disconnect" | "retry" | "data" | "timeout" }
  | { type: "lost" | "ready" }
  | { type: "failed"; final: boolean }
  | {
      type: "answered";
      attempt: number;
      /** Whether there is a heat pump. */
      pump: boolean;
      /** Whether what is shown is of another period. */
      old: boolean;
    }
  | {
      type: "chosen";
      pump: boolean;
      old: boolean;
      /** Whether what is shown is at least of this heat pump. */
      hold: boolean;
    };

/** What is to be done on the way to the next phase, in this order. */
export type Action = "unsubscribe" | "ask" | "refresh" | "drop" | "subscribe";

export interface Step {
  next: Following;
  actions: readonly Action[];
}

/** ms; how long the old picture stays while the new one is on its way. */
const HOLD = 300;
/** ms; a subscription that says nothing for this long is asked for again. */
const SILENCE = 300_000;
/** ms; a subscription that is taken up again and says nothing is noticed after this. */
const RECONNECT = 5_000;
const RETRY = [5_000, 10_000, 20_000, 30_000] as const;

export const START: Following = { phase: "away", attempt: 0, failures: 0 };

/** How long (ms) a phase may last until it times out; null for ever. */
export const patience = ({ phase, failures }: Following): number | null => {
  switch (phase) {
    case "holding":
      return HOLD;
    case "subscribed":
    case "following":
      return SILENCE;
    case "resuming":
      return RECONNECT;
    case "failed":
      return RETRY[Math.min(failures, RETRY.length) - 1] ?? RETRY[0];
    default:
      return null;
  }
};

const SUBSCRIBED: readonly Phase[] = [
  "holding",
  "subscribed",
  "following",
  "lost",
  "resuming",
];

const ask = (state: Following): Step => ({
  next: { ...state, phase: "asking", attempt: state.attempt + 1 },
  actions: ["ask"],
});

const follow = (
  state: Following,
  { pump, old, hold }: { pump: boolean; old: boolean; hold: boolean }
): Step => {
  const to = (phase: Phase, ...actions: Action[]): Step => ({
    next: { ...state, phase },
    actions: ["unsubscribe", ...actions],
  });
  if (!pump) return to("empty");
  if (!old) return to("subscribed", "subscribe");
  return hold
    ? to("holding", "subscribe")
    : to("subscribed", "drop", "subscribe");
};

const choose = (
  state: Following,
  event: FollowingEvent & { type: "chosen" }
): Step => {
  // The answer, or the next connection, leads on.
  if (state.phase !== "away" && state.phase !== "asking") {
    return follow(state, event);
  }
  return { next: state, actions: event.old ? ["drop"] : [] };
};

const timeOut = (state: Following): Step =>
  state.phase === "holding"
    ? { next: { ...state, phase: "subscribed" }, actions: ["drop"] }
    : ask(state);

const lose = (state: Following): Step | null =>
  SUBSCRIBED.includes(state.phase)
    ? {
        next: { ...state, phase: "lost" },
        actions: state.phase === "holding" ? ["drop"] : [],
      }
    : null;

const resume = (state: Following): Step | null => {
  if (state.phase === "failed") return ask(state);
  return SUBSCRIBED.includes(state.phase)
    ? { next: { ...state, phase: "resuming" }, actions: ["refresh"] }
    : null;
};

/** The subscription goes on while Home Assistant is asked again. */
const receive = (state: Following): Step => ({
  next: {
    ...state,
    phase: state.phase === "asking" ? "asking" : "following",
    failures: 0,
  },
  actions: [],
});

const fail = (state: Following, final: boolean): Step => ({
  next: {
    ...state,
    phase: final ? "refused" : "failed",
    failures: state.failures + 1,
  },
  actions: ["unsubscribe"],
});

/** Where an event leads; null where it means nothing in this phase. */
export const step = (state: Following, event: FollowingEvent): Step | null => {
  if (event.type === "connect") return ask(state);
  if (event.type === "chosen") return choose(state, event);
  if (state.phase === "away") return null;
  switch (event.type) {
    case "disconnect":
      return {
        next: { ...state, phase: "away", attempt: state.attempt + 1 },
        actions: ["unsubscribe"],
      };
    case "retry":
      return ask(state);
    case "timeout":
      return patience(state) === null ? null : timeOut(state);
    case "answered":
      return state.phase === "asking" && event.attempt === state.attempt
        ? follow(state, { ...event, hold: true })
        : null;
    case "data":
      return receive(state);
    case "failed":
      return fail(state, event.final);
    case "lost":
      return lose(state);
    case "ready":
      return resume(state);
  }
};
