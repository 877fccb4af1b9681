/** What went wrong, in a form that can be shown. */
export interface PanelError {
  /** Websocket error code or the source's reason. */
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
    const { code, message } = error as { code?: unknown; message?: unknown };
    const name = text(code) ?? "unknown";
    return {
      code: name,
      message: text(message),
      retryAt: FINAL.has(name) ? null : retryAt,
    };
  }
  return { code: "connection_lost", message: null, retryAt };
};
