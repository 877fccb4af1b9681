import { describe, expect, it } from "vitest";
import { rowsOf, sureOf } from "../../src/insights/detail.js";
import { plain } from "../../src/insights/rich.js";
import type { Insight } from "../../src/insights/types.js";
import {
  checkName,
  checkValue,
  stateOf,
  todoOf,
  verdictLine,
  verdictWords,
} from "../../src/insights/check-words.js";
import { helpOf, moved, sentenceOf } from "../../src/insights/words.js";
import { look } from "../components/fixture.js";
import { createFormat } from "../../src/format/format.js";
import {
  CHECKS,
  checkOf,
  INSIGHTS,
  info,
  insightOf,
  verdictOf,
  watched,
} from "./fixture.js";

const words = { look, info };

const say = (id: string, change: Partial<Insight> = {}) =>
  plain(
    sentenceOf({ ...(INSIGHTS[id] ?? insightOf(id)), ...change }, words)
  ).replaceAll("\u00a0", " ");

describe("sentenceOf", () => {
  it.each([
    ["ground", "Brine flow is 25 % below its normal ± 3 %"],
    ["cop", "No. It gives what these temperatures should: −3 % ± 3 %"],
    ["cycling", "No. 25 starts a day, 18 minutes a run"],
    ["house", "0.18 kW per degree ± 0.01; the pump alone manages to −23 °C"],
    [
      "curve",
      "1 K lower saves 3.4 % of the electricity for heating, but rooms fall to 20.4 °C",
    ],
    ["hot_water", "5.1 kWh of heat a day, for 1.9 kWh of electricity"],
    [
      "heater",
      "48 kWh in a month, SEK 72: above all for the 60 °C run, by design",
    ],
    [
      "calibration",
      "Heat and COP are 25 % too high. 3 methods agree: 2.16 kW/K ± 6 %, not 2.70",
    ],
    [
      "change",
      "Yes. 5 % less electricity ± 1 % since 20 Oct 2026; rooms 0.8 K cooler",
    ],
    ["money", "Yes. You paid SEK 0.92 a kWh, 8 % below the mean of the hours"],
    [
      "year",
      "SCOP 3.21, 5,600 kWh; heating took 3 % less than the year before at the same weather",
    ],
  ])("says %s with its numbers", (id, sentence) => {
    expect(say(id).replace("kr", "SEK")).toBe(sentence);
  });

  it("says of a compressor that is too small how much was in mild weather", () => {
    const small = { code: "capacity_mild", value: 360, params: { mild: 72 } };
    expect(
      plain(sentenceOf(insightOf("heater", small), words)).replaceAll(
        "\u00a0",
        " "
      )
    ).toBe(
      "360 kWh in a month, 72 kWh of it above −5 °C: above all while the compressor ran all the time"
    );
  });

  it("tells of a cause what that took, and of all causes what the heater took", () => {
    const params = {
      share: 0.012,
      total: 58,
      compressor_off_kwh: 42,
      hygiene_kwh: 3,
    };
    const check = { state: "watch", value: 1.2, unit: "%", params } as const;
    const told = (code: string) =>
      todoOf(checkOf("heater", { ...check, code }), words).replaceAll(
        "\u00a0",
        " "
      );
    expect(told("compressor_off")).toContain("stood still*: 42 kWh in");
    expect(told("hygiene")).toContain("58 kWh in a month");
  });

  it("groups counts and no codes", () => {
    const alarm = { code: "active", params: { alarm: 1020 } };
    expect(todoOf(checkOf("alarm", alarm), words)).toContain("Alarm 1020 is");
    const again = { code: "again", value: 1020 };
    expect(checkValue(checkOf("alarm", again), words)).toContain("1,020 times");
  });

  it("tells with the cost of all causes what all took, whatever most of it was for", () => {
    const params = { total: 59, cost: 47, compressor_off_kwh: 42 };
    const told = { code: "compressor_off", value: 59, params };
    expect(say("heater", told).replace("kr", "SEK")).toBe(
      "59 kWh in a month, SEK 47: above all while the compressor stood still"
    );
  });

  it("names what a fallen COP looks like, and what moved with it", () => {
    const low = { state: "act", code: "cop_low", value: -9 } as const;
    const params = {
      cause: "refrigerant",
      capacity_change: -15,
      brine_change: -1,
      hot_gas_change: 9.6,
    };
    expect(say("cop", { ...low, params })).toBe(
      "Yes. It gives 9 % less than these temperatures should ± 3 %: less heat and 10 K hotter gas, as with too little refrigerant"
    );
    expect(say("cop", { ...low, params: { cause: "brine" } })).toContain(
      "look at its filter first"
    );
    expect(say("cop", { ...low, params: { cause: "compressor" } })).toMatch(
      /takes more electricity/
    );
    expect(say("cop", { ...low, params: {} })).toMatch(/should ± 3 %$/);
    const since = { since: Date.UTC(2026, 1, 3) };
    expect(say("cop", { ...low, params: since })).toMatch(
      /^Yes. Since .*3 Feb.* it gives 9 % less/
    );
    const slower = { ...low, code: "capacity_low", params };
    expect(say("cop", slower)).toContain("9 % slower");
    const costs = { ...low, params: { ...params, cost: 71.2 } };
    expect(rowsOf(insightOf("cop", costs), words)[1]).toMatchObject({
      name: "It costs a month",
      value: "kr\u00a071",
    });
    const rows = rowsOf(insightOf("cop", { ...low, params }), words)
      .filter(({ name }) => name.includes(", against "))
      .map(({ value }) => value.replaceAll("\u00a0", " "));
    expect(rows).toEqual(["−15 %", "−1 %", "+10 K"]);
  });

  it("sets the year beside other heating, and its CO₂ only at a factor of the owner", () => {
    const { params } = INSIGHTS.year!;
    const more = { oil: 2128.3, gas: 1852, degree_days: 3652.4 };
    const told = { ...params, ...more, per_degree_day: 1.479 };
    const rows = (own: object) =>
      rowsOf(insightOf("year", { params: { ...told, ...own } }), words)
        .slice(-5)
        .map(({ value, how }) => `${value}: ${how}`.replaceAll("\u00a0", " "));
    expect(rows({})).toContain(
      "2,130 l: for the same heat, in a boiler of 85 %"
    );
    expect(rows({})).toContain(
      "1,850 m³: for the same heat, in a boiler of 90 %"
    );
    expect(rows({}).slice(-2)).toEqual(["3,652: below 17 °C", "1.48 kWh: "]);
    expect(rows({ co2: 318.6, co2_per_kwh: 59 }).at(-1)).toBe(
      "319 kg: at 59 g/kWh, as you told it"
    );
  });

  it("says what the COP of a year contains", () => {
    const [cop] = rowsOf(INSIGHTS.year!, words);
    expect(cop?.how).toMatch(/^Everything: .*\(H4\)\.$/);
    const { settings } = words.info;
    const info = { settings: { ...settings, boundary: "" } };
    expect(rowsOf(INSIGHTS.year!, { ...words, info })[0]?.how).toBe("");
  });

  it("tells what starts take, where that is known", () => {
    const { params } = INSIGHTS.cycling!;
    const lost = { start_kwh: 0.042, lost_kwh: 1.04, lost_cost: 46.9 };
    const rows = (more: object) =>
      rowsOf(
        insightOf("cycling", { params: { ...params, ...more } }),
        words
      ).map(({ value }) => value.replaceAll("\u00a0", " "));
    expect(rows(lost)).toEqual([
      ...rows({}),
      ...["0.04 kWh", "1.0 kWh", "kr 47"],
    ]);
  });

  it("says how right a checked factor is, with and without others beside it", () => {
    const checked = { code: "checked", scale: 0.05, state: "ok" } as const;
    expect(say("calibration", checked)).toBe(
      "Right to ± 5 %, as you checked it. 3 methods agree: 2.16 kW/K ± 6 %"
    );
    expect(say("calibration", { ...checked, value: null })).toBe(
      "Right to ± 5 %, as you checked it"
    );
    const { params } = INSIGHTS.calibration!;
    const low = { params: { ...params, method: "plate", too_high: -20 } };
    expect(say("calibration", low)).toMatch(/20 % too low\. Plate: 2\.16/);
  });

  it("names both values of weeks to and fro, and the change that cannot be told", () => {
    const { params } = INSIGHTS.change!;
    const weeks = { ...params, method: "experiment", tried: 38, indoor: 0.01 };
    expect(say("change", { params: weeks })).toBe(
      "Yes. 5 % less electricity ± 1 % with 38 than with 40"
    );
    const turned = { ...weeks, setting: "room_setpoint", tried: 40 };
    expect(say("change", { params: turned })).toContain(
      "with 40 °C than with 38"
    );
    const heat = { params: { ...params, measure: "heat" }, code: "more" };
    expect(say("change", heat)).toMatch(/^No\. 5 % more heat/);
    const apart = { code: "weather", params: { ...params, apart: -9.4 } };
    expect(say("change", apart)).toContain("9 K colder after 20 Oct 2026");
    expect(helpOf(insightOf("change", apart), words)).toBe(
      "Heat curve changed, from 40 to 38. It can be told when the days on both sides are more alike."
    );
  });

  it("says what is not known, and when it will be", () => {
    const learning = {
      code: "days",
      params: { have: 2, need: 14, missing: 12 },
    };
    expect(say("house", learning)).toBe(
      "12 more days of heating until the first answer"
    );
    const missing = {
      code: "no_metric",
      params: { metric: "auxiliary_power" },
    };
    expect(say("heater", missing)).toBe(
      "This needs Auxiliary heater, which is not reported"
    );
    expect(helpOf(insightOf("heater", missing), words)).toContain(
      "“Auxiliary heater”"
    );
  });

  it("never speaks of kW as if somebody had checked the flow", () => {
    expect(say("house", { scale: null })).toContain("per degree not checked;");
    expect(
      sureOf(insightOf("house", { unit: "kW/K", scale: null }), words)
    ).toMatch(/nobody has checked/);
  });

  it("answers in the other direction too", () => {
    expect(say("money", { value: 1.2 })).toMatch(/^No\. .* 20 % above/);
    expect(say("money", { value: 1.004 })).toContain("as much as the mean");
    const { params } = INSIGHTS.year!;
    expect(say("year", { params: { ...params, change: 0.04 } })).toContain(
      "4 % more"
    );
    expect(say("house", { params: { base: 17, reserve: null } })).not.toContain(
      "alone"
    );
  });

  it("says that a season with its sun was compared with", () => {
    const change = INSIGHTS.change!;
    const params = { ...change.params, sun: true };
    const [before] = rowsOf({ ...change, params }, words).filter(
      ({ name }) => name === "Days before"
    );
    expect(before?.how).toBe("a heating season with its sun");
  });

  it("hints at a curve that is too high without a number for it", () => {
    const hint = {
      code: "throttled",
      value: null,
      params: { over: 4.2, minutes: 12 },
    };
    expect(say("curve", hint)).toBe(
      "It may be higher than the radiators use: in mild weather the water is 4 K above what is asked for, in runs of 12 minutes"
    );
    const rows = rowsOf({ ...INSIGHTS.curve!, ...hint }, words);
    expect(rows.map(({ name }) => name)).toEqual(["Warmer than asked for"]);
  });

  it("follows the slider of the curve, with what it costs", () => {
    const curve = INSIGHTS.curve!;
    const at = (shift: number) =>
      plain(sentenceOf(moved(curve, shift), words)).replaceAll("\u00a0", " ");
    expect(at(-2)).toMatch(/^2 K lower saves 6\.8 % .* 19\.8 °C$/);
    expect(at(1)).toMatch(/^1 K higher takes 3\.4 % more .* 21\.6 °C$/);
    expect(at(0)).toBe("As it is, rooms are at 21.0 °C");
  });

  it("counts in the user's degrees", () => {
    const locale = {
      ...{ language: "en", number_format: "language", time_format: "24" },
      ...{ date_format: "DMY", time_zone: "server" },
    };
    const format = createFormat(locale, "Europe/Stockholm", true);
    const fahrenheit = { info, look: { ...look, format } };
    const sentence = sentenceOf(INSIGHTS.house!, fahrenheit);
    expect(plain(sentence).replaceAll("\u00a0", " ")).toBe(
      "0.10 kW per degree; the pump alone manages to −10 °F"
    );
  });
});

describe("checks", () => {
  it("have a name and a word each", () => {
    for (const check of CHECKS) {
      expect(checkName(check, words), check.id).not.toContain("insights.");
      expect(checkValue(check, words), check.id).toMatch(/^[^{}]+$/);
    }
    const [, data, , , cop] = CHECKS.map((check) =>
      checkValue(check, words).replaceAll("\u00a0", " ")
    );
    expect([data, cop]).toEqual(["99.8 % of a day", "−3 %"]);
  });

  it("say how many days are missing", () => {
    const check = {
      ...CHECKS[4]!,
      ...({
        state: "learning",
        code: "days",
        params: { missing: 12 },
      } as const),
    };
    expect(checkValue(check, words)).toBe("12 more days");
  });

  it("names a reading that is gone, and why a tile is empty for a while", () => {
    const params = { metric: "supply_temp", count: 2 };
    const gone = { state: "act", code: "absent", value: null, params } as const;
    expect(checkValue(checkOf("data", gone), words)).toBe("Supply is gone");
    expect(todoOf(checkOf("data", gone), words)).toContain(
      "*Supply has had no value for a day*"
    );
    const mixed = { state: "unknown", code: "setting_changed" } as const;
    expect(checkValue(checkOf("cop", mixed), words)).toBe("Read again");
    expect(say("year", { ...mixed, value: null, params: {} })).toContain(
      "The past is being read again"
    );
  });
});

describe("verdictWords", () => {
  it("names what is to be looked at, and what to do", () => {
    const { title, sentence } = verdictWords(watched, words);
    expect(title).toBe("One thing to look at");
    expect(plain(sentence)).toMatch(
      /^Brine flow is 25.% below its normal\. The usual/
    );
    expect(verdictLine(watched, words).rest).toMatch(/below its normal\.$/);
  });

  it("counts what is worth a look", () => {
    const two = verdictOf("watch", {
      ground: { state: "watch", code: "flow_low", value: -25 },
      sixty: { state: "watch", code: "not_hot", value: 17 },
    });
    expect(verdictWords(two, words).title).toBe("Two things to look at");
    expect(plain(verdictWords(two, words).sentence)).toContain("for 17 days");
  });

  it("says that nothing is to be done, as far as that can be seen", () => {
    const capacity = checkOf("cop", { code: "capacity_low", value: -6 });
    expect(checkName(capacity, words)).toBe("Heat against expected");
    const calm = verdictWords(verdictOf("ok"), words);
    expect(calm).toEqual({
      title: "All is well",
      sentence: "Nothing to do. 12 of 13 checks made.",
    });
    const partly = verdictOf(
      "ok",
      { cop: { state: "unknown", code: "no_metric" } },
      "ok_as_far"
    );
    expect(verdictWords(partly, words).sentence).toContain(
      "COP against expected: Not reported"
    );
    expect(verdictLine(verdictOf("ok"), words).rest).toBe(
      "12 of 13 checks made"
    );
  });

  it.each(["unknown", "learning"] as const)(
    "says that nothing can be said where all is %s",
    (state) => {
      expect(stateOf(verdictOf(state))).toBe(state);
      const said = verdictWords(verdictOf(state), words);
      expect(said.title).toBe("Nothing can be said yet");
      expect(said.sentence).toContain("12 of 13 checks could be made");
      expect(stateOf(verdictOf("act"))).toBe("ready");
    }
  );
});
