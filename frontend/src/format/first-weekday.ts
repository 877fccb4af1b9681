/** What weeks begin with. Pure. */

/** Where weeks begin on Sunday or Saturday, for browsers that do not know it; elsewhere on Monday. */
const SUNDAY = "AU BR CA CN CO HK ID IL IN JP KR MX PE PH SG TH TW US ZA";
const SATURDAY = "AE AF BH DZ EG IQ IR JO KW LY OM QA SD SY";

interface WeekInfo {
  firstDay: number;
}

type LocaleWithWeek = Intl.Locale & {
  getWeekInfo?: () => WeekInfo;
  weekInfo?: WeekInfo;
};

const firstOfLanguage = (language: string): number => {
  const locale: LocaleWithWeek = new Intl.Locale(language);
  const known = locale.getWeekInfo?.() ?? locale.weekInfo;
  if (known) return known.firstDay % 7;
  const region = locale.maximize().region ?? "";
  if (SUNDAY.split(" ").includes(region)) return 0;
  return SATURDAY.split(" ").includes(region) ? 6 : 1;
};

const CHOSEN: Partial<Record<string, number>> = {
  sunday: 0,
  monday: 1,
  saturday: 6,
};

/** The weekday that a week begins with, 0 = Sunday, as `hass.locale` says it. */
export const firstWeekday = (
  language: string,
  chosen: string | undefined
): number => CHOSEN[chosen ?? ""] ?? firstOfLanguage(language);
