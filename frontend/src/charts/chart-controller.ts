import type { EChartsCoreOption, EChartsType } from "echarts/core";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { isPrinting } from "../components/paper.js";
import { isSameSpan } from "../data/period.js";
import type { Span } from "../data/period.js";
import type { Frame, Size } from "./frame.js";
import { arrange, calmFrame, frameOf, placeOf, pointAt } from "./frame.js";
import { Highlight } from "./highlight.js";
import { ChartKeys } from "./keys.js";
import type { KeyTarget } from "./keys.js";
import { FETCHED, LIBRARIES } from "./libraries.js";
import type { Chunk, Library } from "./libraries.js";
import type { Linked } from "./link.js";
import { eachPeer, join, leave, partOfPeers } from "./link.js";
import { onPixelRatio } from "./pixel-ratio.js";
import { onTapElsewhere } from "./tapped.js";
import { wordsAt } from "./tooltip.js";
import { partAfterUpdate, withContext, ZoomGestures } from "./zoom.js";

/** What must be the same for one option to be merged into another without anything left over. */
const structure = ({ grid, series }: EChartsCoreOption): string | null => {
  if (!Array.isArray(series)) return null;
  const ids = series.map(({ id }: { id: unknown }) => String(id));
  return [Array.isArray(grid) ? grid.length : 0, ...ids].join();
};

/** What the canvas shows. */
interface Picture {
  option: EChartsCoreOption;
  size: Size;
  /** Null where it is the whole period. */
  part: Span | null;
}

const isSameSize = (one: Size, other: Size): boolean =>
  one.width === other.width && one.height === other.height;

/** By itself ECharts takes the ratio that there was when it was loaded. */
const createChart = (init: Library["init"], element: HTMLElement) =>
  init(element, null, { devicePixelRatio });

/** Charts are ready this far (px) before they are scrolled into view. */
const AHEAD = "300px";
const RETRY_MS = 5_000;
/** Pixels a px of a picture that is saved or printed. */
const FINENESS = 2;

/** Where another chart is pointed at. */
const createMarker = (): HTMLElement => {
  const marker = document.createElement("div");
  marker.className = "marker";
  marker.style.cssText =
    "position:absolute;top:12px;bottom:28px;left:0;width:1px;pointer-events:none;background:var(--hp-secondary-text)";
  return marker;
};

/**
 * Owns the ECharts instance of a host: made when it comes into view, drawn only while it can be seen,
 * once a frame. It is never updated lazily: until it had caught up, the mouse would meet series that
 * have no data yet.
 */
export class ChartController implements ReactiveController, Linked {
  private chart: EChartsType | null = null;
  private element: HTMLElement | null = null;
  private wanted: { option: EChartsCoreOption; chunk: Chunk } | null = null;
  /** What `wanted` is arranged by; its value axes stay calm while data come and go. */
  private frame: Frame | null = null;
  /** Drawn anew where it differs from what is wanted. */
  private drawn: Picture | null = null;
  private loading = false;
  private connected = false;
  private visible = false;
  part: Span | null = null;
  private gestures: ZoomGestures | null = null;
  private keys: ChartKeys | null = null;
  private sight: IntersectionObserver | null = null;
  private sizes: ResizeObserver | null = null;
  /** End what listens while there is a chart. */
  private stops: (() => void)[] = [];
  private marker: HTMLElement | null = null;
  private frameRequest = 0;
  private readonly highlight = new Highlight();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly find: () => HTMLElement | null,
    /** Hears in words what the keyboard's cursor is at. */
    private readonly onRead: (words: string) => void = () => undefined
  ) {
    host.addController(this);
  }

  /** Whether a picture is on the screen. */
  get painted(): boolean {
    return this.drawn !== null;
  }

  /** Whether only a part of the period is shown. */
  get zoomed(): boolean {
    return this.part !== null;
  }

  /** Draws `option`, with the next frame or when it can be seen; the host's element must be there. */
  set(option: EChartsCoreOption, chunk: Chunk): void {
    const element = this.find();
    if (element !== this.element) this.attach(element);
    if (this.wanted?.option === option) return;
    const fresh = !this.wanted;
    this.keepUp(option);
    this.wanted = { option, chunk };
    if (fresh) this.part = partOfPeers(this);
    this.schedule();
  }

  clear(): void {
    this.wanted = this.frame = null;
    this.part = null;
    this.attach(null);
  }

  resetZoom(): void {
    this.zoom(null);
  }

  /** Shows and marks a part of the period (ms), with some time around it; null = nothing special. */
  show(part: Span | null): void {
    const { whole } = this;
    this.highlight.part = part;
    if (whole) this.zoom(part && withContext(part, whole));
  }

  /** A picture of what is wanted now, also where it is out of sight; null where it cannot be. */
  async picture(): Promise<HTMLCanvasElement | null> {
    const { wanted, element } = this;
    if (!wanted || !element) return null;
    await this.load(element, wanted.chunk).catch(() => undefined);
    this.draw();
    return this.chart?.renderToCanvas({ pixelRatio: FINENESS }) ?? null;
  }

  hostConnected(): void {
    this.connected = true;
    join(this);
    document.addEventListener("visibilitychange", this.schedule);
  }

  hostDisconnected(): void {
    this.connected = false;
    leave(this);
    document.removeEventListener("visibilitychange", this.schedule);
    this.wanted = this.frame = null;
    this.attach(null);
  }

  private attach(element: HTMLElement | null): void {
    this.detach();
    this.element = element;
    if (!element) return;
    this.sight = new IntersectionObserver(
      (entries) => {
        this.visible = entries.at(-1)?.isIntersecting ?? false;
        this.schedule();
      },
      { rootMargin: AHEAD }
    );
    this.sight.observe(element);
    this.sizes = new ResizeObserver(this.schedule);
    this.sizes.observe(element);
  }

  private detach(): void {
    this.sight?.disconnect();
    this.sizes?.disconnect();
    for (const stop of this.stops.splice(0)) stop();
    this.gestures?.dispose();
    this.keys?.dispose();
    this.gestures = this.keys = null;
    this.mark(null);
    cancelAnimationFrame(this.frameRequest);
    this.frameRequest = 0;
    this.chart?.dispose();
    this.chart = null;
    this.drawn = null;
    this.visible = false;
  }

  private get size(): Size | null {
    const { clientWidth: width = 0, clientHeight: height = 0 } =
      this.element ?? {};
    return width > 0 && height > 0 ? { width, height } : null;
  }

  private readonly schedule = (): void => {
    if (isPrinting()) this.drawNow();
    else this.frameRequest ||= requestAnimationFrame(this.nextFrame);
  };

  /** Paper has no next frame, and shows all of the page. */
  private drawNow(): void {
    const { wanted, element, size } = this;
    const library = wanted && FETCHED[wanted.chunk];
    if (!library || !element || !size) return;
    this.chart ??= this.create(library.init, element);
    this.draw();
    this.chart.getZr().flush();
  }

  private readonly nextFrame = (): void => {
    this.frameRequest = 0;
    const { wanted, element, size, drawn } = this;
    if (!wanted || !element) return;
    // Also out of sight: what is wider than its card makes the card wider than its place.
    const misfits = size && drawn && !isSameSize(size, drawn.size);
    if (!misfits && (!this.visible || document.hidden)) return;
    if (this.chart) this.draw();
    else if (size) void this.start(element, wanted.chunk);
  };

  private async start(element: HTMLElement, chunk: Chunk): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    try {
      await this.load(element, chunk);
    } catch {
      // Away for a moment, or replaced by an update: the page is asked again.
      setTimeout(this.schedule, RETRY_MS);
      return;
    } finally {
      this.loading = false;
    }
    this.nextFrame();
  }

  private async load(element: HTMLElement, chunk: Chunk): Promise<void> {
    const { init } = await LIBRARIES[chunk]();
    if (this.connected && this.element === element && this.size) {
      this.chart ??= this.create(init, element);
    }
  }

  private create(init: Library["init"], element: HTMLElement): EChartsType {
    const target: KeyTarget = {
      shown: () => this.part ?? this.whole,
      whole: () => this.whole,
      zoom: (part) => {
        this.zoom(part);
      },
      point: (moment) => {
        eachPeer(this, (other) => {
          other.mark(moment);
        });
      },
      read: (moment) => {
        this.read(moment);
      },
    };
    this.gestures = new ZoomGestures(element, target);
    this.keys = new ChartKeys(element, target);
    this.stops = [
      onPixelRatio(() => {
        this.replaceCanvas(init, element);
      }),
      // A tapped tooltip stays until then.
      onTapElsewhere(element, () => {
        this.read(null);
      }),
    ];
    return createChart(init, element);
  }

  /** ECharts takes the ratio of pixels once; what is on the screen is drawn anew with the next one. */
  private replaceCanvas(init: Library["init"], element: HTMLElement): void {
    this.mark(null);
    this.chart?.dispose();
    this.chart = createChart(init, element);
    this.drawn = null;
    this.draw();
  }

  /** Makes the canvas show what is wanted, all of it at once. */
  private draw(): void {
    const { chart, wanted, size, part, drawn } = this;
    if (!chart || !wanted || !size) return;
    const { option } = wanted;
    if (!isSameSize(size, drawn?.size ?? size)) chart.resize();
    this.drawn = { option, size, part };
    const { frame } = this;
    const arranged = frame && arrange(frame, size, part ?? frame);
    if (drawn?.option !== option) {
      this.replace(chart, { ...option, ...arranged }, drawn?.option);
    } else if (
      arranged &&
      !(isSameSize(size, drawn.size) && isSameSpan(part, drawn.part))
    ) {
      chart.setOption(arranged);
    }
    this.highlight.place(this.element, part ?? this.whole, size);
    if (!drawn) this.host.requestUpdate();
  }

  /** Merged, a tooltip that is open stays open with the new values. */
  private replace(
    chart: EChartsType,
    option: EChartsCoreOption,
    before: EChartsCoreOption | undefined
  ): void {
    const shape = structure(option);
    const merges = before && shape !== null && shape === structure(before);
    chart.setOption(option, { notMerge: !merges });
  }

  get whole(): Span | null {
    return this.frame;
  }

  /** The part of the period that is shown stays when the period goes on. */
  private keepUp(option: EChartsCoreOption): void {
    const [before, after] = [this.frame, frameOf(option)];
    this.part = before && after && partAfterUpdate(this.part, before, after);
    this.frame = after && calmFrame(before, after, this.part === null);
  }

  private zoom(part: Span | null): void {
    this.follow(part);
    eachPeer(this, (other) => {
      other.follow(part);
    });
  }

  follow(part: Span | null): void {
    this.mark(null);
    // What was pointed at is elsewhere now.
    this.chart?.dispatchAction({
      type: "updateAxisPointer",
      currTrigger: "leave",
    });
    const isMoved = !isSameSpan(part, this.part);
    this.part = part;
    this.schedule();
    if (isMoved) this.host.requestUpdate();
  }

  mark(moment: number | null): void {
    const { element, size } = this;
    const shown = this.part ?? this.whole;
    if (moment === null || !element || !size || !shown) {
      this.marker?.remove();
      this.marker = null;
      return;
    }
    const left = placeOf(moment, shown, size.width);
    this.marker ??= element.appendChild(createMarker());
    this.marker.style.transform = `translateX(${Math.round(left)}px)`;
  }

  /** The cursor of the keyboard: its tooltip is shown, and said. */
  private read(moment: number | null): void {
    // What is shown may just have been moved.
    this.draw();
    const { chart, frame, size, wanted } = this;
    eachPeer(this, (other) => {
      other.mark(moment);
    });
    if (moment === null || !chart || !frame || !size || !wanted) {
      chart?.dispatchAction({ type: "hideTip" });
      chart?.dispatchAction({
        type: "updateAxisPointer",
        currTrigger: "leave",
      });
      this.onRead("");
      return;
    }
    const at = pointAt(frame, size, this.part ?? frame, moment);
    chart.dispatchAction({ type: "showTip", ...at });
    this.onRead(wordsAt(wanted.option, moment));
  }
}
