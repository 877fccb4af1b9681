/** Answers by what was asked for, kept as long as they hold and asked for again after that. */
import { toPanelError } from "../data/error.js";
import type { PanelError } from "../data/error.js";
import type { PumpInfo } from "../data/types.js";

interface Kept<Answer> {
  answer: Answer;
  asked: number;
  /** ms for which it holds. */
  holds: number;
}

/** ms; what failed is tried again after this, as is what was not all known. */
export const AGAIN_UNKNOWN_MS = 5_000;
export const AGAIN_MS = 60_000;

/** By heat pump: what its past was computed of, as all that is kept of it. */
export class Revisions {
  private readonly known = new Map<string, number>();

  /** Whether it is another one than before. */
  isOther({ id, history }: Pick<PumpInfo, "id" | "history">): boolean {
    const { revision } = history ?? {};
    if (revision == null) return false;
    const before = this.known.get(id);
    this.known.set(id, revision);
    return before !== undefined && before !== revision;
  }
}

export class Answers<Answer> {
  private kept = new Map<string, Kept<Answer>>();
  private renewals = 0;
  private running = new Map<string, Promise<boolean>>();
  /** When a question failed (ms), and of what. */
  private failed = new Map<string, { at: number; error: unknown }>();

  constructor(readonly now: () => number = () => Date.now()) {}

  get(key: string): Answer | null {
    return this.kept.get(key)?.answer ?? null;
  }

  /** Why there is no answer; null while none has failed. */
  error(key: string): PanelError | null {
    const failed = this.failed.get(key);
    if (!failed || this.kept.has(key)) return null;
    return toPanelError(failed.error, failed.at + AGAIN_UNKNOWN_MS);
  }

  /** What is on its way is of no use any more. */
  clear(): void {
    this.kept = new Map();
    this.running = new Map();
    this.failed = new Map();
  }

  /** What was known for good may be another one: it stays until it is asked for again. */
  renew(): void {
    this.renewals += 1;
    for (const kept of this.kept.values())
      kept.holds = Math.min(kept.holds, AGAIN_MS);
  }

  /** Forgets failures, so that it is tried again. */
  retry(): void {
    this.failed.clear();
  }

  /** Also while it is under way: who asks then waits for the same answer. */
  isDue(key: string): boolean {
    if (this.running.has(key)) return true;
    const failed = this.failed.get(key);
    if (failed) {
      const { retryAt } = toPanelError(
        failed.error,
        failed.at + AGAIN_UNKNOWN_MS
      );
      // What was refused would only be refused again.
      if (retryAt === null || this.now() < retryAt) return false;
    }
    const answer = this.kept.get(key);
    return !answer || this.now() - answer.asked >= answer.holds;
  }

  /** Whether something came that still counts; throws what failed, if that does. */
  ask(
    key: string,
    load: () => Promise<Answer>,
    holds: (answer: Answer) => number
  ): Promise<boolean> {
    const running = this.running.get(key) ?? this.loaded(key, load, holds);
    this.running.set(key, running);
    return running;
  }

  private async loaded(
    key: string,
    load: () => Promise<Answer>,
    holds: (answer: Answer) => number
  ): Promise<boolean> {
    const { kept, running, failed, renewals } = this;
    try {
      const answer = await load();
      // Another past meanwhile: who knows of which this is.
      const most = renewals === this.renewals ? Infinity : AGAIN_MS;
      kept.set(key, {
        ...{ answer, asked: this.now() },
        holds: Math.min(most, holds(answer)),
      });
      failed.delete(key);
    } catch (error) {
      failed.set(key, { at: this.now(), error });
      if (kept === this.kept) throw error;
    } finally {
      running.delete(key);
    }
    return kept === this.kept;
  }
}
