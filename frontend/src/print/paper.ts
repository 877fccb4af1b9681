/**
 * What the browser's own "Print" makes of a page: as wide as the paper, light, without bars, with a
 * heading. Ours draws a page of its own.
 */
import { css } from "lit";
import type { ReactiveElement } from "lit";
import type { Look } from "../components/context.js";
import { putOnPaper } from "../components/paper.js";
import type { PageName } from "../data/page.js";
import type { Period } from "../data/period.js";
import type { PumpInfo, Snapshot } from "../data/types.js";
import { paperStyles } from "./paper-styles.js";
import { printedTitle } from "./title.js";

const TYPES = ["beforeprint", "afterprint"] as const;
const OWN_PAGE = "hp-print-page";

const styles = css`
  /* Where Home Assistant's sidebar is, which goes only when paper is laid out again. */
  :host([paper]) {
    ${paperStyles}
    position: absolute;
    top: 0;
    left: 0;
  }
  .printed {
    margin: 0 16px;
    padding: 0 0 8px;
    border-bottom: 1px solid var(--hp-divider);
  }
  :host([paper]) :is(hp-app-bar, hp-page-tabs, .skip, .back) {
    display: none;
  }
  :host([paper]) :is(hp-view-card, hp-schematic, hp-kpi-card) {
    break-inside: avoid;
  }
  /* Before the styles of any width. */
  :host([paper]) .page .views hp-events {
    height: auto;
    overflow: visible;
  }
`;

/** What one presses to print, in any browser. */
export const isPrintKey = (event: KeyboardEvent): boolean =>
  event.ctrlKey !== event.metaKey &&
  !event.altKey &&
  !event.shiftKey &&
  event.key.toLowerCase() === "p";

/** What of the panel goes on paper, and how. */
export interface Paper {
  shown: () => {
    pump: PumpInfo | null;
    snapshot: Snapshot | null;
    period: Period;
    look: Look | undefined;
    page: PageName;
  };
  /** Draws the page anew in the colours that hold now. */
  redraw: () => void;
  /** Prints the page of its own that Now has. */
  print: () => void;
}

const titleOf = ({
  pump,
  snapshot,
  period,
  look,
  page,
}: ReturnType<Paper["shown"]>) => {
  if (!pump || !look) return "";
  const title =
    page === "now" && snapshot
      ? printedTitle(snapshot, period, look)
      : look.text(`page.${page}`);
  return `${pump.name} · ${title}`;
};

/** Makes paper of the panel's page whenever that is printed; returns what ends that. */
export const makePaper = (
  panel: ReactiveElement,
  { shown, redraw, print }: Paper
): (() => void) => {
  const root = panel.renderRoot as ShadowRoot;
  const sheet = styles.styleSheet;
  if (sheet && !root.adoptedStyleSheets.includes(sheet))
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const heading = document.createElement("p");
  heading.className = "printed";
  const put = (isOn: boolean): void => {
    panel.toggleAttribute("paper", isOn);
    heading.textContent = titleOf(shown());
    if (isOn) root.querySelector(".page")?.prepend(heading);
    else heading.remove();
    putOnPaper(isOn, redraw);
  };
  const follow = ({ type }: Event): void => {
    // Ours hides all the rest.
    put(type === "beforeprint" && !document.querySelector(OWN_PAGE));
  };
  const press = (event: KeyboardEvent): void => {
    const { page, pump, snapshot } = shown();
    if (!isPrintKey(event) || page !== "now" || !pump || !snapshot) return;
    event.preventDefault();
    print();
  };
  window.addEventListener("keydown", press);
  for (const type of TYPES) window.addEventListener(type, follow);
  return () => {
    for (const type of TYPES) window.removeEventListener(type, follow);
    window.removeEventListener("keydown", press);
    if (panel.hasAttribute("paper")) put(false);
  };
};
