/**
 * The browser's own "Print" waits for nothing, neither a frame nor an observer: while it lays out
 * the page, everything takes its size and draws at once.
 */
let printing = false;

export const isPrinting = (): boolean => printing;

/** Heard on the window when the page has the size of paper, and when it has that of the screen again. */
export const PAPER = "hp-paper";

/** Of a page that has its size and its colours already. */
export const putOnPaper = (isOn: boolean, draw: () => void): void => {
  printing = isOn;
  draw();
  window.dispatchEvent(new Event(PAPER));
};
