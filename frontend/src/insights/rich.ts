/** Sentences with `*what is the point*` and `~what is beside it~` in them. */
import { html } from "lit";
import type { TemplateResult } from "lit";

const PARTS = /\*([^*]+)\*|~([^~]+)~|([^*~]+)/g;

export const rich = (sentence: string): TemplateResult[] =>
  [...sentence.matchAll(PARTS)].map(([, strong, aside, rest]) => {
    if (strong !== undefined) return html`<b>${strong}</b>`;
    return aside !== undefined ? html`<small>${aside}</small>` : html`${rest}`;
  });

/** The same without marks. */
export const plain = (sentence: string): string =>
  sentence.replace(/[*~]/g, "");
