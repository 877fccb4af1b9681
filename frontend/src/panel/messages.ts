/** What is said in place of the page, or above it. */
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import {
  mdiClockAlertOutline,
  mdiHeatPump,
  mdiLinkOff,
  mdiRefresh,
} from "@mdi/js";
import type { Look } from "../components/context.js";
import { icon } from "../components/icon.js";
import { errorNotice, sourceTrouble } from "../components/view-state.js";
import type { Notice } from "../components/view-state.js";
import type { PanelState } from "../data/store.js";
import type { PumpInfo } from "../data/types.js";

const setupNotice = ({ text }: Look, admin: boolean): Notice => ({
  state: "missing",
  icon: mdiHeatPump,
  title: text("setup.title"),
  help: text(admin ? "setup.help" : "setup.ask"),
  action: admin ? { kind: "settings", label: text("setup.open") } : null,
});

/** No heat pump, or nothing known yet: the reason, or nothing while it is asked for. */
export const withoutPump = (
  { info, error }: PanelState,
  look: Look,
  admin: boolean
): TemplateResult | typeof nothing => {
  let notice = error && errorNotice(error, look);
  if (info && error?.code !== "not_found") notice = setupNotice(look, admin);
  return notice
    ? html`<main class="message">
        <hp-notice
          .look=${look}
          .notice=${notice}
          .retryAt=${error?.retryAt ?? null}
        ></hp-notice>
      </main>`
    : nothing;
};

/** The build names its module by its content; anything else (a test's, say) is never outdated. */
const BUILT = /^panel-[\w-]+\.js$/;

/** Whether the module at the address `running` is not the one that is served now. */
export const isOutdated = (
  running: string,
  served: string | null | undefined
): boolean => {
  const name = new URL(running).pathname.split("/").pop() ?? "";
  return BUILT.test(name) && served != null && served !== name;
};

export const outdatedLine = ({ text }: Look): TemplateResult =>
  html`<div class="line outdated" role="status">
    ${icon(mdiRefresh)}<span>${text("outdated.text")}</span>
    <button
      type="button"
      class="action"
      @click=${() => {
        location.reload();
      }}
    >
      ${text("outdated.reload")}
    </button>
  </div>`;

/** The files of this page are gone, and only a restart brings the new ones. */
export const replacedLine = ({ text }: Look): TemplateResult =>
  html`<div class="line outdated" role="alert">
    ${icon(mdiRefresh)}<span>${text("replaced.text")}</span>
  </div>`;

/** The collector's clock is wrong: what it sends waits until its time has come. */
export const clockLine = (
  { snapshot }: Pick<PanelState, "snapshot">,
  { text, format }: Look
): TemplateResult | typeof nothing => {
  const ahead = snapshot?.status.clock_ahead_s ?? 0;
  return ahead > 0
    ? html`<div class="line clock" role="status">
        ${icon(mdiClockAlertOutline)}
        <span>${text("panel.clock_ahead", { age: format.age(ahead) })}</span>
      </div>`
    : nothing;
};

/** Entities that are named one by one; of more it is said how many. */
const NAMED = 3;

/** Entities that the heat pump is made of, and that tell nothing any more. */
export const lostLine = (
  { problems = [] }: Pick<PumpInfo, "problems">,
  { text }: Look
): TemplateResult | typeof nothing => {
  if (!problems.length) return nothing;
  const said = problems
    .slice(0, NAMED)
    .map(({ entity, why }) => text(`panel.lost_entity.${why}`, { entity }));
  const more = problems.length - NAMED;
  if (more > 0) said.push(text("panel.more_holes", { count: more }));
  return html`<div class="line lost" role="status">
    ${icon(mdiLinkOff)}
    <span>${text("panel.lost", { problems: said.join("; ") })}</span>
  </div>`;
};

/** Why nothing new comes, beside what was known before. */
export const troubleLine = (
  { error, snapshot }: PanelState,
  look: Look
): TemplateResult | typeof nothing => {
  const trouble = error ?? (snapshot && sourceTrouble(snapshot));
  if (!trouble) return nothing;
  const { icon: sign, title, help } = errorNotice(trouble, look);
  return html`<div class="line trouble" role="status">
    ${icon(sign)}<span><b>${title}</b> ${help}</span>
  </div>`;
};
