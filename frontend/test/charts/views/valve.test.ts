import { describe, expect, it } from "vitest";
import { buildValve } from "../../../src/charts/views/valve.js";
import { withAlpha } from "../../../src/theme/color.js";
import {
  areasOf,
  END,
  HOUR,
  input,
  readings,
  seriesNamed,
  seriesOf,
  snapshot,
  theme,
  tooltipAt,
} from "../fixture.js";

const metrics = {
  hot_water_temp: () => 49,
  hot_water_valve: (row: number) => (row >= 40 && row < 80 ? 1 : 0),
  compressor: () => 1,
};
const of = snapshot({
  readings: readings(metrics),
  totals: { hot_water_charges: 4 },
  metrics: { hot_water_temp: 50 },
});

describe("valve", () => {
  const result = buildValve(input(of));

  it("has temperature, valve and compressor below each other", () => {
    expect(
      (result.option?.yAxis as { name: string }[]).map(({ name }) => name)
    ).toEqual(["Hot water, °C", "Valve", "Compressor"]);
    expect(result.remark).toBe("4 charges");
    expect(result.legend[0]!.value).toBe("50°");
  });

  it("does not count none where one had begun before", () => {
    const counted = (hot_water_s: number) =>
      buildValve(
        input({
          ...of,
          totals: { ...of.totals, hot_water_charges: 0, hot_water_s },
        })
      ).remark;
    expect(counted(0)).toBe("0 charges");
    expect(counted(600)).toBeUndefined();
  });

  it("shows where the valve led", () => {
    const { time } = of.readings;
    const areas = areasOf(seriesNamed(result, "strip.1"));
    expect(areas.filter(({ color }) => color === theme.hotWater)).toMatchObject(
      [{ from: time[40], to: time[80] }]
    );
    const heating = areas.filter(
      ({ color }) => color === withAlpha(theme.heating, 0.45)
    );
    expect(heating[0]!.from).toBe(time[0]);
    expect(heating.at(-1)!.to).toBe(END);
    expect(tooltipAt(result, END - HOUR / 2)).toContain("Valve To hot water");
    expect(tooltipAt(result, END - 60_000)).toContain("Valve To heating");
  });

  it("goes without what is not reported", () => {
    const build = (names: (keyof typeof metrics)[]) =>
      buildValve(
        input(
          snapshot({
            readings: readings(
              Object.fromEntries(names.map((name) => [name, metrics[name]]))
            ),
          })
        )
      );
    const withoutValve = build(["hot_water_temp", "compressor"]);
    expect(withoutValve.option?.grid).toHaveLength(2);
    expect(withoutValve.remark).toBeUndefined();
    expect(withoutValve.legend.map(({ key }) => key)).toEqual([
      "hot_water_temp",
      "compressor",
    ]);
    const stripsOnly = build(["hot_water_valve"]);
    expect(stripsOnly.option?.grid).toHaveLength(1);
    expect(stripsOnly.state).toBe("ready");
    expect(build(["compressor"])).toMatchObject({
      state: "missing",
      reason: "no_hot_water",
    });
  });

  it("hides what the user does not want to see", () => {
    const hidden = new Set(["hot_water_temp", "to_hot_water", "compressor"]);
    const bare = buildValve(input(of, { hidden }));
    expect(seriesOf(bare).map(({ id }) => id)).toEqual([
      "bands.0",
      "signs",
      "strip.1",
      "strip.2",
    ]);
    const colors = ["strip.1", "strip.2"].flatMap((id) =>
      areasOf(seriesNamed(bare, id)).map(({ color }) => color)
    );
    expect(colors).not.toContain(theme.hotWater);
    expect(colors).not.toContain(theme.compressor);
  });
});
