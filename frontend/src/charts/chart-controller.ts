import type { EChartsCoreOption, EChartsType } from "echarts/core";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Size, TimeWindow } from "./frame.js";
import { arrange, frameOf, LEFT, RIGHT } from "./frame.js";
import { LIBRARIES } from "./libraries.js";
import type { Chunk, Library } from "./libraries.js";
import type { Linked } from "./link.js";
import { join, leave, shared, tell } from "./link.js";
import { around, followed, ZoomGestures } from "./zoom.js";

/** What must be the same for one option to be merged into another without anything left over. */
const structure = ({ grid, series }: EChartsCoreOption): string | null => {
  if (!Array.isArray(grid) || !Array.isArray(series)) return null;
  const ids = series.map(({ id }: { id: unknown }) => String(id));
  return [grid.length, ...ids].join();
};

/** Charts are ready this far (px) before they are scrolled into view. */
const AHEAD = "300px";
const RETRY_MS = 5_000;
const LONGEST_DRAWING_MS = 1_000;

/** Where another chart is pointed at. */
const createMarker = (): HTMLElement => {
  const marker = document.createElement("div");
  marker.className = "marker";
  marker.style.cssText =
    "position:absolute;top:12px;bottom:28px;left:0;width:1px;pointer-events:none;background:var(--hp-secondary-text)";
  return marker;
};

/** Owns the ECharts instance of a host: made when it comes into view, drawn only while it can be seen. */
export class ChartController implements ReactiveController, Linked {
  private chart: EChartsType | null = null;
  private element: HTMLElement | null = null;
  private wanted: { option: EChartsCoreOption; chunk: Chunk } | null = null;
  /** What the chart shows; another option is wanted where it differs. */
  private drawn: EChartsCoreOption | null = null;
  private drawnSize: Size | null = null;
  private shape: string | null = null;
  private loading = false;
  private connected = false;
  private visible = false;
  private hasPainted = false;
  window: TimeWindow | null = null;
  private gestures: ZoomGestures | null = null;
  private sight: IntersectionObserver | null = null;
  private sizes: ResizeObserver | null = null;
  private marker: HTMLElement | null = null;
  private frameRequest = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly find: () => HTMLElement | null
  ) {
    host.addController(this);
  }

  /** Whether a picture is on the screen. */
  get painted(): boolean {
    return this.hasPainted;
  }

  /** Whether only a part of the period is shown. */
  get zoomed(): boolean {
    return this.window !== null;
  }

  /** Draws `option`, now or when it can be seen; the host's element must be there. */
  set(option: EChartsCoreOption, chunk: Chunk): void {
    const element = this.find();
    if (element !== this.element) this.attach(element);
    if (this.wanted?.option === option) return;
    const fresh = !this.wanted;
    this.keepUp(option);
    this.wanted = { option, chunk };
    if (fresh) this.window = shared(this);
    this.flush();
  }

  clear(): void {
    this.wanted = null;
    this.window = null;
    this.attach(null);
  }

  resetZoom(): void {
    this.zoom(null);
  }

  /** Shows a part of the period (ms) and some time around it. */
  show(part: TimeWindow): void {
    const { whole } = this;
    if (whole) this.zoom(around(part, whole));
  }

  /** The canvas on the screen; drawn first where it has not been in sight, null where it cannot be. */
  async picture(): Promise<HTMLCanvasElement | null> {
    const { wanted, element, visible } = this;
    if (!wanted || !element) return null;
    const fresh = wanted.option === this.drawn && this.hasPainted;
    this.visible = true;
    if (this.chart) this.flush();
    else await this.start(element, wanted.chunk);
    this.visible = visible;
    if (!fresh) await this.finished();
    return element.querySelector("canvas");
  }

  private finished(): Promise<void> {
    const { chart } = this;
    return new Promise((resolve) => {
      const done = () => {
        chart?.off("finished", done);
        resolve();
      };
      chart?.on("finished", done);
      setTimeout(done, LONGEST_DRAWING_MS);
    });
  }

  hostConnected(): void {
    this.connected = true;
    join(this);
    document.addEventListener("visibilitychange", this.flush);
  }

  hostDisconnected(): void {
    this.connected = false;
    leave(this);
    document.removeEventListener("visibilitychange", this.flush);
    this.wanted = null;
    this.attach(null);
  }

  private attach(element: HTMLElement | null): void {
    this.sight?.disconnect();
    this.sizes?.disconnect();
    this.gestures?.dispose();
    this.gestures = null;
    this.mark(null);
    cancelAnimationFrame(this.frameRequest);
    this.frameRequest = 0;
    this.chart?.dispose();
    this.chart = null;
    this.drawn = null;
    this.drawnSize = null;
    this.shape = null;
    this.hasPainted = false;
    this.visible = false;
    this.element = element;
    if (!element) return;
    this.sight = new IntersectionObserver(
      (entries) => {
        this.visible = entries.at(-1)?.isIntersecting ?? false;
        this.flush();
      },
      { rootMargin: AHEAD }
    );
    this.sight.observe(element);
    this.sizes = new ResizeObserver(() => {
      this.frameRequest ||= requestAnimationFrame(this.resize);
    });
    this.sizes.observe(element);
  }

  private get size(): Size | null {
    const { clientWidth: width = 0, clientHeight: height = 0 } =
      this.element ?? {};
    return width > 0 && height > 0 ? { width, height } : null;
  }

  /** Draws what is wanted, if it can be seen and is not drawn yet. */
  private readonly flush = (): void => {
    const { wanted, element } = this;
    if (!wanted || !element || wanted.option === this.drawn) return;
    if (!this.visible || document.hidden || !this.size) return;
    if (this.chart) this.draw(this.chart, wanted.option, this.size);
    else void this.start(element, wanted.chunk);
  };

  private async start(element: HTMLElement, chunk: Chunk): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    try {
      const { init } = await LIBRARIES[chunk]();
      if (this.connected && this.element === element && !this.chart) {
        this.chart = this.create(init, element);
      }
    } catch {
      // Away for a moment, or replaced by an update: the page is asked again.
      setTimeout(this.flush, RETRY_MS);
      return;
    } finally {
      this.loading = false;
    }
    this.flush();
  }

  private create(init: Library["init"], element: HTMLElement): EChartsType {
    const chart = init(element);
    chart.on("finished", () => {
      if (this.hasPainted || !this.drawn) return;
      this.hasPainted = true;
      this.host.requestUpdate();
    });
    this.gestures = new ZoomGestures(element, {
      window: () => this.window ?? this.whole,
      whole: () => this.whole,
      zoom: (window) => {
        this.zoom(window);
      },
      point: (moment) => {
        tell(this, (other) => {
          other.mark(moment);
        });
      },
    });
    return chart;
  }

  private draw(
    chart: EChartsType,
    option: EChartsCoreOption,
    size: Size
  ): void {
    if (size.width !== chart.getWidth() || size.height !== chart.getHeight()) {
      chart.resize();
    }
    // Merged, a tooltip that is open stays open with the new values.
    const shape = structure(option);
    const merges = shape !== null && shape === this.shape;
    this.shape = shape;
    this.drawn = option;
    this.drawnSize = size;
    const frame = frameOf(option);
    const arranged = frame && arrange(frame, size, this.window ?? frame);
    chart.setOption(
      { ...option, ...arranged },
      { notMerge: !merges, lazyUpdate: true }
    );
  }

  get whole(): TimeWindow | null {
    return this.wanted && frameOf(this.wanted.option);
  }

  /** The part of the period that is shown stays when the period goes on. */
  private keepUp(option: EChartsCoreOption): void {
    const [before, after] = [this.whole, frameOf(option)];
    this.window = before && after ? followed(this.window, before, after) : null;
  }

  private zoom(window: TimeWindow | null): void {
    this.follow(window);
    tell(this, (other) => {
      other.follow(window);
    });
  }

  follow(window: TimeWindow | null): void {
    this.mark(null);
    // What was pointed at is elsewhere now.
    this.chart?.dispatchAction({
      type: "updateAxisPointer",
      currTrigger: "leave",
    });
    const changed = (window === null) !== (this.window === null);
    this.window = window;
    this.rearrange();
    if (changed) this.host.requestUpdate();
  }

  mark(moment: number | null): void {
    const { element, size } = this;
    const window = this.window ?? this.whole;
    if (moment === null || !element || !size || !window) {
      this.marker?.remove();
      this.marker = null;
      return;
    }
    const share = (moment - window.start) / (window.end - window.start);
    const left = LEFT + share * (size.width - LEFT - RIGHT);
    this.marker ??= element.appendChild(createMarker());
    this.marker.style.transform = `translateX(${Math.round(left)}px)`;
  }

  private rearrange(): void {
    const { chart, drawn, size } = this;
    const frame = drawn && frameOf(drawn);
    if (!chart || !frame || !size) return;
    chart.setOption(arrange(frame, size, this.window ?? frame), {
      lazyUpdate: true,
    });
  }

  private readonly resize = (): void => {
    this.frameRequest = 0;
    const { chart, size, drawnSize } = this;
    if (!size) return;
    if (!chart || !drawnSize) {
      this.flush();
    } else if (
      size.width !== drawnSize.width ||
      size.height !== drawnSize.height
    ) {
      this.drawnSize = size;
      chart.resize();
      this.rearrange();
    }
  };
}
