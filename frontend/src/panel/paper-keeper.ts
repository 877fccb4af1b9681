import type { ReactiveController, ReactiveElement } from "lit";
import { fetched } from "../ha/replaced.js";
import type { Paper } from "../print/paper.js";

/** The browser's own print waits for nothing: what it takes is there before. */
export class PaperKeeper implements ReactiveController {
  private stop: (() => void) | undefined;

  constructor(
    private readonly host: ReactiveElement,
    private readonly paper: Paper
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.stop?.();
    this.stop = undefined;
  }

  async prepare(): Promise<void> {
    if (this.stop) return;
    const preparing = () => undefined;
    this.stop = preparing;
    const found = await fetched(() => import("../print/paper.js")).catch(
      () => undefined
    );
    // Taken out meanwhile, and maybe put back, where it is prepared anew.
    if (this.stop !== preparing) return;
    // Away for a moment: asked again with the next thing that happens.
    this.stop = found?.makePaper(this.host, this.paper);
  }
}
