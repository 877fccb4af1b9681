import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  fetched,
  isReplaced,
  onReplaced,
  setGone,
} from "../../src/ha/replaced.js";

const GONE = new TypeError(
  "Failed to fetch dynamically imported module: http://ha.local:8123/heatpump_dashboard/frontend/flow-aB_1.js"
);
const served = globalThis.fetch;
const answers = (status: number) => {
  globalThis.fetch = vi.fn<typeof fetch>(() =>
    Promise.resolve(new Response(null, { status }))
  );
};

beforeEach(() => {
  setGone(null);
});

afterEach(() => {
  globalThis.fetch = served;
});

describe("fetched", () => {
  it("says that the files are gone where the server knows nothing of them", async () => {
    answers(404);
    const heard = vi.fn();
    const stop = onReplaced(heard);
    await expect(fetched(() => Promise.reject(GONE))).rejects.toBe(GONE);
    expect(isReplaced()).toBe(true);
    expect(heard).toHaveBeenCalledOnce();
    expect(globalThis.fetch).toHaveBeenCalledWith(
      "http://ha.local:8123/heatpump_dashboard/frontend/flow-aB_1.js",
      { method: "HEAD", cache: "no-store" }
    );
    stop();
  });

  it.each([200, 500, 503])(
    "takes an answer of %i for no reason to restart anything",
    async (status) => {
      answers(status);
      await expect(fetched(() => Promise.reject(GONE))).rejects.toBe(GONE);
      expect(isReplaced()).toBe(false);
    }
  );

  it("says nothing while Home Assistant is away", async () => {
    globalThis.fetch = vi.fn<typeof fetch>(() =>
      Promise.reject(new TypeError("Failed to fetch"))
    );
    await expect(fetched(() => Promise.reject(GONE))).rejects.toBe(GONE);
    expect(isReplaced()).toBe(false);
  });

  it("asks for itself where the browser names no file", async () => {
    answers(404);
    const error = new TypeError("Importing a module script failed.");
    await expect(fetched(() => Promise.reject(error))).rejects.toBe(error);
    expect(isReplaced()).toBe(true);
    const [[address]] = vi.mocked(globalThis.fetch).mock.calls as [[string]];
    expect(address).toContain("replaced");
  });

  it("takes it back once what was gone is there again", async () => {
    setGone("http://ha.local:8123/gone.js");
    answers(200);
    await expect(fetched(() => Promise.resolve(5))).resolves.toBe(5);
    await vi.waitFor(() => {
      expect(isReplaced()).toBe(false);
    });
  });

  it.each([404, 503])(
    "does not take it back with another file that comes (%i)",
    async (status) => {
      setGone("http://ha.local:8123/gone.js");
      answers(status);
      await expect(fetched(() => Promise.resolve(5))).resolves.toBe(5);
      await new Promise((resolve) => setTimeout(resolve));
      expect(globalThis.fetch).toHaveBeenCalledOnce();
      expect(isReplaced()).toBe(true);
    }
  );
});
