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

/** Home Assistant rejects with `{code, message}`, a lost connection with a number. */
export const toPanelError = (error: unknown, retryAt: number): PanelError => {
  if (typeof error === "object" && error !== null) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    return {
      code: text(code) ?? "unknown",
      message: text(message),
      retryAt,
    };
  }
  return { code: "connection_lost", message: null, retryAt };
};
