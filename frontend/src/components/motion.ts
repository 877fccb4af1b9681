import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Whether things may move: not for those who asked for rest, nor where nobody looks. */
export class Motion implements ReactiveController {
  private readonly rest = matchMedia("(prefers-reduced-motion: reduce)");

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  get allowed(): boolean {
    return !this.rest.matches && !document.hidden;
  }

  hostConnected(): void {
    this.rest.addEventListener("change", this.changed);
    document.addEventListener("visibilitychange", this.changed);
  }

  hostDisconnected(): void {
    this.rest.removeEventListener("change", this.changed);
    document.removeEventListener("visibilitychange", this.changed);
  }

  private readonly changed = (): void => {
    this.host.requestUpdate();
  };
}
