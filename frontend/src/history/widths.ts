import type { LitElement, ReactiveController } from "lit";

/** Tells its host how wide an element in it is, so that pictures are drawn at their true size. */
export class Widths implements ReactiveController {
  width = 0;
  private observed: Element | null = null;
  private readonly observer = new ResizeObserver(([entry]) => {
    const width = Math.round(entry?.contentRect.width ?? 0);
    if (!width || width === this.width) return;
    this.width = width;
    this.host.requestUpdate();
  });

  constructor(
    private readonly host: LitElement,
    private readonly find: () => Element | null
  ) {
    host.addController(this);
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
  }
}
