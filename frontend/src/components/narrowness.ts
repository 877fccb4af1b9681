import type { LitElement, ReactiveController } from "lit";

/** Tells its host whether it is narrower than `below` px, and draws it anew when that changes. */
export class Narrowness implements ReactiveController {
  narrow = false;
  private observer: ResizeObserver | undefined;

  constructor(
    private readonly host: LitElement,
    private readonly below: number
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.observer = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      // Hidden, it has no width at all.
      if (width) this.setNarrow(width < this.below);
    });
    this.observer.observe(this.host);
    const { clientWidth } = this.host;
    if (clientWidth) this.narrow = clientWidth < this.below;
  }

  hostDisconnected(): void {
    this.observer?.disconnect();
  }

  private setNarrow(narrow: boolean): void {
    if (narrow === this.narrow) return;
    this.narrow = narrow;
    this.host.requestUpdate();
  }
}
