import { html } from "lit";
import type { TemplateResult } from "lit";

/** A Material Design icon by its path; decoration only, so hidden from screen readers. */
export const icon = (path: string): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${path}></path>
  </svg>`;
