/** What went wrong, in a form that can be shown. */
export interface PanelError {
  /** The source's reason where one is known, else the websocket's error code. */
  code: string;
  message: string | null;
  /** ms; when the panel tries again by itself. */
  retryAt: number | null;
}

const text = (value: unknown): string | null =>
  typeof value === "string" && value ? value : null;

/** What the same question would only be answered with again. */
const FINAL = new Set(["invalid_range", "invalid_format"]);

/** Home Assistant rejects with `{code, message}`, a lost connection with a number. */
export const toPanelError = (error: unknown, retryAt: number): PanelError => {
  if (typeof error === "object" && error !== null) {
    const { code, message, translation_key } = error as Record<string, unknown>;
    const name = text(translation_key) ?? text(code) ?? "unknown";
    return {
      code: name,
      message: text(message),
      retryAt: FINAL.has(name) ? null : retryAt,
    };
  }
  return { code: "connection_lost", message: null, retryAt };
};
