/** A setting that has changed, in words. Pure. */
import type { Format } from "../format/format.js";
import type { Text } from "../i18n/text.js";
import type { HeatPumpEvent, Snapshot } from "./types.js";

interface Words {
  text: Text;
  format: Format;
}

/** Settings that are no temperatures; a curve is a number of the brand's own. */
export const PLAIN: readonly (string | undefined)[] = [
  "heat_curve",
  "heat_curve_offset",
  "operating_mode",
];

export const settingName = (
  event: Pick<HeatPumpEvent, "setting"> | null,
  text: Text
): string => text(`events.setting.${event?.setting ?? "unknown"}`);

/** "from 40 °C to 38 °C" */
export const settingWords = (
  event: Pick<HeatPumpEvent, "setting" | "from" | "to" | "words"> | null,
  { text, format }: Words
): string => {
  const said = (value: number | undefined, word: string | undefined) => {
    if (word !== undefined) return text(`events.setting.mode.${word}`);
    if (value === undefined) return "";
    const digits = Number.isInteger(value) ? 0 : 1;
    return PLAIN.includes(event?.setting)
      ? format.number(value, digits)
      : format.temperature(value, digits);
  };
  const { from, to, words } = event ?? {};
  return text("events.from_to", {
    from: said(from, words?.from),
    to: said(to, words?.to),
  });
};

/** What was set otherwise in the period, the oldest first. */
export const settingsOf = ({ events }: Pick<Snapshot, "events">) =>
  events.filter(({ kind }) => kind === "setting");

/** What was set otherwise about that time, in words; null where nothing was. */
export const settingsAround = (
  snapshot: Pick<Snapshot, "events">,
  from: number,
  to: number,
  words: Words
): string | null =>
  settingsOf(snapshot)
    .filter(({ time }) => from <= time && time <= to)
    .map(
      (event) =>
        `${settingName(event, words.text)} ${settingWords(event, words)}`
    )
    .join(" · ") || null;
