/** What months are called. Pure. */
import type { Look } from "../components/context.js";
import type { Text } from "../i18n/text.js";

const named = (text: Text, options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(text("language"), {
    ...options,
    timeZone: "UTC",
  });
  return (day: number) => format.format(day).replace(".", "");
};

/** "Nov", "November 2026"; days are local ones. */
export const monthNames = ({ text }: Pick<Look, "text">) => ({
  short: named(text, { month: "short" }),
  long: named(text, { month: "long" }),
  withYear: named(text, { month: "long", year: "numeric" }),
  shortWithYear: named(text, { month: "short", year: "numeric" }),
});
