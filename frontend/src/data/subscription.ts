/** One subscription, which may be stopped before Home Assistant has confirmed it. */
import type { Connection, Message, Unsubscribe } from "../ha/types.js";

/** Calls back until the returned function is called; nothing arrives after that. */
export const subscribe = (
  connection: Connection,
  message: Message,
  onResult: (result: unknown) => void,
  onError: (error: unknown) => void
): (() => void) => {
  let stopped = false;
  let unsubscribe: Unsubscribe | undefined;
  const end = () => {
    // A lost connection has already ended the subscription on the other side.
    void Promise.resolve(unsubscribe?.()).catch(() => undefined);
  };
  connection
    .subscribeMessage((result) => {
      if (!stopped) onResult(result);
    }, message)
    .then((confirmed) => {
      unsubscribe = confirmed;
      if (stopped) end();
    })
    .catch((error: unknown) => {
      if (!stopped) onError(error);
    });
  return () => {
    if (stopped) return;
    stopped = true;
    end();
  };
};

/** What a subscription begins with, and no more of it. */
export const firstOf = (
  connection: Connection,
  message: Message
): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const stop = subscribe(
      connection,
      message,
      (result) => {
        resolve(result);
        queueMicrotask(() => {
          stop();
        });
      },
      reject
    );
  });
