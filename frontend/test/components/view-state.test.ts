import { describe, expect, it } from "vitest";
import {
  emptyNotice,
  errorNotice,
  missingNotice,
  sourceError,
} from "../../src/components/view-state.js";
import { FakeServer, pumpInfo } from "../fixtures/heat-pump.js";
import { look } from "./fixture.js";

const HOUR = 3_600_000;
const END = Date.UTC(2026, 0, 22, 19, 42);
const day = new FakeServer(END, 2).snapshot("24h", END);
const nothing = {
  ...day,
  totals: { ...day.totals, covered_s: 0 },
  status: { ...day.status, time: END - 50 * HOUR },
};

describe("emptyNotice", () => {
  it("leads to the shortest range that has something", () => {
    const notice = emptyNotice(nothing, pumpInfo(), END, look);
    expect(notice.help).toBe("The last reading is from 20 Jan 2026, 18:42.");
    expect(notice.action).toEqual({
      kind: "range",
      range: "7d",
      label: "Show the last 7 days",
    });
  });

  it("offers nothing where no range would show more", () => {
    const old = { ...nothing, status: { ...day.status, time: 0 } };
    expect(emptyNotice(old, pumpInfo(), END, look).action).toBeNull();
    const recent = { ...nothing, status: { ...day.status, time: END - HOUR } };
    expect(emptyNotice(recent, pumpInfo(), END, look).action).toBeNull();
  });

  it("tells a pump of which nothing was ever read", () => {
    const never = { ...nothing, status: { ...day.status, time: null } };
    const info = pumpInfo({ first_reading: null });
    expect(emptyNotice(never, info, END, look).help).toContain("Nothing");
  });
});

describe("missingNotice", () => {
  it("names what is missing and what would help", () => {
    const notice = missingNotice(
      "cop",
      "COP",
      "no_power",
      "Thermia",
      true,
      look
    );
    expect(notice.title).toBe("COP needs electricity");
    expect(notice.help).toContain("Thermia does not report its power");
    expect(notice.action?.kind).toBe("settings");
  });

  it("promises no settings that would not help this view", () => {
    const args = ["no_power", "Thermia", true, look] as const;
    const power = missingNotice("power", "Power", ...args);
    expect(power.help).toContain("Its figures use the rated power");
  });

  it("has words for a reason it does not know", () => {
    const notice = missingNotice(
      "cop",
      "COP",
      "no_such",
      "Thermia",
      true,
      look
    );
    expect(notice.title).toBe("COP needs more readings");
  });

  it("sends only administrators to the settings", () => {
    expect(
      missingNotice("cop", "COP", "no_power", "P", false, look).action
    ).toBeNull();
  });
});

describe("errorNotice", () => {
  it("says what is wrong in plain words", () => {
    const notice = errorNotice(
      { code: "timeout", message: "x", retryAt: null },
      look
    );
    expect(notice.title).toBe("The database does not answer");
    expect(notice.action?.kind).toBe("retry");
  });

  it("passes on the words of an error it does not know", () => {
    const error = {
      code: "strange",
      message: "The moon is down",
      retryAt: null,
    };
    expect(errorNotice(error, look)).toMatchObject({
      title: "The data could not be loaded",
      help: "The moon is down",
    });
  });
});

describe("sourceError", () => {
  it("holds only where there is nothing to see in its stead", () => {
    const refused = { ...day.status, source: "refused" };
    expect(sourceError({ ...nothing, status: refused })?.code).toBe("refused");
    expect(sourceError({ ...day, status: refused })).toBeNull();
    expect(sourceError(nothing)).toBeNull();
  });
});
