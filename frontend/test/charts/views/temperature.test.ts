import { describe, expect, it } from "vitest";
import { buildTemperature } from "../../../src/charts/views/temperature.js";
import { asOf } from "../../../src/data/stale.js";
import { withAlpha } from "../../../src/theme/color.js";
import {
  areasOf,
  day,
  END,
  HOUR,
  input,
  pointsOf,
  readings,
  seriesNamed,
  seriesOf,
  snapshot,
  theme,
  tooltipAt,
} from "../fixture.js";

const temperatures = {
  supply_temp: () => 38,
  return_temp: () => 34,
  outdoor_temp: () => -7,
};

describe("temperature", () => {
  const result = buildTemperature(input(day));

  it("draws the seven sensors, each in its colour and style", () => {
    const lines = seriesOf(result).filter(({ datasetId }) => datasetId);
    expect(lines.map(({ id }) => id)).toEqual(
      [
        "supply_temp",
        "return_temp",
        "hot_water_temp",
        "brine_in_temp",
        "brine_out_temp",
        "outdoor_temp",
        "indoor_temp",
      ].map((name) => `temperature.${name}`)
    );
    expect(lines[0]!.lineStyle).toMatchObject({
      color: theme.supply,
      width: 2.5,
    });
    expect(lines[1]!.lineStyle).toMatchObject({ type: [6, 3], width: 2 });
    for (const each of lines) {
      expect(each).toMatchObject({
        showSymbol: false,
        animation: false,
        connectNulls: false,
      });
    }
  });

  it("breaks the lines in a gap and hatches it", () => {
    const points = pointsOf(result, "temperature", "supply_temp");
    const values = points.filter(([, value]) => !Number.isNaN(value));
    expect(values.length).toBeGreaterThan(600);
    const gap = areasOf(seriesNamed(result, "bands.0")).at(-1)!;
    expect(gap.color).toEqual(withAlpha(theme.noData, 0.4));
    expect(gap.to - gap.from).toBeGreaterThan(HOUR / 2);
    const inside = points.filter(([at]) => at > gap.from && at < gap.to);
    expect(inside.length).toBeGreaterThan(5);
    for (const [, value] of inside) expect(value).toBeNaN();
  });

  it("breaks the lines between readings too, where a gap begins with an empty row", () => {
    const table = readings(temperatures);
    // One empty row says that nothing is known until the next.
    const gappy = snapshot({
      readings: Object.fromEntries(
        Object.entries(table).map(([name, values]) => [
          name,
          values.flatMap((value, row) => {
            if (row === 40) return [name === "time" ? value : null];
            return row < 40 || row >= 80 ? [value] : [];
          }),
        ])
      ) as typeof table,
    });
    const points = pointsOf(
      buildTemperature(input(gappy)),
      "temperature",
      "supply_temp"
    );
    expect(points.filter(([, value]) => Number.isNaN(value))).toEqual([
      [table.time[40], NaN],
      [table.time[80]! - 1, NaN],
    ]);
  });

  it("has a legend with the present values", () => {
    const legend = Object.fromEntries(
      result.legend.map((item) => [item.key, item])
    );
    expect(legend.supply_temp!.value).toMatch(/^\d+°$/);
    expect(legend.indoor_temp!.value).toMatch(/^\d+\.\d°$/);
    expect(legend.auxiliary!.style).toBe("hatched");
  });

  it("says dashes when there is no present", () => {
    const { legend } = buildTemperature(
      input(snapshot({ readings: readings(temperatures) }))
    );
    expect(legend.map(({ key, value }) => [key, value])).toEqual([
      ["supply_temp", "–"],
      ["return_temp", "–"],
      ["outdoor_temp", "–"],
    ]);
  });

  it("hides a line and its place in the tooltip, and a band and its strip", () => {
    const all = buildTemperature(input(day));
    const some = buildTemperature(
      input(day, { hidden: new Set(["supply_temp", "compressor"]) })
    );
    expect(seriesOf(some)).toHaveLength(seriesOf(all).length - 1);
    expect(tooltipAt(some, END - HOUR)).not.toContain("Supply");
    const blue = (of: typeof all, id: string) =>
      areasOf(seriesNamed(of, id)).filter(({ color }) =>
        String(color).startsWith("rgba(0, 154, 199")
      ).length;
    expect(blue(all, "bands.0")).toBeGreaterThan(3);
    expect(blue(all, "strip.1")).toBeGreaterThan(3);
    expect(blue(some, "bands.0")).toBe(0);
    expect(blue(some, "strip.1")).toBe(0);
  });

  it("marks an alarm with a sign and a name", () => {
    const of = snapshot({
      readings: readings({
        ...temperatures,
        compressor: () => 1,
        alarm: (row) => (row > 30 && row < 60 ? 1 : 0),
      }),
    });
    const alarmed = buildTemperature(input(of));
    const sign = areasOf(seriesNamed(alarmed, "signs")).filter(
      ({ label }) => label
    );
    expect(sign).toHaveLength(1);
    expect(sign[0]!.label).toMatchObject({ show: true, formatter: "!" });
    expect(alarmed.legend.map(({ key }) => key)).toContain("alarm");
    expect(tooltipAt(alarmed, of.readings.time[40]!)).toContain("alarm");
  });

  it.each([
    [8, 8],
    [9, 0],
  ])("of %i alarms gives %i a sign", (alarms, signs) => {
    const of = snapshot({
      readings: readings({
        ...temperatures,
        alarm: (row) => (row % 12 === 5 && row < 12 * alarms ? 1 : 0),
      }),
    });
    const result = buildTemperature(input(of));
    const areas = areasOf(seriesNamed(result, "bands.0"));
    expect(areas).toHaveLength(alarms);
    expect(areas.filter(({ label }) => label)).toHaveLength(0);
    const signed = seriesNamed(result, "signs");
    expect(areasOf(signed).filter(({ label }) => label)).toHaveLength(signs);
    // A line, as that of the supply, is drawn with 2.
    expect(signed.markArea!.z).toBeGreaterThan(2);
  });

  it("has no compressor bands over a week, but a strip", () => {
    const week = { ...day, start: END - 168 * HOUR };
    const result = buildTemperature(input(week));
    const colors = areasOf(seriesNamed(result, "bands.0")).map(
      ({ color }) => color
    );
    expect(colors).not.toContain(withAlpha(theme.compressor, 0.08));
    const strip = areasOf(seriesNamed(result, "strip.1")).map(
      ({ color }) => color
    );
    expect(strip).toContain(theme.compressor);
  });

  it("has a range that fits what is shown", () => {
    const range = (supply: number) => {
      const of = snapshot({
        readings: readings({ ...temperatures, supply_temp: () => supply }),
      });
      const axes = buildTemperature(input(of)).option?.yAxis as object[];
      return axes[0];
    };
    expect(range(30)).toMatchObject({ min: -10, max: 40 });
    expect(range(61)).toMatchObject({ min: -10, max: 70 });
  });

  it("tells time, values and mode where the pointer is", () => {
    const of = snapshot({
      readings: readings({
        ...temperatures,
        compressor: () => 1,
        hot_water_valve: () => 1,
      }),
    });
    const tooltip = tooltipAt(buildTemperature(input(of)), END - HOUR / 2);
    expect(tooltip).toBe(
      "Thu 22 Jan, 20:12 Supply 38\u2009°C Return 34\u2009°C Outdoor −7\u2009°C Charging hot water"
    );
  });

  it("says so where there are no data", () => {
    const late = buildTemperature(input(asOf(day, END + 4 * HOUR)));
    expect(tooltipAt(late, END + 2 * HOUR)).toMatch(
      /^Thu 22 Jan, 22:42 Supply – .* No data$/
    );
  });

  it("is empty without readings and missing without sensors", () => {
    const none = { ...temperatures, supply_temp: () => null };
    const nothing = readings(none);
    for (const name of Object.keys(none)) {
      nothing[name] = nothing.time.map(() => null);
    }
    expect(buildTemperature(input(snapshot({ readings: nothing }))).state).toBe(
      "empty"
    );
    expect(buildTemperature(input(snapshot()))).toMatchObject({
      state: "missing",
      reason: "no_temperatures",
    });
  });
});
