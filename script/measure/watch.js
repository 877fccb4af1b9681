// Runs in the page before everything else: notes when Home Assistant shows its first
// page, when the views' charts are painted, and when updates arrive. Times are
// milliseconds since the page was asked for, or since the last click.
{
  const VIEWS = 7;
  const views = new Map();
  let clicked = 0;
  let arrived = null;
  let lastPaint = null;

  const viewOf = (canvas) => {
    for (let node = canvas; node; node = node.getRootNode().host) {
      const view = node.closest("[data-view]");
      if (view) return view;
    }
    return null;
  };

  const whenReady = () => {
    const elements = [...views.values()];
    if (elements.every((view) => view.dataset.state === "ready")) {
      bench.painted = performance.now() - clicked;
    } else {
      requestAnimationFrame(whenReady);
    }
  };

  const insightsIn = (root) =>
    [...root.querySelectorAll("*")].flatMap((element) => [
      ...(element.dataset?.insight ? [element] : []),
      ...(element.shadowRoot ? insightsIn(element.shadowRoot) : []),
    ]);

  const whenHome = () => {
    if (document.body && !document.getElementById("ha-launch-screen")) {
      bench.home = performance.now();
    } else {
      requestAnimationFrame(whenHome);
    }
  };

  addEventListener("click", ({ timeStamp }) => (clicked = timeStamp), true);

  // ECharts clears a canvas and paints all of it in one go: what is queued here
  // runs when it is done.
  const onPainted = (canvas) => {
    lastPaint = performance.now();
    const view = viewOf(canvas);
    if (!view || views.size === VIEWS) return;
    views.set(view.dataset.view, view);
    if (views.size === VIEWS) whenReady();
  };

  const context = CanvasRenderingContext2D.prototype;
  const { clearRect } = context;
  context.clearRect = function (...area) {
    queueMicrotask(() => onPainted(this.canvas));
    return clearRect.apply(this, area);
  };

  window.WebSocket = class extends WebSocket {
    constructor(...words) {
      super(...words);
      // Before Home Assistant's own listener.
      this.addEventListener("message", ({ data }) => {
        if (data.includes('"type":"update"')) arrived ??= performance.now();
      });
    }
  };

  const bench = (window.bench = {
    home: null,
    painted: null,
    begin() {
      arrived = lastPaint = null;
    },
    answered(questions) {
      return new Promise((resolve) => {
        const whenAnswered = () => {
          const cards = insightsIn(document);
          if (
            cards.length >= questions &&
            cards.every((card) => card.dataset.state !== "loading")
          ) {
            resolve(performance.now() - clicked);
          } else {
            requestAnimationFrame(whenAnswered);
          }
        };
        whenAnswered();
      });
    },
    updated() {
      return arrived && lastPaint > arrived ? lastPaint - arrived : null;
    },
  });
  whenHome();
}
