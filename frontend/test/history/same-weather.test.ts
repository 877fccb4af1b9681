import { describe, expect, it } from "vitest";
import { sameWeather } from "../../src/history/same-weather.js";
import type { WeatherDay } from "../../src/history/same-weather.js";

/** −0.5 … 0.5, always the same. */
const noise = (i: number) => {
  const x = Math.sin(i * 12.9898) * 43758.5453;
  return x - Math.floor(x) - 0.5;
};

const used = (degreeDays: number) =>
  3 + 0.9 * degreeDays + 0.01 * degreeDays ** 2;

/** A winter of days, `colder` K a day, using `more` of what the weather asks, `scatter` kWh off. */
const days = (
  count: number,
  colder: number,
  more: number,
  scatter: number,
  seed: number
): WeatherDay[] =>
  Array.from({ length: count }, (_, i) => {
    const degreeDays = Math.max(
      0,
      10 +
        8 * Math.sin((i / count) * Math.PI * 2) +
        colder +
        4 * noise(i + seed)
    );
    return {
      degreeDays,
      kwh:
        used(degreeDays) * (1 + more) + 2 * scatter * noise(3 * i + seed + 500),
    };
  });

const compare = (
  count: number,
  colder: number,
  more: number,
  scatter: number
) => {
  const after = days(count, colder, more, scatter, 1);
  const before = days(count, 0, 0, scatter, 2000);
  return sameWeather(after.map((day, i) => [day, before[i] ?? day] as const));
};

describe("at the same weather", () => {
  it("finds what a change saved behind a colder winter", () => {
    const found = compare(212, 3, -0.1, 1);
    expect(found?.colder).toBeGreaterThan(0.1);
    // More was used, and yet it is less than this weather would have taken.
    expect(found && found.after > found.before * 1.02).toBe(true);
    expect(found?.share).toBeCloseTo(-0.1, 1);
    expect(Math.abs((found?.share ?? 0) + 0.1)).toBeLessThan(
      2 * (found?.shareError ?? 0) + 0.01
    );
    expect(found?.isTold).toBe(true);
  });

  it("sees no difference where there is none", () => {
    const found = compare(212, 2, 0, 2);
    expect(Math.abs(found?.rest ?? Infinity)).toBeLessThan(
      2 * (found?.error ?? 0)
    );
    expect(found?.isTold).toBe(false);
  });

  it("parts the whole difference in the weather's and the rest, without remainder", () => {
    const found = compare(60, 3, 0.05, 1);
    const { before = 0, after = 0, weather = 0, rest = 0 } = found ?? {};
    expect(before + weather + rest).toBeCloseTo(after, 6);
  });

  it("is surer of more days, and less sure of days that take after each other", () => {
    const [short, long] = [compare(20, 1, 0, 2), compare(200, 1, 0, 2)];
    expect(long && short && long.shareError < short.shareError).toBe(true);
    const drifting = (count: number, seed: number) => {
      let drift = 0;
      return days(count, 0, 0, 0, seed).map(({ degreeDays, kwh }, i) => {
        drift = 0.9 * drift + noise(i + seed + 77);
        return { degreeDays, kwh: kwh + drift };
      });
    };
    const [after, before] = [drifting(100, 1), drifting(100, 900)];
    const scatter = Math.sqrt(
      [...after, ...before].reduce(
        (sum, { degreeDays, kwh }) => sum + (kwh - used(degreeDays)) ** 2,
        0
      ) / 200
    );
    const found = sameWeather(
      after.map((day, i) => [day, before[i] ?? day] as const)
    );
    // As if independent it would be scatter · √(2 / n).
    expect(
      found && found.error / found.days > 1.5 * scatter * Math.sqrt(2 / 100)
    ).toBe(true);
  });

  it("says nothing of few days, of seasons too far apart, and of days that are all the same", () => {
    expect(compare(13, 0, 0, 1)).toBeNull();
    expect(compare(30, 9, 0, 1)).toBeNull();
    const same = Array.from(
      { length: 20 },
      () =>
        [
          { degreeDays: 5, kwh: 8 },
          { degreeDays: 5, kwh: 8 },
        ] as const
    );
    expect(sameWeather(same)).toBeNull();
  });

  it("does not call a summer colder", () => {
    const summer = (seed: number) =>
      Array.from({ length: 30 }, (_, i) => ({
        degreeDays: Math.abs(noise(i + seed)),
        kwh: 3 + noise(i),
      }));
    const [after, before] = [summer(1), summer(99)];
    expect(
      sameWeather(after.map((day, i) => [day, before[i] ?? day] as const))
        ?.colder
    ).toBeNull();
  });
});
