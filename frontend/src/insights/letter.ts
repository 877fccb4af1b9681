/** What a weekly letter says, in the words that Home Assistant has for it. Pure. */
import type { Look } from "../components/context.js";
import type { PumpInfo } from "../data/types.js";
import { SAFE_C, celsius } from "./quantities.js";
import type { Insight } from "./types.js";

export interface Sentence {
  code: string;
  params: Record<string, unknown>;
}

/** Texts of the integration by their keys, as Home Assistant sends them. */
export type Resources = Readonly<Partial<Record<string, string>>>;

const PREFIX = "component.heatpump_dashboard.common.letter_";
/** Of these a decimal is more than anybody knows, as of all that is not small. */
const WHOLE: readonly string[] = ["more", "colder", "percent"];
const MANY = 20;

export const sentencesOf = (insight: Insight | null): readonly Sentence[] => {
  const { sentences } = (insight?.params ?? {}) as Record<string, unknown>;
  return Array.isArray(sentences) ? (sentences as Sentence[]) : [];
};

export const letterTitle = (resources: Resources, name: string): string =>
  (resources[`${PREFIX}title`] ?? "").replace("{name}", () => name);

/** A sentence without words is left out: it may be of a newer version. */
export const sentenceText = (
  { code, params }: Sentence,
  resources: Resources,
  look: Pick<Look, "format">,
  { settings }: Pick<PumpInfo, "settings">
): string => {
  const { format } = look;
  const wordOf = (key: string): string => {
    const value = params[key];
    if (typeof value === "number") {
      const isWhole =
        WHOLE.includes(key) || Math.abs(value) >= MANY || value % 1 === 0;
      return format.number(value, isWhole ? 0 : 1);
    }
    if (Array.isArray(value))
      return value
        .map((one) => resources[`${PREFIX}check_${String(one)}`] ?? String(one))
        .join(", ");
    return resources[`${PREFIX}${key}_${String(value)}`] ?? String(value);
  };
  const { currency = "" } = settings;
  return (
    (resources[PREFIX + code] ?? "")
      .replace("{cost} {currency}", () =>
        format.money(Number(params.cost), currency)
      )
      .replace(/\{(\w+)\}/g, (_, key: string) =>
        key === "safe" ? `{${key}}` : wordOf(key)
      )
      // Last, as it stands in words of its own too.
      .replaceAll("{safe}", () => celsius(SAFE_C, 0, look))
  );
};
