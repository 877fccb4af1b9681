/** What an alarm says, in the language of who looks at it. Pure. */

interface Told {
  text: string | null;
  texts?: Record<string, string>;
}

/** Null of an alarm without a text; what is told in one language only is better than nothing. */
export const alarmText = (
  { text, texts }: Told,
  language: string
): string | null => texts?.[language] ?? text;
