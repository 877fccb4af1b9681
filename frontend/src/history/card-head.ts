/** The head of a card of the history: its name, a remark, and its tools at the right. */
import { html, nothing } from "lit";
import type { Look } from "../components/context.js";
import "../components/notice.js";
import { errorNotice } from "../components/view-state.js";
import type { PanelError } from "../data/error.js";

export const cardHead = (
  title: string,
  remark: string,
  tools: unknown = nothing
) =>
  html`<div class="head">
    <h2 id="title">${title}</h2>
    <span class="remark">${remark}</span>
    <span class="space"></span>
    ${tools}
  </div>`;

/** A choice of few, of which one is pressed. `attribute` names them for those who look for them. */
export const cardChips = <Key extends string>(
  keys: readonly Key[],
  pressed: Key,
  {
    label,
    name,
    text,
    choose,
  }: {
    label: string;
    /** Where its texts are. */
    name: string;
    text: Look["text"];
    choose: (key: Key) => void;
  }
) =>
  html`<div class="chips" role="group" aria-label=${label}>
    ${keys.map(
      (key) =>
        html`<button
          type="button"
          data-key=${key}
          aria-pressed=${key === pressed ? "true" : "false"}
          @click=${() => {
            choose(key);
          }}
        >
          ${text(`${name}.${key}`)}
        </button>`
    )}
  </div>`;

/** In the place of what could not be asked for; fires `hp-retry`. */
export const cardError = (error: PanelError, look: Look) =>
  html`<hp-notice
    .look=${look}
    .notice=${errorNotice(error, look)}
    .retryAt=${error.retryAt}
  ></hp-notice>`;
