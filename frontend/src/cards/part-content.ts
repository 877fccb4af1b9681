import { css } from "lit";
import { fetched } from "../ha/replaced.js";
import { CardContent } from "./content.js";

const RETRY_MS = 5_000;

/** A part of another page; its module is fetched with the first of them. */
export abstract class PartContent extends CardContent {
  static override styles = [
    ...CardContent.styles,
    css`
      .card,
      .card > * {
        display: block;
        height: 100%;
      }
    `,
  ];

  protected abstract load(): Promise<unknown>;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.fetch();
  }

  private async fetch(): Promise<void> {
    try {
      await fetched(() => this.load());
    } catch {
      // Away for a moment: it is asked for again as long as the card is there.
      if (this.isConnected) setTimeout(() => void this.fetch(), RETRY_MS);
    }
  }

  protected override saysWhy(): boolean {
    return true;
  }
}
