import { describe, expect, it } from "vitest";
import { applyUpdate, firstFrom, mergeTable } from "../../src/data/merge.js";
import { RANGES } from "../../src/data/range.js";
import { FakeServer } from "../fixtures/heat-pump.js";

const END = Date.UTC(2026, 0, 22, 19, 42);

const random = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

describe("firstFrom", () => {
  it("finds the first time that is not before the moment", () => {
    expect(firstFrom([10, 20, 30], 20)).toBe(1);
    expect(firstFrom([10, 20, 30], 21)).toBe(2);
    expect(firstFrom([10, 20, 30], 31)).toBe(3);
    expect(firstFrom([], 5)).toBe(0);
  });
});

describe("mergeTable", () => {
  const known = { time: [10, 20, 30], supply_temp: [1, 2, 3] };

  it("replaces from the first changed row on and drops what left the range", () => {
    const changed = { time: [30, 40], supply_temp: [33, 44] };
    expect(mergeTable(known, changed, 20)).toEqual({
      time: [20, 30, 40],
      supply_temp: [2, 33, 44],
    });
  });

  it("drops old rows even when nothing new came", () => {
    expect(mergeTable(known, { time: [], supply_temp: [] }, 15)).toEqual({
      time: [20, 30],
      supply_temp: [2, 3],
    });
  });

  it("fills a column only one side has with null", () => {
    const changed = { time: [40], power: [9] };
    expect(mergeTable(known, changed, 10)).toEqual({
      time: [10, 20, 30, 40],
      supply_temp: [1, 2, 3, null],
      power: [null, null, null, 9],
    });
  });

  it("takes in a late row between the known ones", () => {
    const changed = { time: [25, 30], supply_temp: [7, 3] };
    expect(mergeTable(known, changed, 10)).toEqual({
      time: [10, 20, 25, 30],
      supply_temp: [1, 2, 7, 3],
    });
  });
});

describe("applyUpdate", () => {
  const server = new FakeServer(END, 31);

  it.each(RANGES)(
    "gives the fresh snapshot after any sequence of updates (%s)",
    (range) => {
      const next = random(7);
      let now = END - 6 * 3_600_000;
      let shown = server.snapshot(range, now);
      for (let round = 0; round < 12 && now < END; round += 1) {
        const later = Math.min(END, now + Math.ceil(next() * 80) * 30_000);
        const merged = applyUpdate(shown, server.update(range, now, later));
        expect(merged).toEqual(server.snapshot(range, later));
        shown = merged!;
        now = later;
      }
    },
    30_000
  );

  it("refuses what belongs to another range or pump", () => {
    const shown = server.snapshot("1h", END);
    expect(
      applyUpdate(shown, server.update("6h", END - 60_000, END))
    ).toBeNull();
    const other = { ...server.update("1h", END - 60_000, END), pump: "pump-2" };
    expect(applyUpdate(shown, other)).toBeNull();
  });

  it("keeps events within the range and adds the new ones", () => {
    const event = (time: number) => ({
      time,
      kind: "compressor",
      value: 1,
      text: null,
    });
    const shown = server.snapshot("1h", END - 60_000);
    const update = server.update("1h", END - 60_000, END);
    const merged = applyUpdate(
      { ...shown, events: [event(update.start - 1), event(update.start)] },
      { ...update, events: [event(END)] }
    );
    expect(merged?.events.map(({ time }) => time)).toEqual([update.start, END]);
  });
});
