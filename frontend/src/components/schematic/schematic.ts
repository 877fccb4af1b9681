import { html, LitElement, nothing } from "lit";
import type { PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import type { PumpInfo, Snapshot } from "../../data/types.js";
import { define } from "../../ha/define.js";
import { moreInfo } from "../../ha/more-info.js";
import type { Look } from "../context.js";
import "../explain/explain.js";
import { Motion } from "../motion.js";
import { baseStyles, cardStyles } from "../styles.js";
import { arrangement } from "./arrangement.js";
import type { Arrangement } from "./arrangement.js";
import { drawAbove, drawBelow } from "./draw.js";
import { flows } from "./flow.js";
import { buildScene } from "./scene.js";
import { schematicStyles } from "./styles.js";

/** Left and right of the picture, except where it needs all there is. */
const MARGIN = 16;
/** A phone's picture may be a little larger where there is room. */
const LARGEST = 390;

const shownWidth = ({ width, tall }: Arrangement, room: number): number => {
  if (!tall || !room) return width;
  return Math.min(room, Math.max(width, Math.min(LARGEST, room - 2 * MARGIN)));
};

/** The heat pump as a picture: where the heat comes from and goes to, right now. */
export class Schematic extends LitElement {
  @property({ attribute: false }) info: PumpInfo | undefined;
  /** With the last readings, however old; null while none are known. */
  @property({ attribute: false }) snapshot: Snapshot | null = null;
  /** ms; set where the readings are too old to be called present. */
  @property({ attribute: false }) staleUntil: number | null = null;
  /** Instead of its own title. */
  @property() heading: string | undefined;
  @property({ attribute: false }) look: Look | undefined;

  @state() private width = 0;
  private readonly motion: Motion = new Motion(this);
  private readonly resize = new ResizeObserver(([entry]) => {
    if (entry) this.width = entry.contentRect.width;
  });

  static override styles = [baseStyles, cardStyles, schematicStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    this.resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // On paper, and back on the screen, no observer says so in time.
    if (changed.has("look") && this.clientWidth) this.width = this.clientWidth;
  }

  override render() {
    const { info, look, snapshot, width } = this;
    if (!info || !look) return nothing;
    const { text } = look;
    const scene = buildScene(info, snapshot, this.staleUntil !== null, look);
    const places = arrangement(width - 2 * MARGIN);
    const shown = shownWidth(places, width);
    const drawn = {
      scene,
      places,
      moving: this.motion.allowed,
      open: (entity: string) => {
        moreInfo(this, entity);
      },
    };
    const waiting = snapshot || !this.motion.allowed ? "" : "waiting";
    const box = `0 0 ${places.width} ${places.height}`;
    return html`<header>
        <h2>${this.heading ?? text("now.title")}</h2>
        ${this.time(look)}
        ${
          scene.alarm
            ? html`<span class="alarm ${scene.alarm.known ? "on" : ""}"
                >${scene.alarm.words}</span
              >`
            : nothing
        }
      </header>
      <p class="sentence">${snapshot ? scene.sentence : nothing}</p>
      <div class="frame" style="width:${shown}px">
        <svg class="picture ${waiting}" aria-hidden="true" viewBox=${box}>
          ${drawBelow(drawn, text("now.borehole"))}
        </svg>
        ${flows(drawn, places, shown)}
        <svg
          class="picture above ${scene.still ? "still" : ""} ${waiting}"
          role="group"
          aria-label=${text("now.title")}
          viewBox=${box}
        >
          ${drawAbove(drawn, text)}
        </svg>
        ${snapshot && scene.cop !== null ? this.explain(snapshot, info, look, places) : nothing}
      </div>`;
  }

  /** Lies over the COP. */
  private explain(
    snapshot: Snapshot,
    info: PumpInfo,
    look: Look,
    { cop, width, height }: Arrangement
  ) {
    const left = cop.x - (cop.anchor === "start" ? 8 : 60);
    const share = (part: number, whole: number) => `${(100 * part) / whole}%`;
    return html`<div
      class="figure"
      style="left:${share(left, width)};top:${share(cop.y - 18, height)};width:${share(120, width)};height:${share(56, height)}"
    >
      <hp-explain
        .figure=${"now"}
        .of=${{ snapshot, info, ...look }}
      ></hp-explain>
    </div>`;
  }

  private time({ text, format }: Look) {
    const time = this.snapshot?.status.time;
    if (time == null) return nothing;
    if (this.staleUntil === null)
      return html`<span>${format.time(time)}</span>`;
    const age = format.age((this.staleUntil - time) / 1000);
    return html`<span class="old"
      >${text("view.stale", { time: format.time(time) })}
      ${text("live.ago", { age })}</span
    >`;
  }
}

define("hp-schematic")(Schematic);

declare global {
  interface HTMLElementTagNameMap {
    "hp-schematic": Schematic;
  }
}
