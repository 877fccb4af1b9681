import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Renders its host again whenever `read` gives something else; looks every `everyMs`. */
export class Clock<Value> implements ReactiveController {
  value: Value;
  private timer: number | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly read: (now: number) => Value,
    private readonly everyMs: number
  ) {
    this.value = read(Date.now());
    host.addController(this);
  }

  hostConnected(): void {
    this.look();
    this.timer = window.setInterval(this.look, this.everyMs);
    document.addEventListener("visibilitychange", this.look);
  }

  hostDisconnected(): void {
    window.clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.look);
  }

  hostUpdate(): void {
    this.value = this.read(Date.now());
  }

  private readonly look = (): void => {
    if (document.hidden) return;
    if (this.read(Date.now()) !== this.value) this.host.requestUpdate();
  };
}
