import { describe, expect, it, vi } from "vitest";
import {
  exportItems,
  isSaved,
  printPage,
} from "../../src/panel/page-export.js";
import { print } from "../../src/print/print-page.js";
import type { Printed } from "../../src/print/print-page.js";
import { text } from "../charts/fixture.js";

vi.mock("../../src/print/print-page.js", () => ({ print: vi.fn() }));

describe("the page's exports", () => {
  it("are in the menu, each with its words, after print", () => {
    const items = exportItems({ text });
    const [print, ...saved] = items.map(({ key }) => key);
    expect(print).toBe("print");
    expect(saved).toEqual(["readings", "windows", "figures"]);
    expect(saved.every(isSaved)).toBe(true);
    expect(["print", "help"].some(isSaved)).toBe(false);
    for (const { label } of items) expect(label).not.toContain("menu.");
  });
});

describe("printPage", () => {
  const printed = {} as Printed;

  it("draws one page, however often it is asked for meanwhile", async () => {
    let drawn = (): void => undefined;
    vi.mocked(print).mockReturnValue(
      new Promise((resolve) => {
        drawn = resolve;
      })
    );
    const both = [printPage(printed), printPage(printed)];
    await vi.waitFor(() => {
      expect(print).toHaveBeenCalled();
    });
    drawn();
    await Promise.all(both);
    expect(print).toHaveBeenCalledOnce();
    await printPage(printed);
    expect(print).toHaveBeenCalledTimes(2);
  });

  it("prints the panel itself where its own page does not come", async () => {
    vi.stubGlobal("print", vi.fn());
    vi.mocked(print).mockRejectedValueOnce(new TypeError("away"));
    document.body.append(document.createElement("hp-print-page"));
    await printPage(printed);
    expect(window.print).toHaveBeenCalledOnce();
    expect(document.querySelector("hp-print-page")).toBeNull();
    vi.unstubAllGlobals();
  });
});
