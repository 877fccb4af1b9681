import type { LitElement, ReactiveController } from "lit";

/** Whether things may move: not for those who asked for rest, nor where nobody looks. */
export class Motion implements ReactiveController {
  private readonly rest = matchMedia("(prefers-reduced-motion: reduce)");
  private readonly sight = new IntersectionObserver((entries) => {
    const seen = entries.at(-1)?.isIntersecting ?? false;
    if (seen === this.seen) return;
    this.seen = seen;
    this.changed();
  });
  private seen = true;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  get allowed(): boolean {
    return this.seen && !this.rest.matches && !document.hidden;
  }

  hostConnected(): void {
    this.sight.observe(this.host);
    this.rest.addEventListener("change", this.changed);
    document.addEventListener("visibilitychange", this.changed);
  }

  hostDisconnected(): void {
    this.sight.disconnect();
    this.rest.removeEventListener("change", this.changed);
    document.removeEventListener("visibilitychange", this.changed);
  }

  private readonly changed = (): void => {
    this.host.requestUpdate();
  };
}
