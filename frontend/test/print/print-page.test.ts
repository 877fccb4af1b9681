import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { kpis } from "../../src/components/kpi/figures.js";
import { atEnd } from "../../src/data/past.js";
import type { Snapshot } from "../../src/data/types.js";
import { print } from "../../src/print/print-page.js";
import type { Printed } from "../../src/print/print-page.js";
import { buildTheme } from "../../src/theme/tokens.js";
import { find, findAll, look, words } from "../components/fixture.js";
import { FakeServer, pumpInfo } from "../fixtures/heat-pump.js";

const END = Date.UTC(2026, 0, 22, 19, 42);
const server = new FakeServer(END, 31);
const info = pumpInfo();
const dark = { ...look, theme: buildTheme(true, () => "", "Roboto") };
const dialog = vi.fn();

const printed = (known: Snapshot, snapshot = known): Printed => ({
  info,
  known,
  snapshot,
  kpis: kpis({ snapshot, info, ...look }),
  staleUntil: null,
  look: dark,
  period: "24h",
});

const page = () => document.querySelector("hp-print-page");

beforeEach(() => {
  vi.stubGlobal("print", dialog);
  Object.assign(document, { fonts: { ready: Promise.resolve() } });
});

afterEach(() => {
  window.dispatchEvent(new Event("afterprint"));
  document.body.replaceChildren();
  dialog.mockClear();
  vi.unstubAllGlobals();
});

describe("print", () => {
  it("puts all that the panel says on a page of its own, and takes it away", async () => {
    await print(printed(server.snapshot("24h", END)));
    expect(dialog).toHaveBeenCalledOnce();
    const paper = page()!;
    expect(words(find(paper, "header"))).toMatch(
      `${info.name} Last 24 hours · `
    );
    expect(findAll(paper, "hp-kpi-card")).toHaveLength(6);
    expect(findAll(paper, "hp-schematic")).toHaveLength(1);
    expect(words(find(paper, ".events"))).toMatch(/Compressor ran.*COP /);
    expect(words(find(paper, "footer"))).toContain("Coverage");
    // Drawn once, the charts are pictures.
    expect(findAll(paper, "hp-view-card")).toHaveLength(0);
    expect(document.head.textContent).toContain("@page");
    window.dispatchEvent(new Event("afterprint"));
    expect(page()).toBeNull();
    expect(document.head.textContent).not.toContain("@page");
  });

  it("is light, whatever the page is", async () => {
    await print(printed(server.snapshot("24h", END)));
    const { theme } = find<HTMLElement & { look: typeof look }>(
      page()!,
      "hp-kpi-card"
    ).look;
    expect(theme.dark).toBe(false);
    expect(theme.card).not.toBe(dark.theme.card);
  });

  it("leaves out what is now where the period is over", async () => {
    const live = server.snapshot("24h", END);
    const past: Snapshot = {
      ...live,
      range: null,
      status: { ...live.status, time: END + 7_200_000 },
    };
    await print(printed(past, atEnd(past)));
    expect(findAll(page()!, "hp-schematic, hp-pills")).toHaveLength(0);
  });

  it("tells of many events by the day", async () => {
    await print(printed(server.snapshot("30d", END)));
    const rows = findAll(page()!, ".events tr");
    expect(rows).toHaveLength(31);
    expect(words(rows[0]).startsWith("Today")).toBe(true);
  });

  it("prints once more where the browser never said that it had", async () => {
    await print(printed(server.snapshot("24h", END)));
    await print(printed(server.snapshot("24h", END)));
    expect(document.querySelectorAll("hp-print-page")).toHaveLength(1);
  });
});
