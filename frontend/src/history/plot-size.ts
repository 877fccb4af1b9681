import type { LitElement, ReactiveController } from "lit";
import type { Size } from "../charts/frame.js";
import { PAPER } from "../components/paper.js";

/**
 * Tells its host how large (px) an element in it is, so that pictures are drawn at their true size:
 * one that was drawn before its place had all of its height would be scaled, with its words.
 */
export class PlotSize implements ReactiveController, Size {
  width = 0;
  height = 0;
  private observed: Element | null = null;
  private readonly observer = new ResizeObserver(([entry]) => {
    if (entry) this.take(entry.contentRect);
  });
  private readonly onPaper = (): void => {
    const { clientWidth: width = 0, clientHeight: height = 0 } =
      this.observed ?? {};
    this.take({ width, height });
  };

  constructor(
    private readonly host: LitElement,
    private readonly find: () => Element | null
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener(PAPER, this.onPaper);
  }

  hostUpdated(): void {
    const element = this.find();
    if (element === this.observed) return;
    this.observer.disconnect();
    this.observed = element;
    if (element) this.observer.observe(element);
  }

  hostDisconnected(): void {
    this.observer.disconnect();
    this.observed = null;
    window.removeEventListener(PAPER, this.onPaper);
  }

  private take(exact: Size): void {
    const [width, height] = [Math.round(exact.width), Math.round(exact.height)];
    const isSame = width === this.width && height === this.height;
    if (!width || isSame) return;
    Object.assign(this, { width, height });
    this.host.requestUpdate();
  }
}
